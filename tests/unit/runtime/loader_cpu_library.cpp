// What a NAME.cpu.cpp defines, as a shared library for loader_test.cpp.
#include <ring/abi/cpu_block.h>
#include <ring/abi/span_view.h>

extern "C" void loaded_fill_cpu(const ring::abi::CpuBlock* block, void* const* args) {
  const auto& out = *static_cast<const ring::abi::SpanView*>(args[0]);
  const std::uint32_t i = block->block_id[0];
  if (i < out.size)
    reinterpret_cast<std::uint32_t*>(out.data)[i] = *static_cast<const std::uint32_t*>(args[1]);
}
