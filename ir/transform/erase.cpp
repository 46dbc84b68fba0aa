#include "ir/transform/erase.h"

#include "ir/walk.h"

#include <unordered_map>
#include <unordered_set>

namespace ring::ir::transform {
namespace {

/// Moves the elements that stay into a new list; the map says where each went.
template <class T> std::unordered_map<const T*, T*>
keep(std::deque<T>& list, const std::function<bool(const T&)>& goes) {
  std::deque<T> kept;
  std::unordered_map<const T*, T*> moved;
  for (T& element : list) {
    if (!goes(element)) moved[&element] = &kept.emplace_back(std::move(element));
  }
  list = std::move(kept);
  return moved;
}

template <class T>
bool any_goes(const std::deque<T>& list, const std::function<bool(const T&)>& goes) {
  for (const T& element : list) {
    if (goes(element)) return true;
  }
  return false;
}

class UsedStructs {
public:
  void visit(TypePtr type) {
    if (!type || !seen_.insert(type).second) return;
    if (const auto* array = type->as<ArrayType>()) return visit(array->element);
    if (const auto* span = type->as<SpanType>()) return visit(span->element);
    const auto* structure = type->as<StructType>();
    if (!structure) return visit(type->pointee_or_self());
    visit(*structure->decl);
  }

  void visit(Function& function) {
    visit(function.result);
    for (const Local* param : function.params)
      visit(param->type);
    for_each_stmt(function.body, [&](Stmt& stmt) {
      if (const auto* var = stmt.as<Var>()) visit(var->local->type);
    });
    for_each_expr(function.body, [&](Expr*& expr) { visit(expr->type); });
    if (const RingKernel* ring = function.ring()) visit(*ring);
  }

  std::unordered_set<const StructDecl*> structs;

private:
  void visit(const RingKernel& kernel) {
    if (kernel.state) visit(*kernel.state);
    visit(kernel.receives);
    visit(kernel.replies);
    for (const RingKernel::Argument& argument : kernel.arguments) {
      visit(argument.type);
      visit(argument.messages);
    }
  }
  void visit(const std::vector<RingKernel::Message>& messages) {
    for (const RingKernel::Message& message : messages)
      visit(*message.type);
  }
  void visit(const StructDecl& decl) {
    if (!structs.insert(&decl).second) return;
    for (const StructDecl::Field& field : decl.fields)
      visit(field.type);
  }

  std::unordered_set<TypePtr> seen_;
};

} // namespace

void erase_unused_structs(Module& module) {
  UsedStructs used;
  for (Function& function : module.functions)
    used.visit(function);
  for (Global& global : module.globals)
    used.visit(global.type);
  module.structs.remove_if([&](const StructDecl& decl) { return !used.structs.contains(&decl); });
}

void erase_functions(Module& module, const std::function<bool(const Function&)>& goes) {
  if (!any_goes(module.functions, goes)) return;
  const auto moved = keep(module.functions, goes);
  for (Function& function : module.functions) {
    for_each_expr(function.body, [&](Expr*& expr) {
      if (auto* call = expr->as<Call>()) call->callee = moved.at(call->callee);
    });
  }
}

void erase_globals(Module& module, const std::function<bool(const Global&)>& goes) {
  if (!any_goes(module.globals, goes)) return;
  const auto moved = keep(module.globals, goes);
  for (Function& function : module.functions) {
    for_each_expr(function.body, [&](Expr*& expr) {
      if (auto* ref = expr->as<GlobalRef>()) ref->global = moved.at(ref->global);
    });
    if (!function.kernel) continue;
    for (Global*& binding : function.kernel->bindings)
      binding = moved.at(binding);
    if (auto* ring = std::get_if<RingKernel>(&function.kernel->kind)) {
      for (RingKernel::Argument& argument : ring->arguments)
        if (argument.bound) argument.bound = moved.at(argument.bound);
    }
  }
}

} // namespace ring::ir::transform
