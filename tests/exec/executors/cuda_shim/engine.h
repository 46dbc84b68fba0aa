// What cuda_shim.h asks of the grid that runs: where a thread stands, barriers, exchanges within a
// warp. The threads are the fibres of ring_host, the runner of the oracle, with warps of 32.
// Nothing of ring:: is declared here, because generated CUDA code declares names of its own.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cuda_shim {

struct Index {
  unsigned x, y, z;
};

Index thread_index();
Index block_index();
Index block_size();
Index grid_size();
unsigned lane();

void barrier();
/// Throws: a trap ends the launch with an error.
[[noreturn]] void trap();

enum class WarpOp { barrier, shuffle, ballot };
/// Waits for the other lanes; for shuffle the value that lane `source` gave, for ballot the lanes
/// that gave non-zero.
std::uint64_t warp(WarpOp op, std::uint64_t value, unsigned source);

/// Lets other threads go on; longer than on a device, since there are fewer processors.
void sleep(unsigned nanoseconds);

/// A kernel as a library made of a .cu file exports it: unpacks `args` as cuLaunchKernel takes
/// them.
struct Kernel {
  const char* name;
  void (*call)(void** args);
  const std::size_t* param_sizes;
  std::size_t param_count;
};

/// The kernel of that name, or null.
const Kernel* find(const Kernel* kernels, std::size_t count, const char* name);

/// Runs a grid, its blocks shared out among so many OS threads: with one for each block all are
/// resident at once. Returns false and writes to `error` if there is no such kernel, a barrier can
/// never complete or a thread traps.
bool launch(const Kernel* kernel, const unsigned grid[3], const unsigned block[3], void** args,
            unsigned os_threads, char* error, std::size_t error_size);

} // namespace cuda_shim

/// The symbols of every library, cuda_shim_find and cuda_shim_launch: cuda_shim::find among its own
/// kernels, and cuda_shim::launch.
using CudaShimFind = const cuda_shim::Kernel* (*)(const char* name);
using CudaShimLaunch = bool (*)(const cuda_shim::Kernel* kernel, const unsigned grid[3],
                                const unsigned block[3], void** args, unsigned os_threads,
                                char* error, std::size_t error_size);
