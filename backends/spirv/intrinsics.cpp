// Rows of the intrinsic table as instructions.
#include "backends/spirv/function_printer.h"
#include "backends/spirv/opcodes.h"
#include "ir/transform/lower_intrinsics.h"

#include <stdexcept>

namespace ring::backends::spirv {
namespace {

using intrinsics::Category;
using intrinsics::Spelling;
using spv::Op;

std::uint32_t mask(spv::MemorySemanticsMask semantics) {
  return static_cast<std::uint32_t>(semantics);
}

spv::BuiltIn builtin_of(std::string_view name) {
  if (name == "LocalInvocationId") return spv::BuiltIn::LocalInvocationId;
  if (name == "WorkgroupId") return spv::BuiltIn::WorkgroupId;
  if (name == "NumWorkgroups") return spv::BuiltIn::NumWorkgroups;
  if (name == "GlobalInvocationId") return spv::BuiltIn::GlobalInvocationId;
  if (name == "SubgroupLocalInvocationId") return spv::BuiltIn::SubgroupLocalInvocationId;
  if (name == "SubgroupId") return spv::BuiltIn::SubgroupId;
  if (name == "SubgroupSize") return spv::BuiltIn::SubgroupSize;
  throw std::logic_error("spirv: unknown built-in " + std::string(name));
}

bool is_vector(spv::BuiltIn which) {
  return which == spv::BuiltIn::LocalInvocationId || which == spv::BuiltIn::WorkgroupId ||
         which == spv::BuiltIn::NumWorkgroups || which == spv::BuiltIn::GlobalInvocationId;
}

spv::Capability subgroup_capability(intrinsics::Id id) {
  using intrinsics::Id;
  switch (id) {
  case Id::shuffle:
  case Id::shuffle_xor:
  case Id::broadcast:
    return spv::Capability::GroupNonUniformShuffle;
  case Id::shuffle_up:
  case Id::shuffle_down:
    return spv::Capability::GroupNonUniformShuffleRelative;
  case Id::ballot:
    return spv::Capability::GroupNonUniformBallot;
  case Id::all:
  case Id::any:
    return spv::Capability::GroupNonUniformVote;
  case Id::elect:
    return spv::Capability::GroupNonUniform;
  default:
    return spv::Capability::GroupNonUniformArithmetic;
  }
}

} // namespace

Id ModuleState::builtin(spv::BuiltIn which) {
  Id& variable = builtins[which];
  if (variable) return variable;
  const bool vector = is_vector(which);
  if (!vector) out.capability(spv::Capability::GroupNonUniform);
  const Id type = vector ? types.vector(ir::Scalar::u32, 3) : types.u32();
  const Id pointer =
      out.type(Op::OpTypePointer, {static_cast<std::uint32_t>(spv::StorageClass::Input), type});
  variable = out.global_variable(pointer, spv::StorageClass::Input);
  out.decorate(variable, spv::Decoration::BuiltIn, {static_cast<std::uint32_t>(which)});
  return variable;
}

Id FunctionPrinter::scope(ir::MemoryScope scope) {
  spv::Scope result = spv::Scope::QueueFamily;
  switch (scope) {
  case ir::MemoryScope::thread:
    result = spv::Scope::Invocation;
    break;
  case ir::MemoryScope::warp:
    result = spv::Scope::Subgroup;
    break;
  case ir::MemoryScope::block:
    result = spv::Scope::Workgroup;
    break;
  // The memory model's Device scope needs a feature of its own; one queue family is what a dispatch
  // and the host's transfers use.
  case ir::MemoryScope::device:
  case ir::MemoryScope::system:
    break;
  }
  return types_.constant_u32(static_cast<std::uint32_t>(result));
}

// Atomics order storage and workgroup memory alike, as C++'s single memory does. SPIR-V has no
// sequential consistency in the Vulkan model; acquire-release is the strongest.
Id FunctionPrinter::semantics(ir::MemoryOrder order, bool is_load, bool is_store) {
  using M = spv::MemorySemanticsMask;
  const bool acquires = order == ir::MemoryOrder::acquire || order == ir::MemoryOrder::acq_rel ||
                        order == ir::MemoryOrder::seq_cst;
  const bool releases = order == ir::MemoryOrder::release || order == ir::MemoryOrder::acq_rel ||
                        order == ir::MemoryOrder::seq_cst;
  std::uint32_t bits = 0;
  const bool acquire = acquires && !is_store;
  const bool release = releases && !is_load;
  if (acquire && release) {
    bits = mask(M::AcquireRelease);
  } else if (acquire) {
    bits = mask(M::Acquire);
  } else if (release) {
    bits = mask(M::Release);
  }
  if (bits) {
    bits |= mask(M::UniformMemory) | mask(M::WorkgroupMemory);
    if (acquire) bits |= mask(M::MakeVisible);
    if (release) bits |= mask(M::MakeAvailable);
  }
  return types_.constant_u32(bits);
}

void FunctionPrinter::barrier(const ir::Intrinsic&, bool warp) {
  const auto level = warp ? ir::MemoryScope::warp : ir::MemoryScope::block;
  if (warp) out_.capability(spv::Capability::GroupNonUniform);
  const Id order = semantics(ir::MemoryOrder::acq_rel, false, false);
  out_.op(Op::OpControlBarrier, {scope(level), scope(level), order});
}

Id FunctionPrinter::id_query(const ir::Intrinsic& e) {
  const Spelling spelling = intrinsics::find(e.id).spelling(
      intrinsics::Target::spirv, {intrinsics::Kind::unsigned_integer, 32});
  const spv::BuiltIn which = builtin_of(spelling.text);
  const Id variable = module_.builtin(which);
  if (!is_vector(which)) return out_.value(Op::OpLoad, types_.u32(), {variable});
  const Id vector = out_.value(Op::OpLoad, types_.vector(ir::Scalar::u32, 3), {variable});
  const auto axis =
      static_cast<std::uint32_t>(std::get<std::uint64_t>(e.operands[0]->as<ir::Literal>()->value));
  return out_.value(Op::OpCompositeExtract, types_.u32(), {vector, axis});
}

Id FunctionPrinter::atomic(const ir::Expr& expr, const ir::Intrinsic& e, Op op) {
  const Place target = place(*e.operands[0]);
  if (ir::size_of(target.type) == 8) out_.capability(spv::Capability::Int64Atomics);
  const bool is_load = op == Op::OpAtomicLoad;
  const bool is_store = op == Op::OpAtomicStore;
  Words operands{target.pointer, scope(e.scope), semantics(e.order, is_load, is_store)};
  if (op == Op::OpAtomicCompareExchange) {
    // The order when the values differ: the same without its release half. IR order: expected,
    // desired; SPIR-V's: desired, expected.
    operands.push_back(semantics(e.order, true, false));
    operands.push_back(value(*e.operands[2]));
    operands.push_back(value(*e.operands[1]));
  } else {
    for (std::size_t i = 1; i < e.operands.size(); ++i)
      operands.push_back(value(*e.operands[i]));
  }
  if (is_store) {
    out_.op(op, operands);
    return 0;
  }
  return out_.value(op, types_.get(expr.type), operands);
}

Id FunctionPrinter::warp(const ir::Expr& expr, const ir::Intrinsic& e, Op op, int member) {
  out_.capability(subgroup_capability(e.id));
  Words operands{scope(ir::MemoryScope::warp)};
  const bool reduces = intrinsics::find(e.id).name.starts_with("reduce");
  if (reduces) operands.push_back(static_cast<std::uint32_t>(spv::GroupOperation::Reduce));
  for (const ir::Expr* operand : e.operands)
    operands.push_back(value(*operand));
  if (member < 0) return out_.value(op, types_.get(expr.type), operands);
  const Id words = out_.value(op, types_.vector(ir::Scalar::u32, 4), operands);
  return out_.value(Op::OpCompositeExtract, types_.u32(),
                    {words, static_cast<std::uint32_t>(member)});
}

Id FunctionPrinter::intrinsic(const ir::Expr& expr, const ir::Intrinsic& e) {
  const intrinsics::Row& row = intrinsics::find(e.id);
  if (row.category == Category::id) return id_query(e);
  if (row.category == Category::barrier) {
    barrier(e, row.uniformity == intrinsics::Uniformity::warp);
    return 0;
  }
  const Spelling spelling = row.spelling(intrinsics::Target::spirv, ir::transform::spelling_type(e),
                                         module_.options.fp == FloatMode::fast);
  if (row.category == Category::fence) {
    out_.op(Op::OpMemoryBarrier, {scope(e.scope), semantics(e.order, false, false)});
    return 0;
  }
  if (row.category == Category::wait) return 0; // Vulkan has nothing to wait with
  if (spelling.form == Spelling::Form::extended) {
    Words operands{out_.glsl_std_450(), find_glsl_std_450(spelling.text)};
    for (const ir::Expr* operand : e.operands)
      operands.push_back(value(*operand));
    return out_.value(Op::OpExtInst, types_.get(expr.type), operands);
  }
  if (spelling.form != Spelling::Form::instruction) {
    throw std::logic_error("spirv: intrinsic " + std::string(row.name) +
                           " should have been lowered");
  }
  const Op op = find_opcode(spelling.text);
  if (row.category == Category::atomic) return atomic(expr, e, op);
  if (row.category == Category::warp) return warp(expr, e, op, spelling.member);
  Words operands;
  for (const ir::Expr* operand : e.operands)
    operands.push_back(value(*operand));
  if (spelling.member < 0) return out_.value(op, types_.get(expr.type), operands);
  const Id type = types_.get(expr.type);
  const Id pair = out_.value(op, out_.type(Op::OpTypeStruct, {type, type}), operands);
  return out_.value(Op::OpCompositeExtract, type,
                    {pair, static_cast<std::uint32_t>(spelling.member)});
}

} // namespace ring::backends::spirv
