#include "engine.h"

#include <ring/host.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <string_view>
#include <thread>

namespace cuda_shim {
namespace {

namespace host = ring::host::detail;

Index index_of(const auto& id) { return {id.x, id.y, id.z}; }

bool fail(char* error, std::size_t size, const char* text) {
  std::snprintf(error, size, "%s", text);
  return false;
}

} // namespace

Index thread_index() { return index_of(host::position().thread); }
Index block_index() { return index_of(host::position().block); }
Index block_size() { return index_of(host::position().block_dim); }
Index grid_size() { return index_of(host::position().grid_dim); }
unsigned lane() { return host::position().lane; }

void barrier() { host::block_barrier(); }
void trap() { throw std::runtime_error("a thread ran into __trap()"); }

std::uint64_t warp(WarpOp op, std::uint64_t value, unsigned source) {
  switch (op) {
  case WarpOp::barrier:
    return host::warp_operation(host::WarpOp::barrier, host::Kind::u32, 0, 0);
  case WarpOp::shuffle:
    return host::warp_operation(host::WarpOp::shuffle, host::Kind::u64, value, source);
  case WarpOp::ballot:
    return host::warp_operation(host::WarpOp::ballot, host::Kind::u32, value, 0);
  }
  return 0;
}

void sleep(unsigned nanoseconds) {
  constexpr unsigned kYields = 512; // shorter than a switch of threads
  if (nanoseconds < kYields) return std::this_thread::yield();
  std::this_thread::sleep_for(std::chrono::nanoseconds(64) * nanoseconds);
}

const Kernel* find(const Kernel* kernels, std::size_t count, const char* name) {
  const Kernel* const kernel = std::find_if(
      kernels, kernels + count, [&](const Kernel& k) { return std::string_view(k.name) == name; });
  return kernel == kernels + count ? nullptr : kernel;
}

bool launch(const Kernel* kernel, const unsigned grid[3], const unsigned block[3], void** args,
            unsigned os_threads, char* error, std::size_t error_size) {
  if (!kernel) return fail(error, error_size, "the .cu file has no such kernel");
  try {
    ring::host::launch({grid[0], grid[1], grid[2]}, {block[0], block[1], block[2]},
                       [&] { kernel->call(args); }, {.warp_size = 32, .os_threads = os_threads});
    return true;
  } catch (const std::exception& e) {
    return fail(error, error_size, e.what());
  }
}

} // namespace cuda_shim
