// Pure expressions as instructions.
#include "backends/spirv/function_printer.h"

#include "ir/overloaded.h"

#include <stdexcept>

namespace ring::backends::spirv {
namespace {

using ir::BinaryOp;
using ir::Scalar;
using spv::Op;

Scalar kind_of(ir::TypePtr type) {
  if (const auto* vector = type->as<ir::VectorType>()) type = vector->element;
  return type->as<ir::ScalarType>()->kind;
}

Op float_op(BinaryOp op) {
  switch (op) {
  case BinaryOp::add:
    return Op::OpFAdd;
  case BinaryOp::sub:
    return Op::OpFSub;
  case BinaryOp::mul:
    return Op::OpFMul;
  case BinaryOp::div:
    return Op::OpFDiv;
  case BinaryOp::eq:
    return Op::OpFOrdEqual;
  case BinaryOp::ne:
    return Op::OpFUnordNotEqual; // NaN != NaN
  case BinaryOp::lt:
    return Op::OpFOrdLessThan;
  case BinaryOp::le:
    return Op::OpFOrdLessThanEqual;
  case BinaryOp::gt:
    return Op::OpFOrdGreaterThan;
  case BinaryOp::ge:
    return Op::OpFOrdGreaterThanEqual;
  default:
    throw std::logic_error("spirv: no such float operation");
  }
}

Op integer_op(BinaryOp op, bool is_signed) {
  switch (op) {
  case BinaryOp::add:
    return Op::OpIAdd;
  case BinaryOp::sub:
    return Op::OpISub;
  case BinaryOp::mul:
    return Op::OpIMul;
  case BinaryOp::div:
    return is_signed ? Op::OpSDiv : Op::OpUDiv;
  case BinaryOp::rem:
    return Op::OpUMod;
  case BinaryOp::bit_and:
    return Op::OpBitwiseAnd;
  case BinaryOp::bit_or:
    return Op::OpBitwiseOr;
  case BinaryOp::bit_xor:
    return Op::OpBitwiseXor;
  case BinaryOp::shl:
    return Op::OpShiftLeftLogical;
  case BinaryOp::shr:
    return is_signed ? Op::OpShiftRightArithmetic : Op::OpShiftRightLogical;
  case BinaryOp::eq:
    return Op::OpIEqual;
  case BinaryOp::ne:
    return Op::OpINotEqual;
  case BinaryOp::lt:
    return is_signed ? Op::OpSLessThan : Op::OpULessThan;
  case BinaryOp::le:
    return is_signed ? Op::OpSLessThanEqual : Op::OpULessThanEqual;
  case BinaryOp::gt:
    return is_signed ? Op::OpSGreaterThan : Op::OpUGreaterThan;
  case BinaryOp::ge:
    return is_signed ? Op::OpSGreaterThanEqual : Op::OpUGreaterThanEqual;
  }
  throw std::logic_error("spirv: no such integer operation");
}

Op boolean_op(BinaryOp op) {
  switch (op) {
  case BinaryOp::eq:
    return Op::OpLogicalEqual;
  case BinaryOp::ne:
  case BinaryOp::bit_xor:
    return Op::OpLogicalNotEqual;
  case BinaryOp::bit_and:
    return Op::OpLogicalAnd;
  case BinaryOp::bit_or:
    return Op::OpLogicalOr;
  default:
    throw std::logic_error("spirv: no such operation on bools");
  }
}

Scalar as_signed(Scalar kind) {
  switch (kind) {
  case Scalar::u8:
    return Scalar::i8;
  case Scalar::u16:
    return Scalar::i16;
  case Scalar::u32:
    return Scalar::i32;
  case Scalar::u64:
    return Scalar::i64;
  default:
    return kind;
  }
}

Scalar as_unsigned(Scalar kind) {
  switch (kind) {
  case Scalar::i8:
    return Scalar::u8;
  case Scalar::i16:
    return Scalar::u16;
  case Scalar::i32:
    return Scalar::u32;
  case Scalar::i64:
    return Scalar::u64;
  default:
    return kind;
  }
}

} // namespace

Id FunctionPrinter::exact(Op op, ir::TypePtr type, const Words& operands) {
  const Id id = out_.value(op, types_.get(type), operands);
  if (module_.options.fp == FloatMode::strict) out_.decorate(id, spv::Decoration::NoContraction);
  return id;
}

Id FunctionPrinter::unary(const ir::Expr& expr, const ir::Unary& e) {
  const Id operand = value(*e.operand);
  switch (e.op) {
  case ir::UnaryOp::logical_not:
    return out_.value(Op::OpLogicalNot, types_.boolean(), {operand});
  case ir::UnaryOp::bit_not:
    return out_.value(Op::OpNot, types_.get(expr.type), {operand});
  case ir::UnaryOp::negate:
    if (ir::is_float(kind_of(expr.type))) return exact(Op::OpFNegate, expr.type, {operand});
    return out_.value(Op::OpSNegate, types_.get(expr.type), {operand});
  }
  throw std::logic_error("spirv: no such operation");
}

Id FunctionPrinter::binary(const ir::Expr& expr, const ir::Binary& e) {
  const Id lhs = value(*e.lhs);
  const Id rhs = value(*e.rhs);
  const Scalar kind = kind_of(e.lhs->type);
  const Id type = types_.get(expr.type);
  if (kind == Scalar::boolean) return out_.value(boolean_op(e.op), type, {lhs, rhs});
  if (ir::is_float(kind)) {
    if (ir::is_comparison(e.op)) return out_.value(float_op(e.op), type, {lhs, rhs});
    return exact(float_op(e.op), expr.type, {lhs, rhs});
  }
  return out_.value(integer_op(e.op, ir::is_signed(kind)), type, {lhs, rhs});
}

Id FunctionPrinter::one_or_zero(Id condition, ir::TypePtr type) {
  const Scalar kind = kind_of(type);
  const Id one = ir::is_float(kind) ? types_.floating(kind, 1.0) : types_.integer(kind, 1);
  const Id zero = ir::is_float(kind) ? types_.floating(kind, 0.0) : types_.integer(kind, 0);
  return out_.value(Op::OpSelect, types_.get(type), {condition, one, zero});
}

// The width changes in the signedness of the source, then the bits get the signedness of the
// target.
Id FunctionPrinter::convert_integer(Id operand, Scalar from, Scalar to) {
  if (ir::bit_width(from) != ir::bit_width(to)) {
    const bool is_signed = ir::is_signed(from);
    const Scalar resized = is_signed ? as_signed(to) : as_unsigned(to);
    operand =
        out_.value(is_signed ? Op::OpSConvert : Op::OpUConvert, types_.scalar(resized), {operand});
    from = resized;
  }
  return from == to ? operand : out_.value(Op::OpBitcast, types_.scalar(to), {operand});
}

Id FunctionPrinter::convert(const ir::Expr& expr, const ir::Convert& e) {
  const Id operand = value(*e.operand);
  if (e.operand->type == expr.type) return operand;
  const Scalar from = kind_of(e.operand->type);
  const Scalar to = kind_of(expr.type);
  const Id type = types_.get(expr.type);
  if (from == Scalar::boolean) return one_or_zero(operand, expr.type);
  if (to == Scalar::boolean) {
    if (ir::is_float(from))
      return out_.value(Op::OpFUnordNotEqual, type, {operand, types_.floating(from, 0.0)});
    return out_.value(Op::OpINotEqual, type, {operand, types_.integer(from, 0)});
  }
  if (ir::is_float(from) && ir::is_float(to)) return out_.value(Op::OpFConvert, type, {operand});
  if (ir::is_float(from)) {
    return out_.value(ir::is_signed(to) ? Op::OpConvertFToS : Op::OpConvertFToU, type, {operand});
  }
  if (ir::is_float(to)) {
    return out_.value(ir::is_signed(from) ? Op::OpConvertSToF : Op::OpConvertUToF, type, {operand});
  }
  return convert_integer(operand, from, to);
}

Id FunctionPrinter::extract(const ir::Expr& expr, const ir::Expr& base, std::uint32_t index) {
  return out_.value(Op::OpCompositeExtract, types_.get(expr.type), {value(base), index});
}

Id FunctionPrinter::value(const ir::Expr& expr) {
  const auto not_legal = [](const char* what) -> Id {
    throw std::logic_error(std::string("spirv: ") + what + " should have been lowered");
  };
  return ir::match(
      expr.node, [&](const ir::Literal&) { return types_.literal(expr); },
      [&](const ir::LocalRef& e) -> Id {
        const auto found = locals_.find(e.local);
        if (found == locals_.end()) return not_legal("a local outside of its scope");
        return found->second;
      },
      [&](const ir::GlobalRef&) { return not_legal("a reference as a value"); },
      [&](const ir::Unary& e) { return unary(expr, e); },
      [&](const ir::Binary& e) { return binary(expr, e); },
      [&](const ir::Logical& e) {
        const Op op = e.op == ir::LogicalOp::logical_and ? Op::OpLogicalAnd : Op::OpLogicalOr;
        const Id lhs = value(*e.lhs);
        return out_.value(op, types_.boolean(), {lhs, value(*e.rhs)});
      },
      [&](const ir::Select& e) {
        const Id condition = value(*e.condition);
        const Id if_true = value(*e.if_true);
        return out_.value(Op::OpSelect, types_.get(expr.type),
                          {condition, if_true, value(*e.if_false)});
      },
      [&](const ir::Convert& e) { return convert(expr, e); },
      [&](const ir::Bitcast& e) {
        const Id operand = value(*e.operand);
        if (e.operand->type == expr.type) return operand;
        return out_.value(Op::OpBitcast, types_.get(expr.type), {operand});
      },
      [&](const ir::Index& e) {
        const auto* literal = e.index->as<ir::Literal>();
        if (literal) {
          return extract(expr, *e.base,
                         static_cast<std::uint32_t>(std::get<std::uint64_t>(literal->value)));
        }
        // Values cannot be indexed at run time: the array goes to memory first.
        const Id base = value(*e.base);
        const Id pointer =
            out_.function_variable(types_.pointer(e.base->type, spv::StorageClass::Function));
        out_.op(Op::OpStore, {pointer, base});
        const Id element =
            out_.value(Op::OpAccessChain, types_.pointer(expr.type, spv::StorageClass::Function),
                       {pointer, index(*e.index)});
        return out_.value(Op::OpLoad, types_.get(expr.type), {element});
      },
      [&](const ir::Member& e) { return extract(expr, *e.base, e.field); },
      [&](const ir::Load& e) { return load(place(*e.reference)); },
      [&](const ir::AddressOf&) { return not_legal("a pointer"); },
      [&](const ir::Deref&) { return not_legal("a pointer"); },
      [&](const ir::PtrOffset&) { return not_legal("a pointer"); },
      [&](const ir::PtrDifference&) { return not_legal("a pointer"); },
      [&](const ir::SpanElement&) { return not_legal("a span"); },
      [&](const ir::SpanSize&) { return not_legal("a span"); },
      [&](const ir::SpanData&) { return not_legal("a span"); },
      [&](const ir::MakeSpan&) { return not_legal("a span"); },
      [&](const ir::Construct& e) {
        if (e.elements.empty()) return types_.null(expr.type);
        Words elements;
        for (const ir::Expr* element : e.elements)
          elements.push_back(value(*element));
        return out_.value(Op::OpCompositeConstruct, types_.get(expr.type), elements);
      },
      [&](const ir::Intrinsic& e) { return intrinsic(expr, e); },
      [&](const ir::Call& e) {
        Words operands{module_.functions.at(e.callee)};
        for (const ir::Expr* argument : e.arguments)
          operands.push_back(value(*argument));
        return out_.value(Op::OpFunctionCall, types_.get(expr.type), operands);
      });
}

} // namespace ring::backends::spirv
