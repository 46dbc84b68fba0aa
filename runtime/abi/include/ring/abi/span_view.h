// A span as kernels on the CPU and on CUDA receive it: `ring::span<T>` without its type. Vulkan and
// WGSL have no pointers: there a span is a storage buffer and a u32 count in the params block.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ring::abi {

//  byte  0              8              16
//        ├ data ────────┼ size ────────┤
struct SpanView {
  std::uint64_t data; // address on the device
  std::uint64_t size; // elements
};
static_assert(sizeof(SpanView) == 16 && alignof(SpanView) == 8);
static_assert(offsetof(SpanView, data) == 0 && offsetof(SpanView, size) == 8);
static_assert(std::is_trivially_copyable_v<SpanView>);
// The host casts between addresses and words; ringcc supports 64-bit hosts only.
static_assert(sizeof(void*) == sizeof(std::uint64_t));

} // namespace ring::abi
