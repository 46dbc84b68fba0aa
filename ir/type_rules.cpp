#include "ir/type_rules.h"

#include "ir/intrinsic_names.h"
#include "ir/overloaded.h"

#include <algorithm>
#include <cmath>

namespace ring::ir {
namespace {

Typing wrong(std::string problem) { return {nullptr, std::move(problem)}; }
Typing is(TypePtr type) { return {type, {}}; }
std::string show(TypePtr type) { return type ? "'" + to_string(type) + "'" : "nothing"; }

/// The type itself, or of a vector its element: what arithmetic works on.
const ScalarType* lane_of(TypePtr type) {
  if (const auto* vector = type->as<VectorType>()) return vector->element->as<ScalarType>();
  return type->as<ScalarType>();
}
bool has_integer_lanes(TypePtr type) {
  const auto* lane = lane_of(type);
  return lane && is_integer(lane->kind);
}
bool is_arithmetic(TypePtr type) {
  const auto* lane = lane_of(type);
  return lane && lane->kind != Scalar::boolean;
}
std::uint32_t lanes_of(TypePtr type) {
  const auto* vector = type->as<VectorType>();
  return vector ? vector->count : 1;
}

/// The same object under a reference, pointer or span that promises less about its address space,
/// or something else about who writes it (a const_cast).
bool is_reworded(TypePtr from, TypePtr to) {
  const auto reworded = [](const auto& a, const auto& b) {
    return a.pointee == b.pointee && (a.space == b.space || b.space == AddressSpace::generic);
  };
  if (from->is<RefType>() && to->is<RefType>())
    return reworded(*from->as<RefType>(), *to->as<RefType>());
  if (from->is<PtrType>() && to->is<PtrType>())
    return reworded(*from->as<PtrType>(), *to->as<PtrType>());
  return assignable(from, to);
}

/// Whether `value` has at most `precision` significant bits, a lowest bit of at least
/// 2^lowest, and less than 2^limit as its size.
bool is_exact(double value, int precision, int lowest, int limit) {
  if (std::isnan(value) || std::isinf(value) || value == 0) return true;
  int exponent = 0;
  std::frexp(value, &exponent);
  const int unit = std::max(exponent - precision, lowest);
  const double scaled = std::ldexp(value, -unit);
  return exponent <= limit && scaled == std::trunc(scaled);
}

bool is_representable(double value, Scalar kind) {
  switch (kind) {
  case Scalar::f16:
    return is_exact(value, 11, -24, 16);
  case Scalar::bf16:
    return is_exact(value, 8, -133, 128);
  case Scalar::f32:
    return is_exact(value, 24, -149, 128);
  default:
    return true;
  }
}

class Rules {
public:
  Rules(const Expr& expr, TypeTable& types) : expr_(expr), types_(types) {}

  Typing operator()(const Literal& e) const {
    const auto* scalar = expr_.type ? expr_.type->as<ScalarType>() : nullptr;
    if (!scalar) return wrong("a literal has a scalar type, not " + show(expr_.type));
    if (std::holds_alternative<bool>(e.value)) {
      return expr_.type->is_bool() ? is(expr_.type) : wrong("a truth value is a bool");
    }
    if (const auto* bits = std::get_if<std::uint64_t>(&e.value)) {
      if (!expr_.type->is_integer()) return wrong("an integer literal of type " + show(expr_.type));
      const unsigned width = bit_width(scalar->kind);
      if (width < 64 && (*bits >> width) != 0) {
        return wrong("a literal too large for " + show(expr_.type));
      }
      return is(expr_.type);
    }
    if (!expr_.type->is_float()) return wrong("a float literal of type " + show(expr_.type));
    if (!is_representable(std::get<double>(e.value), scalar->kind)) {
      return wrong("a literal that " + show(expr_.type) + " cannot represent");
    }
    return is(expr_.type);
  }

  Typing operator()(const LocalRef& e) const {
    if (e.local->kind != Local::Kind::var) return is(e.local->type);
    return is(types_.ref(e.local->type, AddressSpace::function));
  }
  Typing operator()(const GlobalRef& e) const {
    if (e.global->space == AddressSpace::launch) return is(e.global->type);
    return is(types_.ref(e.global->type, e.global->space, e.global->access));
  }

  Typing operator()(const Unary& e) const {
    const TypePtr type = e.operand->type;
    const bool fits = e.op == UnaryOp::logical_not ? type->is_bool()
                      : e.op == UnaryOp::bit_not   ? has_integer_lanes(type)
                                                   : is_arithmetic(type);
    if (!fits) return wrong("'" + std::string(spelling(e.op)) + "' on " + show(type));
    return is(type);
  }

  Typing operator()(const Binary& e) const {
    const TypePtr lhs = e.lhs->type;
    const TypePtr rhs = e.rhs->type;
    const std::string both =
        "'" + std::string(spelling(e.op)) + "' on " + show(lhs) + " and " + show(rhs);
    if (e.op == BinaryOp::shl || e.op == BinaryOp::shr) {
      const bool fits = has_integer_lanes(lhs) && (rhs->is_integer() || lhs == rhs);
      return fits ? is(lhs) : wrong(both);
    }
    if (is_comparison(e.op)) {
      const bool equality = e.op == BinaryOp::eq || e.op == BinaryOp::ne;
      const bool pointers = lhs->is<PtrType>() && rhs->is<PtrType>() &&
                            lhs->pointee_or_self() == rhs->pointee_or_self();
      const bool scalars = lhs == rhs && lhs->is<ScalarType>() && (equality || !lhs->is_bool());
      return pointers || scalars ? is(types_.boolean()) : wrong(both);
    }
    const bool integers_only = e.op >= BinaryOp::rem;
    const bool fits = lhs == rhs && (integers_only ? has_integer_lanes(lhs) : is_arithmetic(lhs));
    return fits ? is(lhs) : wrong(both);
  }

  Typing operator()(const Logical& e) const {
    if (e.lhs->type->is_bool() && e.rhs->type->is_bool()) return is(types_.boolean());
    return wrong("&& or || on " + show(e.lhs->type) + " and " + show(e.rhs->type));
  }

  Typing operator()(const Select& e) const {
    if (!e.condition->type->is_bool())
      return wrong("a condition of type " + show(e.condition->type));
    const TypePtr a = e.if_true->type;
    const TypePtr b = e.if_false->type;
    if (a->is<VoidType>()) return wrong("a choice between nothings");
    if (a == b || assignable(b, a)) return is(a);
    if (assignable(a, b)) return is(b);
    return wrong("a choice between " + show(a) + " and " + show(b));
  }

  Typing operator()(const Convert& e) const {
    const TypePtr from = e.operand->type;
    const TypePtr to = expr_.type;
    const bool values = to && lane_of(to) && lane_of(from) && lanes_of(to) == lanes_of(from);
    const bool rewords = to && is_reworded(from, to);
    return values || rewords ? is(to)
                             : wrong("no conversion from " + show(from) + " to " + show(to));
  }

  Typing operator()(const Bitcast& e) const {
    const TypePtr from = e.operand->type;
    const TypePtr to = expr_.type;
    const bool values =
        to && is_arithmetic(from) && is_arithmetic(to) && size_of(from) == size_of(to);
    const bool pointers = to && ((from->is<PtrType>() && to->is<PtrType>()) ||
                                 (from->is<RefType>() && to->is<RefType>()));
    return values || pointers ? is(to) : wrong("no bitcast from " + show(from) + " to " + show(to));
  }

  Typing operator()(const Index& e) const {
    const TypePtr base = e.base->type;
    const auto* ref = base->as<RefType>();
    const TypePtr element = element_of(ref ? ref->pointee : base);
    if (!element) return wrong("an index into " + show(base));
    if (!e.index->type->is_integer()) return wrong("an index of type " + show(e.index->type));
    return is(ref ? types_.ref(element, ref->space, ref->access) : element);
  }

  Typing operator()(const Member& e) const {
    const TypePtr base = e.base->type;
    const auto* ref = base->as<RefType>();
    const auto* structure = (ref ? ref->pointee : base)->as<StructType>();
    if (!structure) return wrong("a field of " + show(base));
    if (e.field >= structure->decl->fields.size())
      return wrong("a field that " + show(base) + " has not");
    const TypePtr field = structure->decl->fields[e.field].type;
    return is(ref ? types_.ref(field, ref->space, ref->access) : field);
  }

  Typing operator()(const Load& e) const {
    const auto* ref = e.reference->type->as<RefType>();
    if (!ref) return wrong("load of " + show(e.reference->type) + ", not a reference");
    const auto* array = ref->pointee->as<ArrayType>();
    if (array && array->count == 0) return wrong("load of an array sized at run time");
    return is(ref->pointee);
  }

  Typing operator()(const AddressOf& e) const {
    const auto* ref = e.reference->type->as<RefType>();
    if (!ref) return wrong("the address of " + show(e.reference->type) + ", not a reference");
    return is(types_.ptr(ref->pointee, ref->space, ref->access));
  }
  Typing operator()(const Deref& e) const {
    const auto* ptr = e.pointer->type->as<PtrType>();
    if (!ptr) return wrong("'*' on " + show(e.pointer->type) + ", not a pointer");
    return is(types_.ref(ptr->pointee, ptr->space, ptr->access));
  }
  Typing operator()(const PtrOffset& e) const {
    if (e.pointer->type->is<PtrType>() && e.offset->type->is_integer()) return is(e.pointer->type);
    return wrong("a pointer " + show(e.pointer->type) + " moved by " + show(e.offset->type));
  }
  Typing operator()(const PtrDifference& e) const {
    const TypePtr lhs = e.lhs->type;
    const TypePtr rhs = e.rhs->type;
    const bool fits = lhs->is<PtrType>() && rhs->is<PtrType>() &&
                      lhs->pointee_or_self() == rhs->pointee_or_self();
    return fits ? is(types_.i64()) : wrong("the distance of " + show(lhs) + " and " + show(rhs));
  }

  Typing operator()(const SpanElement& e) const {
    const auto* span = e.span->type->as<SpanType>();
    if (!span) return wrong("an element of " + show(e.span->type) + ", not a span");
    if (!e.index->type->is_integer()) return wrong("an index of type " + show(e.index->type));
    return is(types_.ref(span->element, AddressSpace::storage, span->access));
  }
  Typing operator()(const SpanSize& e) const {
    if (e.span->type->is<SpanType>()) return is(types_.u64());
    return wrong("the size of " + show(e.span->type) + ", not a span");
  }
  Typing operator()(const SpanData& e) const {
    const auto* span = e.span->type->as<SpanType>();
    if (!span) return wrong("the data of " + show(e.span->type) + ", not a span");
    return is(types_.ptr(span->element, AddressSpace::storage, span->access));
  }
  Typing operator()(const MakeSpan& e) const {
    const auto* span = expr_.type ? expr_.type->as<SpanType>() : nullptr;
    const auto* ptr = e.pointer->type->as<PtrType>();
    if (!span || !ptr || ptr->pointee != span->element) {
      return wrong(show(expr_.type) + " made from " + show(e.pointer->type));
    }
    if (span->access == Access::read_write && ptr->access == Access::read) {
      return wrong("a span to write made from a pointer to read");
    }
    if (!e.size->type->is_scalar(Scalar::u64))
      return wrong("a span's size of type " + show(e.size->type));
    return is(expr_.type);
  }

  Typing operator()(const Construct& e) const {
    const TypePtr type = expr_.type;
    if (!type || type->is<VoidType>() || type->is<RefType>())
      return wrong("a construct of " + show(type));
    if (e.elements.empty()) return is(type);
    const std::uint64_t count = construct_count(type);
    if (e.elements.size() != count) {
      return wrong("a construct of " + show(type) + " has " + std::to_string(count) +
                   " elements, not " + std::to_string(e.elements.size()));
    }
    for (std::size_t i = 0; i < e.elements.size(); ++i) {
      const TypePtr wanted = construct_element(type, i);
      if (!assignable(e.elements[i]->type, wanted)) {
        return wrong("element " + std::to_string(i) + " of a construct of " + show(type) + " has " +
                     show(wanted) + ", not " + show(e.elements[i]->type));
      }
    }
    return is(type);
  }

  Typing operator()(const Intrinsic& e) const {
    if (std::string problem = check_operands(e); !problem.empty()) return wrong(std::move(problem));
    const TypePtr result = result_type(e, types_);
    if (result) return is(result);
    return expr_.type ? is(expr_.type) : wrong("an intrinsic without a type");
  }

  Typing operator()(const Call& e) const {
    const Function& callee = *e.callee;
    if (callee.params.size() != e.arguments.size()) {
      return wrong("'" + callee.name + "' takes " + std::to_string(callee.params.size()) +
                   " arguments, not " + std::to_string(e.arguments.size()));
    }
    for (std::size_t i = 0; i < e.arguments.size(); ++i) {
      if (!assignable(e.arguments[i]->type, callee.params[i]->type)) {
        return wrong("argument " + std::to_string(i) + " of '" + callee.name + "' is " +
                     show(callee.params[i]->type) + ", not " + show(e.arguments[i]->type));
      }
    }
    return is(callee.result);
  }

private:
  const Expr& expr_;
  TypeTable& types_;
};

} // namespace

Typing type_of(const Expr& expr, TypeTable& types) {
  return std::visit(Rules(expr, types), expr.node);
}

bool assignable(TypePtr from, TypePtr to) {
  if (from == to) return true;
  const auto widens = [](const auto& a, const auto& b) {
    return a.pointee == b.pointee && (a.space == b.space || b.space == AddressSpace::generic) &&
           (a.access == b.access || b.access == Access::read);
  };
  if (from->is<RefType>() && to->is<RefType>())
    return widens(*from->as<RefType>(), *to->as<RefType>());
  if (from->is<PtrType>() && to->is<PtrType>())
    return widens(*from->as<PtrType>(), *to->as<PtrType>());
  const auto* span = from->as<SpanType>();
  const auto* wanted = to->as<SpanType>();
  return span && wanted && span->element == wanted->element && wanted->access == Access::read;
}

TypePtr element_of(TypePtr aggregate) {
  if (const auto* array = aggregate->as<ArrayType>()) return array->element;
  if (const auto* vector = aggregate->as<VectorType>()) return vector->element;
  return nullptr;
}

TypePtr construct_element(TypePtr aggregate, std::size_t index) {
  if (index >= construct_count(aggregate)) return nullptr;
  if (const auto* structure = aggregate->as<StructType>())
    return structure->decl->fields[index].type;
  return element_of(aggregate);
}

std::uint64_t construct_count(TypePtr aggregate) {
  if (const auto* array = aggregate->as<ArrayType>()) return array->count;
  if (const auto* vector = aggregate->as<VectorType>()) return vector->count;
  if (const auto* structure = aggregate->as<StructType>()) return structure->decl->fields.size();
  return 0;
}

} // namespace ring::ir
