#include "backends/cuda/dialect.h"

#include "backends/common/c_printer.h"
#include "backends/common/c_reserved.h"
#include "backends/cuda/atomic_access.h"

#include <cassert>

namespace ring::backends::cuda {
namespace {

using namespace ir;
using intrinsics::Id;

/// What nvcc declares without an include, beside what the intrinsic table mentions.
constexpr std::string_view kCudaWords[] = {
    "threadIdx",  "blockIdx",   "blockDim",   "gridDim",      "warpSize",     "dim3",
    "uint3",      "int2",       "int3",       "int4",         "uint2",        "uint4",
    "float2",     "float3",     "float4",     "double2",      "char4",        "uchar4",
    "half",       "atomicAdd",  "atomicSub",  "atomicExch",   "atomicMin",    "atomicMax",
    "atomicInc",  "atomicDec",  "atomicCAS",  "atomicAnd",    "atomicOr",     "atomicXor",
    "min",        "max",        "fminf",      "fmaxf",        "rsqrt",        "rsqrtf",
    "norm3df",    "normf",      "sinpi",      "sinpif",       "cospi",        "cospif",
    "erfinv",     "erfcinv",    "saturate",   "clock64",      "assert",       "trap",
    "umin",       "umax",       "mul24",      "umul24",       "float_as_int", "int_as_float",
    "fdividef",   "fdivide",    "sad",        "usad",         "cudaStream_t", "cudaError_t",
    "__device__", "__global__", "__shared__", "__constant__", "__host__"};

/// What the prelude declares, beside what the intrinsic table mentions.
constexpr std::string_view kPreludeWords[] = {
    "atomic_load",         "atomic_store",         "load_acquire", "store_release",
    "load_acquire_system", "store_release_system", "lane_id",      "warp_id",
    "thread_index",        "warp_lanes",           "warp_reduce"};

std::string_view axis_of(const Intrinsic& node) {
  constexpr std::string_view kAxes[] = {"x", "y", "z"};
  return kAxes[std::get<std::uint64_t>(node.operands[0]->as<Literal>()->value)];
}

std::string fence(MemoryScope scope) {
  switch (scope) {
  case MemoryScope::thread:
    return "";
  case MemoryScope::warp:
  case MemoryScope::block:
    return "__threadfence_block();";
  case MemoryScope::device:
    return "__threadfence();";
  case MemoryScope::system:
    return "__threadfence_system();";
  }
  return "";
}

bool is_atomic(const Intrinsic& node) {
  return intrinsics::find(node.id).category == intrinsics::Category::atomic;
}

std::vector<std::string> fence_lines(const Intrinsic& node, bool wanted) {
  const std::string line = fence(node.scope);
  if (!wanted || !is_atomic(node) || line.empty() || is_ordered_access(node)) return {};
  return {line};
}

} // namespace

std::span<const std::string_view> CudaDialect::reserved_words() const {
  static const std::vector<std::string_view> kWords = [] {
    std::vector<std::string_view> words = c_reserved_words();
    words.insert(words.end(), std::begin(kCudaWords), std::end(kCudaWords));
    words.insert(words.end(), std::begin(kPreludeWords), std::end(kPreludeWords));
    return words;
  }();
  return kWords;
}

std::string_view CudaDialect::specifier(AddressSpace space, bool) const {
  return space == AddressSpace::workgroup ? "__shared__ " : "static __constant__ ";
}

CText CudaDialect::intrinsic(CPrinter& printer, const Expr&, const Intrinsic& node) {
  const auto operand = [&](std::size_t i) { return printer.expr(*node.operands[i]).text; };
  const auto object = [&] { return printer.address_of(*node.operands[0]).text; };
  const auto call = [](std::string text) { return CText{std::move(text), Precedence::postfix}; };
  const auto scoped = [&](std::string_view function) {
    return std::string(function) + std::string(scope_suffix(node.scope)) + "(";
  };
  switch (node.id) {
  case Id::thread_id:
    return call("threadIdx." + std::string(axis_of(node)));
  case Id::block_id:
    return call("blockIdx." + std::string(axis_of(node)));
  case Id::block_dim:
    return call("blockDim." + std::string(axis_of(node)));
  case Id::grid_dim:
    return call("gridDim." + std::string(axis_of(node)));
  case Id::global_id: {
    const std::string axis(axis_of(node));
    return {"blockIdx." + axis + " * blockDim." + axis + " + threadIdx." + axis,
            Precedence::additive};
  }
  case Id::lane_id:
    return call("lane_id()");
  case Id::warp_id:
    return call("warp_id()");
  case Id::warp_size:
    return {"32u"};
  case Id::atomic_load:
    return call(access_function(node) + "(" + object() + ")");
  case Id::atomic_store:
    return call(access_function(node) + "(" + object() + ", " + operand(1) + ")");
  case Id::atomic_exchange:
    return call(scoped("atomicExch") + object() + ", " + operand(1) + ")");
  case Id::atomic_cas:
    return call(scoped("atomicCAS") + object() + ", " + operand(1) + ", " + operand(2) + ")");
  default:
    break;
  }
  assert(false && "an intrinsic that legalize() should have lowered");
  return {};
}

CText CudaDialect::bitcast(CPrinter& printer, TypePtr to, const Expr& operand) {
  const auto kind_of = [](TypePtr type) { return type->as<ScalarType>()->kind; };
  const Scalar from = kind_of(operand.type);
  const std::string text = printer.expr(operand).text;
  const auto call = [](std::string t) { return CText{std::move(t), Precedence::postfix}; };
  switch (kind_of(to)) {
  case Scalar::f32:
    return call((from == Scalar::u32 ? "__uint_as_float(" : "__int_as_float(") + text + ")");
  case Scalar::f64:
    return call(from == Scalar::u64 ? "__longlong_as_double(i64(" + text + "))"
                                    : "__longlong_as_double(" + text + ")");
  case Scalar::u32:
    return call("__float_as_uint(" + text + ")");
  case Scalar::i32:
    return call("__float_as_int(" + text + ")");
  case Scalar::u64:
    return call("u64(__double_as_longlong(" + text + "))");
  default:
    return call("__double_as_longlong(" + text + ")");
  }
}

// CUDA's atomics are relaxed. But for ordered loads and stores, a release is a fence before one, an
// acquire a fence after it.
std::vector<std::string> CudaDialect::before(const Intrinsic& node) const {
  return fence_lines(node, node.order == MemoryOrder::release ||
                               node.order == MemoryOrder::acq_rel ||
                               node.order == MemoryOrder::seq_cst);
}

std::vector<std::string> CudaDialect::after(const Intrinsic& node) const {
  return fence_lines(node, node.order == MemoryOrder::acquire ||
                               node.order == MemoryOrder::acq_rel ||
                               node.order == MemoryOrder::seq_cst);
}

void CudaDialect::for_each(CPrinter&, const ForEach&) {
  assert(false && "CUDA runs threads by itself");
}

} // namespace ring::backends::cuda
