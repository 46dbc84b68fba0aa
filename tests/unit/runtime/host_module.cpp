#include "test_module.h"

#include <ring/abi/span_view.h>
#include <ring/abi/trap_record.h>

#include <chrono>
#include <cstring>
#include <stdexcept>
#include <thread>

namespace ring::test::host_module {
namespace {

template <class T> T* elements(void* arg) {
  return reinterpret_cast<T*>(static_cast<abi::SpanView*>(arg)->data);
}
std::uint64_t count(void* arg) { return static_cast<abi::SpanView*>(arg)->size; }

extern "C" void ring_test_saxpy_cpu(const abi::CpuBlock* block, void* const* args) {
  const float* x = elements<const float>(args[0]);
  float* y = elements<float>(args[1]);
  const float a = *static_cast<const float*>(args[2]);
  for (std::uint32_t t = 0; t < 64; ++t) {
    const std::uint64_t i = block->block_id[0] * std::uint64_t{64} + t;
    if (i < count(args[1])) y[i] = a * x[i] + y[i];
  }
}

/// Block (bx, by, bz) stores its number, and thread 0 of it only, at its place in the grid.
extern "C" void ring_test_ids_cpu(const abi::CpuBlock* block, void* const* args) {
  const auto [bx, by, bz] = block->block_id;
  const auto [gx, gy, gz] = block->grid_dim;
  elements<std::uint32_t>(args[0])[(bz * gy + by) * gx + bx] = bx + 100 * by + 10000 * bz + gz * 0;
}

extern "C" void ring_test_values_cpu(const abi::CpuBlock*, void* const* args) {
  auto* out = elements<std::uint32_t>(args[0]);
  const auto& pair = *static_cast<const Pair*>(args[1]);
  out[0] = pair.small;
  out[1] = pair.big;
  out[2] = static_cast<std::uint32_t>(*static_cast<const std::int16_t*>(args[2]));
  out[3] = *static_cast<const bool*>(args[3]);
  out[4] = static_cast<std::uint32_t>(count(args[0]));
}

void throwing_cpu(const abi::CpuBlock*, void* const*) { throw std::runtime_error("it went wrong"); }

void slow_cpu(const abi::CpuBlock*, void* const*) {
  std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

void trapping_cpu(const abi::CpuBlock* block, void* const* args) {
  if (block->block_id[0] != 3) return;
  abi::TrapRecord record{};
  record.state = abi::TrapState::written;
  record.line = 42;
  record.index[0] = 7;
  record.index[1] = 1; // 2^32 + 7
  record.size[0] = static_cast<std::uint32_t>(count(args[0]));
  if (count(args[1]) == abi::kTrapWords)
    std::memcpy(elements<std::uint32_t>(args[1]), &record, sizeof record);
}

constexpr ParamImage kSaxpyParams[] = {{"x", ParamKind::span, SpanAccess::read, 4, 4, 0},
                                       {"y", ParamKind::span, SpanAccess::read_write, 4, 4, 4},
                                       {"a", ParamKind::scalar, SpanAccess::none, 4, 4, 8}};
constexpr ParamImage kIdsParams[] = {{"out", ParamKind::span, SpanAccess::read_write, 4, 4, 0}};
constexpr ParamImage kValuesParams[] = {
    {"out", ParamKind::span, SpanAccess::read_write, 4, 4, 0},
    {"pair", ParamKind::structure, SpanAccess::none, sizeof(Pair), alignof(Pair), 4},
    {"narrow", ParamKind::scalar, SpanAccess::none, 2, 2, 12},
    {"flag", ParamKind::scalar, SpanAccess::none, 1, 1, 14}};
constexpr ParamImage kTrappingParams[] = {
    {"in", ParamKind::span, SpanAccess::read, 4, 4, 0},
    {"ring_trap", ParamKind::span, SpanAccess::read_write, 4, 4, 4}};

const KernelImage kKernels[] = {
    {"saxpy", {64, 1, 1}, kSaxpyParams, 12, 0, false, {Target::cpu}, {}, {}, ring_test_saxpy_cpu},
    {"ids", {2, 3, 2}, kIdsParams, 4, 0, false, {Target::cpu}, {}, {}, ring_test_ids_cpu},
    {"values", {1, 1, 1}, kValuesParams, 16, 0, false, {Target::cpu}, {}, {}, ring_test_values_cpu},
    {"throwing", {1, 1, 1}, {}, 0, 0, false, {Target::cpu}, {}, {}, throwing_cpu},
    {"slow", {1, 1, 1}, {}, 0, 0, false, {Target::cpu}, {}, {}, slow_cpu},
    {"missing", {1, 1, 1}, {}, 0, 0, false, {}, {}, {"it needs the moon"}, nullptr},
    {"trapping", {1, 1, 1}, kTrappingParams, 8, 0, true, {Target::cpu}, {}, {}, trapping_cpu},
};

} // namespace

const ModuleImage module{"host_module", "dir/host_module.cpp", kKernels, {}, {}, {}, {}, {}};
const Kernel<span<const float>, span<float>, float> saxpy{&module, &kKernels[0]};
const Kernel<span<std::uint32_t>> ids{&module, &kKernels[1]};
const Kernel<span<std::uint32_t>, Pair, std::int16_t, bool> values{&module, &kKernels[2]};
const Kernel<> throwing{&module, &kKernels[3]};
const Kernel<> slow{&module, &kKernels[4]};
const Kernel<> missing{&module, &kKernels[5]};
const Kernel<span<const std::uint32_t>> trapping{&module, &kKernels[6]};

} // namespace ring::test::host_module
