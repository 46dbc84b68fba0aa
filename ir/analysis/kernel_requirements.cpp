#include "ir/analysis/kernel_requirements.h"

#include "ir/overloaded.h"
#include "ir/walk.h"

#include <algorithm>
#include <set>

namespace ring::ir::analysis {
namespace {

std::string_view construct_of(Capability capability) {
  switch (capability) {
  case Capability::float16:
    return "16-bit float";
  case Capability::bfloat16:
    return "bfloat16";
  case Capability::float64:
    return "64-bit float";
  case Capability::int64_atomics:
    return "atomic operation on a 64-bit type";
  case Capability::subgroups:
    return "warp operation";
  default:
    return name_of(capability);
  }
}

/// What transform::fold_constants makes a literal of.
bool is_constant(const Expr& expr) {
  if (expr.is<Literal>()) return true;
  if (!expr.is<Binary>() && !expr.is<Unary>() && !expr.is<Convert>()) return false;
  bool constant = true;
  for_each_operand(const_cast<Expr&>(expr),
                   [&](Expr*& operand) { constant = constant && is_constant(*operand); });
  return constant;
}

class Collector {
public:
  explicit Collector(KernelRequirements& result) : result_(result) {}

  void visit(const Function& function) {
    if (!visited_.insert(&function).second) return;
    visit(function.result, function.loc);
    for (const Local* param : function.params)
      visit(param->type, param->loc);
    auto& body = const_cast<Block&>(function.body); // visited, not changed
    for_each_stmt(body, [&](Stmt& stmt) {
      if (const auto* var = stmt.as<Var>()) visit(var->local->type, stmt.loc);
      for_each_root(stmt, [&](Expr*& root) { visit_tree(*root, stmt.loc); });
    });
  }

private:
  void visit_tree(Expr& expr, Loc stmt_loc) {
    // The constants on the way to a constant are computed by fold_constants, not by the device.
    if (!is_constant(expr)) {
      for_each_operand(expr, [&](Expr*& operand) { visit_tree(*operand, stmt_loc); });
    }
    visit(expr, stmt_loc);
  }

  void visit(const Expr& expr, Loc stmt_loc) {
    const Loc loc = expr.loc.valid() ? expr.loc : stmt_loc;
    visit(expr.type, loc);
    if (const auto* call = expr.as<Call>()) visit(*call->callee);
    if (const auto* intrinsic = expr.as<Intrinsic>()) visit(*intrinsic, loc);
  }

  void visit(const Intrinsic& intrinsic, Loc loc) {
    const intrinsics::Row& row = intrinsics::find(intrinsic.id);
    need(intrinsic.id, loc);
    if (const auto capability = find_capability(row.capability)) need(*capability, loc);
    if (row.category != intrinsics::Category::atomic) return;
    const auto* scalar = intrinsic.operands.front()->type->pointee_or_self()->as<ScalarType>();
    if (scalar && bit_width(scalar->kind) == 64) need(Capability::int64_atomics, loc);
  }

  /// A struct needs what its fields need, also where a kernel only copies it: no target can hold a
  /// value that it has no type for.
  void visit(TypePtr type, Loc loc) {
    match(
        type->node, [](const VoidType&) {},
        [&](const ScalarType& t) {
          if (t.kind == Scalar::f16) need(Capability::float16, loc);
          if (t.kind == Scalar::bf16) need(Capability::bfloat16, loc);
          if (t.kind == Scalar::f64) need(Capability::float64, loc);
        },
        [&](const VectorType& t) { visit(t.element, loc); },
        [&](const ArrayType& t) { visit(t.element, loc); },
        [&](const StructType& t) {
          if (!structs_.insert(t.decl).second) return;
          for (const StructDecl::Field& field : t.decl->fields)
            visit(field.type, loc);
        },
        [&](const RefType& t) { visit(t.pointee, loc); },
        [&](const PtrType& t) { visit(t.pointee, loc); },
        [&](const SpanType& t) { visit(t.element, loc); });
  }

  void need(Capability capability, Loc loc) {
    if (known_.has(capability)) return;
    known_.add(capability);
    result_.requirements.push_back({capability, {}, loc, std::string(construct_of(capability))});
  }

  void need(intrinsics::Id id, Loc loc) {
    if (!intrinsics_.insert(id).second) return;
    const auto name = intrinsics::find(id).name;
    result_.requirements.push_back({{}, id, loc, "ring::" + std::string(name)});
  }

  KernelRequirements& result_;
  CapabilitySet known_;
  std::set<intrinsics::Id> intrinsics_;
  std::set<const Function*> visited_;
  std::set<const StructDecl*> structs_;
};

bool is_met(const Requirement& requirement, const TargetFacts& target) {
  if (requirement.capability) return target.capabilities.has(*requirement.capability);
  // Whatever the operand type is: a row that a target lacks for all types has an empty spelling.
  const intrinsics::Row& row = intrinsics::find(*requirement.intrinsic);
  return !row.spellings[static_cast<std::size_t>(target.column)].empty();
}

std::string list_of(const std::vector<std::string_view>& names) {
  std::string list;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) list += i + 1 == names.size() ? " and " : ", ";
    list += names[i];
  }
  return list;
}

} // namespace

CapabilitySet KernelRequirements::capabilities() const {
  CapabilitySet set;
  for (const Requirement& requirement : requirements) {
    if (requirement.capability) set.add(*requirement.capability);
  }
  return set;
}

std::vector<KernelRequirements> kernel_requirements(const Module& module) {
  std::vector<KernelRequirements> result;
  for (const Function& function : module.functions) {
    if (!function.kernel) continue;
    KernelRequirements& kernel = result.emplace_back(KernelRequirements{&function, {}});
    Collector(kernel).visit(function);
  }
  return result;
}

Diagnostics missing_on(const KernelRequirements& kernel, const TargetFacts& target,
                       std::span<const TargetFacts> all) {
  Diagnostics problems;
  for (const Requirement& requirement : kernel.requirements) {
    if (is_met(requirement, target)) continue;
    std::vector<std::string_view> able;
    for (const TargetFacts& other : all) {
      if (is_met(requirement, other)) able.push_back(other.display_name);
    }
    std::string message = std::string(target.display_name) + " has no " + requirement.construct;
    if (!able.empty()) {
      message += "; " + list_of(able) + (able.size() == 1 ? " has one" : " have one");
    }
    problems.push_back(
        error(DiagnosticId::missing_capability, requirement.loc, std::move(message),
              {{kernel.kernel->loc, "needed by kernel '" + kernel.kernel->name + "'"}}));
  }
  return problems;
}

} // namespace ring::ir::analysis
