// The constants of a module that have a name in its source, each once, for the head of what is
// printed: `constexpr u32 kHead = 34;`. Two of one name and different values are two constants; one
// that is used as several types is one, declared as the narrowest of them.
//
//   NamedConstants constants(module);
//   constants.declare(give_name);                   // names that nothing else there has
//   for (const auto& constant : constants.all()) …  // in the order of their names
//   constants.find(type, literal);                  // where one is used; null: print the value
#pragma once

#include "ir/module.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace ring::backends {

struct NamedConstant {
  ir::TypePtr type = nullptr;
  ir::Literal literal;
  std::string declared; // its name in the output
};

/// Calls `visit` for each literal of a function that a printer spells, labels included.
void for_each_literal(const ir::Function& function,
                      const std::function<void(ir::TypePtr, const ir::Literal&)>& visit);

class NamedConstants {
public:
  explicit NamedConstants(const ir::Module& module);

  /// `give_name` makes a unique name of the output out of what the source says.
  void declare(const std::function<std::string(const std::string&)>& give_name);
  std::vector<const NamedConstant*> all() const;
  /// What the literal of that type is a use of, or null.
  const NamedConstant* find(ir::TypePtr type, const ir::Literal& literal) const;

private:
  /// The name, and the value apart from its type: its alternative, its bits, and whether it is
  /// below zero.
  using Key = std::tuple<std::string, std::size_t, std::uint64_t, bool>;
  static Key key_of(ir::TypePtr type, const ir::Literal& literal);

  std::map<Key, NamedConstant> constants_;
};

} // namespace ring::backends
