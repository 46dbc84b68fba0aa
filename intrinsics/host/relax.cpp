// ring::relax on the host: the same steps as the relax of backends/cpu/prelude.h.
#include <algorithm>
#include <chrono>
#include <thread>

#include "ring/kernel.h"

namespace ring {
namespace {

constexpr std::uint32_t kPauses = 64;    // turns: less than a switch of threads costs
constexpr std::uint32_t kYields = 1024;  // turns
constexpr std::uint32_t kLongestUs = 50; // a sleep

void pause() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

} // namespace

void relax(std::uint32_t turns) {
  if (turns < kPauses) return pause();
  if (turns < kYields) return std::this_thread::yield();
  std::this_thread::sleep_for(std::chrono::microseconds(std::min(turns - kYields, kLongestUs)));
}

} // namespace ring
