#include "ir/transform/emulate_types.h"

#include "ir/overloaded.h"
#include "ir/walk.h"

#include <algorithm>

namespace ring::ir::transform {
namespace {

std::uint64_t round_up(std::uint64_t value, std::uint64_t align) {
  return (value + align - 1) / align * align;
}

void compute_layout(StructDecl& decl) {
  std::uint64_t offset = 0;
  decl.align = 1;
  for (StructDecl::Field& field : decl.fields) {
    const std::uint64_t align = std::max<std::uint64_t>(align_of(field.type), 1);
    field.offset = round_up(offset, align);
    offset = field.offset + size_of(field.type);
    decl.align = std::max(decl.align, align);
  }
  decl.size = std::max<std::uint64_t>(round_up(offset, decl.align), 1);
}

/// Structs come in the order of their declaration, so a nested one has its new layout already.
void replace_in_structs(Module& module, TypeReplacer& replacer) {
  std::vector<std::vector<std::uint64_t>> sizes_before;
  for (const StructDecl& decl : module.structs) {
    auto& sizes = sizes_before.emplace_back();
    for (const StructDecl::Field& field : decl.fields)
      sizes.push_back(size_of(field.type));
  }
  std::size_t index = 0;
  for (StructDecl& decl : module.structs) {
    const std::vector<std::uint64_t>& sizes = sizes_before[index++];
    bool changed = false;
    for (std::size_t i = 0; i < decl.fields.size(); ++i) {
      decl.fields[i].type = replacer(decl.fields[i].type);
      changed |= size_of(decl.fields[i].type) != sizes[i];
    }
    if (changed) compute_layout(decl);
  }
}

class Retyper {
public:
  Retyper(TypeReplacer& replacer, const RetypeRule& rule) : replacer_(replacer), rule_(rule) {}

  /// Returns the type that the expression had.
  TypePtr rewrite(Expr*& expr) {
    RetypedExpr retyped{expr, expr->type, {}};
    for_each_operand(*expr,
                     [&](Expr*& operand) { retyped.operands_before.push_back(rewrite(operand)); });
    expr->type = replacer_(expr->type);
    expr = rule_(retyped);
    return retyped.before;
  }

private:
  TypeReplacer& replacer_;
  const RetypeRule& rule_;
};

} // namespace

TypePtr TypeReplacer::operator()(TypePtr type) {
  if (const auto found = known_.find(type); found != known_.end()) return found->second;
  const TypePtr result = match(
      type->node, [&](const VoidType&) { return type; },
      [&](const ScalarType& t) {
        const TypePtr replacement = replace_(t.kind);
        return replacement ? replacement : type;
      },
      [&](const VectorType& t) { return types_.vector((*this)(t.element), t.count); },
      [&](const ArrayType& t) { return types_.array((*this)(t.element), t.count); },
      [&](const StructType&) { return type; },
      [&](const RefType& t) { return types_.ref((*this)(t.pointee), t.space, t.access); },
      [&](const PtrType& t) { return types_.ptr((*this)(t.pointee), t.space, t.access); },
      [&](const SpanType& t) { return types_.span((*this)(t.element), t.access); });
  return known_[type] = result;
}

void replace_types(Module& module, TypeReplacer& replacer, const RetypeRule& rule) {
  Retyper retyper(replacer, rule);
  // Expressions first: a rule may look at the types that structs and locals had.
  // By index, because a rule may add functions and tables.
  for (std::size_t i = 0; i < module.globals.size(); ++i) {
    if (Expr*& initializer = module.globals[i].initializer) retyper.rewrite(initializer);
  }
  for (std::size_t i = 0; i < module.functions.size(); ++i) {
    for_each_stmt(module.functions[i].body, [&](Stmt& stmt) {
      for_each_root(stmt, [&](Expr*& root) { retyper.rewrite(root); });
    });
  }

  replace_in_structs(module, replacer);
  for (Global& global : module.globals)
    global.type = replacer(global.type);
  for (Function& function : module.functions) {
    function.result = replacer(function.result);
    for (Local* param : function.params)
      param->type = replacer(param->type);
    for_each_stmt(function.body, [&](Stmt& stmt) {
      if (auto* let = stmt.as<Let>()) let->local->type = replacer(let->local->type);
      if (auto* var = stmt.as<Var>()) var->local->type = replacer(var->local->type);
    });
  }
}

Scalar scalar_kind(TypePtr type) { return type->as<ScalarType>()->kind; }

bool contains_scalar(TypePtr type, const std::function<bool(Scalar)>& matches) {
  return match(
      type->node, [](const VoidType&) { return false; },
      [&](const ScalarType& t) { return matches(t.kind); },
      [&](const VectorType& t) { return contains_scalar(t.element, matches); },
      [&](const ArrayType& t) { return contains_scalar(t.element, matches); },
      [&](const StructType& t) {
        return std::any_of(t.decl->fields.begin(), t.decl->fields.end(),
                           [&](const auto& field) { return contains_scalar(field.type, matches); });
      },
      [&](const RefType& t) { return contains_scalar(t.pointee, matches); },
      [&](const PtrType& t) { return contains_scalar(t.pointee, matches); },
      [&](const SpanType& t) { return contains_scalar(t.element, matches); });
}

} // namespace ring::ir::transform
