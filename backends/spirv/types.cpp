#include "backends/spirv/types.h"

#include "ir/overloaded.h"

#include <bit>
#include <cmath>
#include <stdexcept>

namespace ring::backends::spirv {
namespace {

using ir::Scalar;

[[noreturn]] void not_legal(ir::TypePtr type) {
  throw std::logic_error("spirv: type " + ir::to_string(type) + " should have been lowered");
}

/// IEEE 754 binary16, to nearest even.
std::uint16_t half_bits(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  const auto sign = static_cast<std::uint16_t>(bits >> 48 & 0x8000);
  if (std::isnan(value)) return sign | 0x7e00;
  const double magnitude = std::fabs(value);
  if (magnitude >= 65520.0) return sign | 0x7c00;
  if (magnitude < 0x1p-24 * 0.5) return sign;
  int exponent = 0;
  std::frexp(magnitude, &exponent);
  const int shift = exponent - 1 < -14 ? -24 : exponent - 1 - 10; // the last place kept
  const auto units = static_cast<std::uint32_t>(std::nearbyint(std::ldexp(magnitude, -shift)));
  if (shift == -24) return static_cast<std::uint16_t>(sign | units);
  return static_cast<std::uint16_t>(sign |
                                    (static_cast<std::uint32_t>(exponent - 2 + 15) << 10) + units);
}

} // namespace

Id Types::scalar(Scalar kind) {
  using spv::Capability;
  switch (kind) {
  case Scalar::boolean:
    return out_.type(spv::Op::OpTypeBool, {});
  case Scalar::i8:
  case Scalar::u8:
    out_.capability(Capability::Int8);
    break;
  case Scalar::i16:
  case Scalar::u16:
    out_.capability(Capability::Int16);
    break;
  case Scalar::i64:
  case Scalar::u64:
    out_.capability(Capability::Int64);
    break;
  case Scalar::f16:
    out_.capability(Capability::Float16);
    break;
  case Scalar::f64:
    out_.capability(Capability::Float64);
    break;
  case Scalar::bf16:
    throw std::logic_error("spirv: bf16 should have been refused");
  default:
    break;
  }
  const std::uint32_t width = ir::bit_width(kind);
  if (ir::is_float(kind)) return out_.type(spv::Op::OpTypeFloat, {width});
  return out_.type(spv::Op::OpTypeInt, {width, ir::is_signed(kind) ? 1u : 0u});
}

Id Types::vector(Scalar kind, std::uint32_t count) {
  return out_.type(spv::Op::OpTypeVector, {scalar(kind), count});
}

Id Types::get(ir::TypePtr type, bool laid_out) {
  // Scalars and vectors have one form only.
  if (!type->is<ir::StructType>() && !type->is<ir::ArrayType>()) laid_out = false;
  Id& id = types_[{type, laid_out}];
  if (!id) id = make(type, laid_out);
  return types_[{type, laid_out}];
}

Id Types::make(ir::TypePtr type, bool laid_out) {
  return ir::match(
      type->node, [&](const ir::VoidType&) { return out_.type(spv::Op::OpTypeVoid, {}); },
      [&](const ir::ScalarType& t) { return scalar(t.kind); },
      [&](const ir::VectorType& t) {
        return out_.type(spv::Op::OpTypeVector, {get(t.element), t.count});
      },
      [&](const ir::ArrayType& t) {
        const Id element = get(t.element, laid_out);
        const Id array =
            t.count == 0
                ? out_.unique_type(spv::Op::OpTypeRuntimeArray, {element})
                : out_.unique_type(spv::Op::OpTypeArray,
                                   {element, constant_u32(static_cast<std::uint32_t>(t.count))});
        if (laid_out) {
          out_.decorate(array, spv::Decoration::ArrayStride,
                        {static_cast<std::uint32_t>(ir::size_of(t.element))});
        }
        return array;
      },
      [&](const ir::StructType& t) { return make_struct(*t.decl, laid_out); },
      [&](const ir::RefType&) -> Id { not_legal(type); },
      [&](const ir::PtrType&) -> Id { not_legal(type); },
      [&](const ir::SpanType&) -> Id { not_legal(type); });
}

Id Types::make_struct(const ir::StructDecl& decl, bool laid_out) {
  Words members;
  for (const ir::StructDecl::Field& field : decl.fields) {
    members.push_back(get(field.type, laid_out));
  }
  const Id id = out_.unique_type(spv::Op::OpTypeStruct, members);
  out_.name(id, decl.name);
  for (std::uint32_t i = 0; i < decl.fields.size(); ++i) {
    out_.member_name(id, i, decl.fields[i].name);
    if (!laid_out) continue;
    out_.member_decorate(id, i, spv::Decoration::Offset,
                         {static_cast<std::uint32_t>(decl.fields[i].offset)});
  }
  return id;
}

Id Types::pointer(ir::TypePtr pointee, spv::StorageClass storage, bool laid_out) {
  return out_.type(spv::Op::OpTypePointer,
                   {static_cast<std::uint32_t>(storage), get(pointee, laid_out)});
}

Id Types::block_pointer(ir::TypePtr content) {
  Id& block = blocks_[content];
  if (!block) {
    block = out_.unique_type(spv::Op::OpTypeStruct, {get(content, true)});
    out_.decorate(block, spv::Decoration::Block);
    out_.member_decorate(block, 0, spv::Decoration::Offset, {0});
  }
  return out_.type(spv::Op::OpTypePointer,
                   {static_cast<std::uint32_t>(spv::StorageClass::StorageBuffer), block});
}

Id Types::function(Id result, const std::vector<Id>& params) {
  Words operands{result};
  operands.insert(operands.end(), params.begin(), params.end());
  return out_.type(spv::Op::OpTypeFunction, operands);
}

Id Types::constant_u32(std::uint32_t value) { return integer(Scalar::u32, value); }

Id Types::integer(Scalar kind, std::uint64_t bits) {
  const unsigned width = ir::bit_width(kind);
  if (width == 64) {
    return out_.constant(
        spv::Op::OpConstant, scalar(kind),
        {static_cast<std::uint32_t>(bits), static_cast<std::uint32_t>(bits >> 32)});
  }
  // Narrow literals are sign-extended to a word if the type is signed (2.2.1, Instructions).
  auto word = static_cast<std::uint32_t>(bits);
  if (width < 32) {
    word &= (1u << width) - 1;
    const bool negative = ir::is_signed(kind) && (word >> (width - 1) & 1) != 0;
    if (negative) word |= ~((1u << width) - 1);
  }
  return out_.constant(spv::Op::OpConstant, scalar(kind), {word});
}

Id Types::floating(Scalar kind, double value) {
  if (kind == Scalar::f64) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    return out_.constant(
        spv::Op::OpConstant, scalar(kind),
        {static_cast<std::uint32_t>(bits), static_cast<std::uint32_t>(bits >> 32)});
  }
  if (kind == Scalar::f16) {
    return out_.constant(spv::Op::OpConstant, scalar(kind), {half_bits(value)});
  }
  return out_.constant(spv::Op::OpConstant, scalar(kind),
                       {std::bit_cast<std::uint32_t>(static_cast<float>(value))});
}

Id Types::literal(const ir::Expr& expr) {
  const auto& literal = std::get<ir::Literal>(expr.node);
  return ir::match(
      literal.value,
      [&](bool value) {
        return out_.constant(value ? spv::Op::OpConstantTrue : spv::Op::OpConstantFalse, boolean(),
                             {});
      },
      [&](std::uint64_t bits) { return integer(expr.type->as<ir::ScalarType>()->kind, bits); },
      [&](double value) { return floating(expr.type->as<ir::ScalarType>()->kind, value); });
}

Id Types::null(ir::TypePtr type) { return out_.constant(spv::Op::OpConstantNull, get(type), {}); }

Id Types::initializer(const ir::Expr& expr) {
  if (expr.is<ir::Literal>()) return literal(expr);
  const auto* construct = expr.as<ir::Construct>();
  if (!construct) throw std::logic_error("spirv: a constant's initializer is no constant");
  if (construct->elements.empty()) return null(expr.type);
  Words elements;
  for (const ir::Expr* element : construct->elements)
    elements.push_back(initializer(*element));
  return out_.constant(spv::Op::OpConstantComposite, get(expr.type), elements);
}

} // namespace ring::backends::spirv
