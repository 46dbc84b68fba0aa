// The inside of the JSON writer, shared by json*.cpp; everyone else includes ir/json.h.
#pragma once

#include "ir/module.h"

#include <nlohmann/json.hpp>

#include <unordered_map>

namespace ring::ir::json {

using Json = nlohmann::ordered_json;

Json place(Loc loc);

/// Numbers locals and globals in the order of their declarations, because names are not unique.
class ModuleWriter {
public:
  Json expr(const Expr& expr);
  Json block(const Block& block);
  Json declare(const Local& local);
  std::size_t id(const void* object) { return ids_.try_emplace(object, ids_.size()).first->second; }

private:
  Json stmt(const Stmt& stmt);
  Json list(const std::vector<Expr*>& items);

  std::unordered_map<const void*, std::size_t> ids_; // looked up only, never walked
};

} // namespace ring::ir::json
