#include "ir/intrinsic_names.h"
#include "ir/overloaded.h"
#include "ir/verifier_state.h"

namespace ring::ir::checks {
namespace {

std::optional<Capability> capability_of(Scalar kind) {
  switch (kind) {
  case Scalar::i8:
  case Scalar::u8:
    return Capability::int8;
  case Scalar::i16:
  case Scalar::u16:
    return Capability::int16;
  case Scalar::i64:
  case Scalar::u64:
    return Capability::int64;
  case Scalar::f16:
    return Capability::float16;
  case Scalar::bf16:
    return Capability::bfloat16;
  case Scalar::f64:
    return Capability::float64;
  default:
    return std::nullopt;
  }
}

intrinsics::ScalarType table_type(Scalar kind) {
  using intrinsics::Kind;
  const Kind table_kind = kind == Scalar::boolean ? Kind::boolean
                          : is_float(kind)        ? Kind::floating
                          : is_signed(kind)       ? Kind::signed_integer
                                                  : Kind::unsigned_integer;
  return {table_kind, static_cast<std::uint8_t>(bit_width(kind))};
}

} // namespace

void CapabilityChecker::begin(const Function*) {
  said_.clear();
  checked_types_.clear();
}

/// Once for each construct and function: a kernel in f64 would say it at every node otherwise.
void CapabilityChecker::need(Capability capability, const Place& place,
                             const std::string& construct) {
  if (capabilities_.has(capability) || !said_.insert(construct).second) return;
  reporter_.report(DiagnosticId::missing_capability, place,
                   construct + " needs '" + std::string(name_of(capability)) +
                       "', which the target lacks");
}

void CapabilityChecker::use_type(TypePtr type, const Place& place) {
  if (!checked_types_.insert(type).second) return;
  const auto pointer = [&](std::string_view what) {
    need(Capability::pointers, place, std::string(what) + " '" + to_string(type) + "' as a value");
  };
  match(
      type->node, [](const VoidType&) {},
      [&](const ScalarType& t) {
        const std::optional<Capability> capability = capability_of(t.kind);
        if (capability) need(*capability, place, "the type '" + to_string(type) + "'");
      },
      [&](const VectorType& t) { use_type(t.element, place); },
      [&](const ArrayType& t) { use_type(t.element, place); },
      [&](const StructType& t) {
        for (const StructDecl::Field& field : t.decl->fields)
          use_type(field.type, place);
      },
      [&](const RefType& t) {
        pointer("a reference");
        use_type(t.pointee, place);
      },
      [&](const PtrType& t) {
        pointer("a pointer");
        use_type(t.pointee, place);
      },
      [&](const SpanType& t) {
        pointer("a span");
        use_type(t.element, place);
      });
}

void CapabilityChecker::use_expr(const Expr& expr, const Place& place) {
  if (const auto* ref = expr.type->as<RefType>()) {
    // An lvalue is no value: only what it names counts. Choosing between two needs pointers.
    if (expr.is<Select>()) use_type(expr.type, place);
    const auto* array = ref->pointee->as<ArrayType>();
    use_type(array && array->count == 0 ? array->element : ref->pointee, place);
  } else {
    use_type(expr.type, place);
  }
  if (const auto* intrinsic = expr.as<Intrinsic>()) use_intrinsic(*intrinsic, place);
}

void CapabilityChecker::use_intrinsic(const Intrinsic& intrinsic, const Place& place) {
  const intrinsics::Row& row = intrinsics::find(intrinsic.id);
  const TypePtr type =
      intrinsic.operands.empty() ? nullptr : intrinsic.operands[0]->type->pointee_or_self();
  const auto* scalar = type ? type->as<ScalarType>() : nullptr;
  const std::string construct =
      "'" + std::string(row.name) + (scalar ? "' on '" + to_string(type) : std::string()) + "'";
  const intrinsics::ScalarType of =
      table_type(scalar ? scalar->kind : Scalar::u32); // a type that needs nothing
  for (std::string_view name : row.capabilities(of)) {
    // The table also knows abilities that have no passes; the targets' spellings decide those.
    const std::optional<Capability> capability = find_capability(name);
    if (capability) need(*capability, place, construct);
  }
  const bool adds = row.name == "atomic_add" || row.name == "atomic_sub";
  if (adds && scalar && is_float(scalar->kind)) need(Capability::float_atomics, place, construct);
}

} // namespace ring::ir::checks
