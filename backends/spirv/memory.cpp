// Places in memory, loads and stores.
#include "backends/spirv/function_printer.h"

#include "ir/overloaded.h"

#include <algorithm>
#include <stdexcept>

namespace ring::backends::spirv {
namespace {

using spv::Op;

bool is_composite(ir::TypePtr type) {
  return type->is<ir::StructType>() || type->is<ir::ArrayType>();
}

} // namespace

FunctionPrinter::Place FunctionPrinter::place(const ir::Expr& reference) {
  // From the path's end to its root; the indices come out in reverse.
  std::vector<const ir::Expr*> path;
  const ir::Expr* root = &reference;
  for (;;) {
    if (const auto* index = root->as<ir::Index>()) {
      path.push_back(root);
      root = index->base;
    } else if (const auto* member = root->as<ir::Member>()) {
      path.push_back(root);
      root = member->base;
    } else {
      break;
    }
  }
  Place result;
  Words operands;
  if (const auto* local = root->as<ir::LocalRef>()) {
    result.pointer = locals_.at(local->local);
  } else if (const auto* global = root->as<ir::GlobalRef>()) {
    result.pointer = module_.global(*global->global);
    switch (global->global->space) {
    case ir::AddressSpace::storage:
    case ir::AddressSpace::params:
      result.storage = spv::StorageClass::StorageBuffer;
      result.laid_out = true;
      operands.push_back(types_.constant_u32(0)); // into the Block struct
      break;
    case ir::AddressSpace::workgroup:
      result.storage = spv::StorageClass::Workgroup;
      break;
    default:
      result.storage = spv::StorageClass::Private;
      break;
    }
  } else {
    throw std::logic_error("spirv: a reference should have been resolved");
  }
  std::reverse(path.begin(), path.end());
  for (const ir::Expr* step : path) {
    if (const auto* member = step->as<ir::Member>()) {
      operands.push_back(types_.constant_u32(member->field));
    } else {
      operands.push_back(index(*step->as<ir::Index>()->index));
    }
  }
  result.type = reference.type->pointee_or_self();
  result.align = ir::align_of(result.type);
  if (!operands.empty()) {
    operands.insert(operands.begin(), result.pointer);
    result.pointer = out_.value(
        Op::OpAccessChain, types_.pointer(result.type, result.storage, result.laid_out), operands);
  }
  return result;
}

// OpAccessChain takes indices as signed, so narrow ones are widened as what they are.
Id FunctionPrinter::index(const ir::Expr& expr) {
  const Id id = value(expr);
  const ir::Scalar kind = expr.type->as<ir::ScalarType>()->kind;
  if (ir::bit_width(kind) >= 32) return id;
  return convert_integer(id, kind, ir::is_signed(kind) ? ir::Scalar::i32 : ir::Scalar::u32);
}

// What other threads may see takes part in the memory model's order (Vulkan memory model,
// NonPrivatePointer); the rest is this thread's own.
Words FunctionPrinter::memory_operands(const Place& place) {
  const bool shared = place.storage == spv::StorageClass::StorageBuffer ||
                      place.storage == spv::StorageClass::Workgroup;
  if (!shared) return {};
  return {static_cast<std::uint32_t>(spv::MemoryAccessMask::NonPrivatePointer)};
}

Id FunctionPrinter::load(const Place& place) {
  Words operands{place.pointer};
  const Words access = memory_operands(place);
  operands.insert(operands.end(), access.begin(), access.end());
  const Id loaded = out_.value(Op::OpLoad, types_.get(place.type, place.laid_out), operands);
  return place.laid_out ? change_form(loaded, place.type, false) : loaded;
}

void FunctionPrinter::store(const Place& place, Id stored) {
  if (place.laid_out) stored = change_form(stored, place.type, true);
  Words operands{place.pointer, stored};
  const Words access = memory_operands(place);
  operands.insert(operands.end(), access.begin(), access.end());
  out_.op(Op::OpStore, operands);
}

Id FunctionPrinter::change_form(Id value, ir::TypePtr type, bool to_laid_out) {
  if (!is_composite(type)) return value;
  if (out_.version() >= 0x00010400) {
    return out_.value(Op::OpCopyLogical, types_.get(type, to_laid_out), {value});
  }
  // OpCopyLogical came with 1.4; before it, part by part.
  Words parts;
  const auto part = [&](ir::TypePtr part_type, std::uint32_t index) {
    const Id extracted =
        out_.value(Op::OpCompositeExtract, types_.get(part_type, !to_laid_out), {value, index});
    parts.push_back(change_form(extracted, part_type, to_laid_out));
  };
  if (const auto* array = type->as<ir::ArrayType>()) {
    for (std::uint32_t i = 0; i < array->count; ++i)
      part(array->element, i);
  } else {
    const auto& fields = type->as<ir::StructType>()->decl->fields;
    for (std::uint32_t i = 0; i < fields.size(); ++i)
      part(fields[i].type, i);
  }
  return out_.value(Op::OpCompositeConstruct, types_.get(type, to_laid_out), parts);
}

} // namespace ring::backends::spirv
