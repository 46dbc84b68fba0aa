#include "ir/transform/link_library.h"

#include "ir/function_order.h"
#include "ir/overloaded.h"
#include "ir/unique_name.h"
#include "ir/walk.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>

namespace ring::ir::transform {
namespace {

/// A parameter that is a reference takes one to any address space.
bool accepts(TypePtr param, TypePtr argument) {
  return param->is<RefType>() == argument->is<RefType>() &&
         same_type(param->pointee_or_self(), argument->pointee_or_self());
}

bool matches(const Function& function, const std::vector<TypePtr>& arguments) {
  return std::equal(
      function.params.begin(), function.params.end(), arguments.begin(), arguments.end(),
      [](const Local* param, TypePtr argument) { return accepts(param->type, argument); });
}

/// `name` itself or an instance of the template `name`.
bool is_named(const Function& function, std::string_view name) {
  return function.cpp_name.starts_with(name) &&
         (function.cpp_name.size() == name.size() || function.cpp_name[name.size()] == '<');
}

} // namespace

bool same_type(TypePtr a, TypePtr b) {
  if (a->node.index() != b->node.index()) return false;
  if (const auto* s = a->as<StructType>()) {
    return s->decl->cpp_name == b->as<StructType>()->decl->cpp_name;
  }
  if (const auto* array = a->as<ArrayType>()) {
    const auto* other = b->as<ArrayType>();
    return array->count == other->count && same_type(array->element, other->element);
  }
  if (const auto* vector = a->as<VectorType>()) {
    const auto* other = b->as<VectorType>();
    return vector->count == other->count && same_type(vector->element, other->element);
  }
  // Everything that is left is spelled alike if it is equal.
  return to_string(a) == to_string(b);
}

Function* LibraryLinker::function(std::string_view cpp_name,
                                  const std::optional<std::vector<TypePtr>>& arguments) {
  for (const Function& candidate : library_.functions) {
    if (!is_named(candidate, cpp_name)) continue;
    if (arguments && !matches(candidate, *arguments)) continue;
    return import_function(candidate);
  }
  return nullptr;
}

TypePtr LibraryLinker::structure(std::string_view cpp_name) {
  for (const StructDecl& candidate : library_.structs) {
    if (candidate.cpp_name == cpp_name) return module_.types.structure(import_struct(candidate));
  }
  return nullptr;
}

/// The module's own function of that name and those types.
Function* LibraryLinker::present_function(const Function& source) {
  // Of the library's namespaces only: a user's function may have the name of an anonymous one.
  if (present_ != Present::reuse || !source.cpp_name.starts_with("ring::")) return nullptr;
  for (Function& function : module_.functions) {
    if (function.kernel || function.cpp_name != source.cpp_name) continue;
    if (!same_type(function.result, source.result)) continue;
    const bool same_params = std::equal(
        function.params.begin(), function.params.end(), source.params.begin(), source.params.end(),
        [](const Local* a, const Local* b) { return accepts(a->type, b->type); });
    if (same_params) return &function;
  }
  return nullptr;
}

Function* LibraryLinker::import_function(const Function& source) {
  Function*& slot = cloner_.functions[&source];
  if (slot) return slot;
  if (Function* present = present_function(source)) return slot = present;
  const std::string name = unique_name(module_.functions, source.name);
  Function& copy = module_.functions.emplace_back();
  slot = &copy;
  copy.name = name;
  copy.cpp_name = source.cpp_name;
  copy.loc = import_loc(source.loc);
  copy.has_side_effects = source.has_side_effects;
  copy.is_collective = source.is_collective;
  copy.result = import_type(source.result);
  for (const Local* param : source.params) {
    import_type(param->type);
    copy.params.push_back(cloner_.declare(param));
  }
  import_parts(source.body);
  copy.body = cloner_.block(source.body);
  import_locs(copy.body);
  return &copy;
}

Global* LibraryLinker::import_global(const Global& source) {
  Global*& slot = cloner_.globals[&source];
  if (slot) return slot;
  if (source.space == AddressSpace::launch) { // the same launch gives it to both
    for (Global& present : module_.globals) {
      const bool same = present.space == AddressSpace::launch && present.name == source.name;
      if (same) return slot = &present;
    }
  }
  const std::string name = unique_name(module_.globals, source.name);
  Global& copy = module_.globals.emplace_back(source);
  slot = &copy;
  copy.name = name;
  copy.type = import_type(source.type);
  copy.loc = import_loc(source.loc);
  copy.initializer = cloner_.expr(source.initializer);
  return &copy;
}

const StructDecl* LibraryLinker::import_struct(const StructDecl& source) {
  if (const auto found = cloner_.structs.find(&source); found != cloner_.structs.end()) {
    return found->second;
  }
  for (const StructDecl& present : module_.structs) {
    if (present.cpp_name == source.cpp_name) return cloner_.structs[&source] = &present;
  }
  StructDecl copy = source;
  copy.name = unique_name(module_.structs, source.name);
  copy.loc = import_loc(source.loc);
  std::set<const StructDecl*> parts;
  for (StructDecl::Field& field : copy.fields) {
    field.type = import_type(field.type);
    TypePtr part = field.type;
    while (const auto* array = part->as<ArrayType>())
      part = array->element;
    if (const auto* structure = part->as<StructType>()) parts.insert(structure->decl);
  }
  // Behind what it is made of, and in front of the module's own structs, which may get fields of
  // this type.
  auto place = module_.structs.begin();
  for (auto at = module_.structs.begin(); at != module_.structs.end(); ++at) {
    if (parts.contains(&*at)) place = std::next(at);
  }
  const StructDecl& imported = *module_.structs.insert(place, std::move(copy));
  return cloner_.structs[&source] = &imported;
}

TypePtr LibraryLinker::import_type(TypePtr source) {
  if (const auto* t = source->as<StructType>()) import_struct(*t->decl);
  if (const auto* t = source->as<ArrayType>()) import_type(t->element);
  if (const auto* t = source->as<SpanType>()) import_type(t->element);
  if (source->pointee_or_self() != source) import_type(source->pointee_or_self());
  return cloner_.type(source);
}

Loc LibraryLinker::import_loc(Loc loc) {
  if (!loc.valid() || loc.file >= library_.files.size()) return {};
  const auto [slot, is_new] = files_.try_emplace(loc.file, 0);
  if (is_new) {
    const SourceFile& file = library_.files[loc.file];
    const auto same = [&](const SourceFile& present) { return present.name == file.name; };
    const auto found = std::find_if(module_.files.begin(), module_.files.end(), same);
    slot->second = static_cast<std::uint32_t>(found - module_.files.begin());
    if (found == module_.files.end()) module_.files.push_back(file);
  }
  return {slot->second, loc.line, loc.column};
}

void LibraryLinker::import_parts(const Block& source) {
  // The visitors hand out references that could be assigned to; nothing here does.
  auto& block = const_cast<Block&>(source);
  for_each_expr(block, [&](Expr*& expr) {
    import_type(expr->type);
    if (const auto* global = expr->as<GlobalRef>()) import_global(*global->global);
    if (const auto* call = expr->as<Call>()) import_function(*call->callee);
  });
  for_each_stmt(block, [&](Stmt& stmt) {
    if (const auto* var = stmt.as<Var>()) import_type(var->local->type);
  });
}

void LibraryLinker::import_locs(Block& copy) {
  for_each_stmt(copy, [&](Stmt& stmt) {
    stmt.loc = import_loc(stmt.loc);
    if (auto* let = stmt.as<Let>()) let->local->loc = stmt.loc;
    if (auto* var = stmt.as<Var>()) var->local->loc = stmt.loc;
  });
  for_each_expr(copy, [&](Expr*& expr) { expr->loc = import_loc(expr->loc); });
}

void LibraryLinker::finish() {
  order_functions(module_);
  cloner_.functions.clear();
}

} // namespace ring::ir::transform
