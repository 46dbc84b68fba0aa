#include <atomic>
#include <mutex>
#include <thread>

#include "block_runner.h"

namespace ring::host::detail {
namespace {

void check(Dim3 grid, Dim3 block, const LaunchOptions& options) {
  if (options.warp_size == 0 || options.warp_size > kMaxWarpSize)
    throw LaunchError("the warp size must be between 1 and 32");
  if (options.os_threads == 0) throw LaunchError("a launch needs at least one OS thread");
  if (block.x == 0 || block.y == 0 || block.z == 0)
    throw LaunchError("a block must have at least one thread");
  // What the devices allow at most; it also bounds the memory for stacks.
  if (std::uint64_t{block.x} * block.y * block.z > 1024)
    throw LaunchError("a block has at most 1024 threads");
  if (grid.x != 0 && grid.y != 0 && grid.z > UINT64_MAX / grid.x / grid.y)
    throw LaunchError("the grid has too many blocks");
}

} // namespace

void launch(Dim3 grid, Dim3 block, const LaunchOptions& options, void (*body)(void*),
            void* context) {
  check(grid, block, options);
  const std::uint64_t count = std::uint64_t{grid.x} * grid.y * grid.z;
  std::atomic<std::uint64_t> next{0};
  std::mutex mutex;
  std::exception_ptr error;

  const auto work = [&] {
    BlockRunner runner(grid, block, options, body, context);
    set_runner(&runner);
    try {
      for (std::uint64_t i; (i = next.fetch_add(1, std::memory_order_relaxed)) < count;)
        runner.run({static_cast<std::uint32_t>(i % grid.x),
                    static_cast<std::uint32_t>(i / grid.x % grid.y),
                    static_cast<std::uint32_t>(i / grid.x / grid.y)});
    } catch (...) {
      next.store(count, std::memory_order_relaxed);
      const std::scoped_lock lock(mutex);
      if (!error) error = std::current_exception();
    }
    set_runner(nullptr);
  };

  if (options.os_threads == 1) {
    work();
  } else {
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < options.os_threads; ++i)
      threads.emplace_back(work);
  }
  if (error) std::rethrow_exception(error);
}

} // namespace ring::host::detail
