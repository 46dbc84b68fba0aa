// What a CPU kernel is called with. The CPU backend prints, for each kernel of a module,
//
//   extern "C" void <module>_<kernel>_cpu(const ring::abi::CpuBlock* block, void* const* args);
//
// which runs one block. args[i] points to parameter i: the value itself, or a SpanView.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ring::abi {

//  byte  0         4         8         12        16        20        24
//        ├ block_id.x, y, z ───────────┼ grid_dim.x, y, z ───────────┤
struct CpuBlock {
  std::uint32_t block_id[3];
  std::uint32_t grid_dim[3]; // in blocks
};
static_assert(sizeof(CpuBlock) == 24 && alignof(CpuBlock) == 4);
static_assert(offsetof(CpuBlock, grid_dim) == 12);
static_assert(std::is_trivially_copyable_v<CpuBlock>);

using CpuEntry = void (*)(const CpuBlock* block, void* const* args);

} // namespace ring::abi
