// Gives every declaration of the output an identifier that is legal for the target and unique among
// the names visible there. A user's name is kept where possible; otherwise it gets a suffix _1, _2,
// …
//
//   Namer namer({.reserved = kWgslReservedWords});
//   namer.declare("saxpy");                 // "saxpy"
//   namer.push_scope();
//   namer.declare("i");                     // "i"
//   namer.declare("i");                     // "i_1"
//   namer.pop_scope();                      // both are free again
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ring::backends {

/// What a target allows as an identifier, beyond letters, digits and underscores.
struct NameRules {
  /// Words that may not be declared: keywords, and names that the printer uses itself.
  std::span<const std::string_view> reserved;
  /// WGSL refuses identifiers that begin with two underscores, and "_" alone.
  bool allow_leading_double_underscore = true;
};

class Namer {
public:
  explicit Namer(const NameRules& rules);

  /// A name for a new declaration in the innermost scope, different from all that are visible.
  std::string declare(std::string_view wanted);

  /// One more word that may not be declared.
  void reserve(std::string_view word) { taken_.emplace(word); }

  /// Names declared from here on are forgotten by the matching pop_scope().
  void push_scope();
  void pop_scope();

private:
  std::string make_legal(std::string_view wanted) const;
  bool is_taken(const std::string& name) const;

  NameRules rules_;
  std::set<std::string, std::less<>> taken_; // reserved words and all visible names
  std::vector<std::vector<std::string>> scopes_;
};

} // namespace ring::backends
