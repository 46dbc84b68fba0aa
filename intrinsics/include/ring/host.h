// Runs kernels on the host, as written, to test them and to compare devices with: the oracle.
//
//   std::vector<float> x(1000, 1.0f);
//   ring::host::launch({4}, {256}, [&] { scale(x, 2.0f); });
//
// A block's threads are fibres of one OS thread, so barriers, shuffles and votes do exactly what
// their description says, and a barrier that some threads never reach is an error instead of a
// hang. Link with the target ring_host.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <type_traits>

#include "ring/kernel.h"

namespace ring::host {

struct LaunchOptions {
  std::uint32_t warp_size = 32;        // 1 to 32
  unsigned os_threads = 1;             // blocks are shared out among them
  std::size_t stack_size = 256 * 1024; // bytes a thread
};

/// A barrier that cannot complete, or a launch that makes no sense. The message names the threads.
struct LaunchError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

namespace detail {
void launch(Dim3 grid, Dim3 block, const LaunchOptions& options, void (*body)(void*),
            void* context);
}

/// Calls `body` once for each thread of each block. What the body throws is thrown here.
template <typename Body>
void launch(Dim3 grid, Dim3 block, Body&& body, const LaunchOptions& options = {}) {
  using Plain = std::remove_reference_t<Body>;
  detail::launch(
      grid, block, options, [](void* context) { (*static_cast<Plain*>(context))(); },
      const_cast<void*>(static_cast<const void*>(&body)));
}

} // namespace ring::host
