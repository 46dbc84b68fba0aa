// Where the parameters of a kernel go on targets that bind buffers: span k is the storage buffer at
// binding k; all else, and the number of elements of each span, lies in the params block.
//
//   ParamsLayout layout = params_layout(kernel); // before lower-params takes the parameters away
//
//   params of f(span x, u64 a, u8 b):   0 u32 size of x · 8 u64 a · 16 u8 b · 17..19 pad
#pragma once

#include "ir/module.h"

#include <cstdint>
#include <vector>

namespace ring::ir::analysis {

struct ParamsLayout {
  struct Param {
    const Local* local = nullptr;
    std::uint64_t offset = 0; // bytes from the start of the params block
    std::uint64_t size = 0;   // bytes there: 4 for a span, whose u32 count it is

    // Spans only.
    bool is_span = false;
    std::uint32_t binding = 0;
    Access access = Access::read;
    TypePtr element = nullptr;
    std::uint64_t element_size = 0; // bytes
  };

  std::vector<Param> params; // in the order of declaration
  std::uint64_t size = 0;    // bytes of the params block, a multiple of 4; 0: there is none
  std::uint64_t align = 4;   // bytes
  std::uint32_t binding = 0; // of the params block: the number of spans

  bool has_block() const { return size != 0; }
};

ParamsLayout params_layout(const Function& kernel);

} // namespace ring::ir::analysis
