// Lets two actors play a thousand rallies, from device memory to device memory.
//
//   ping_pong [cpu|vulkan|cuda]
#include <ring/runtime.h>

#include "ping_pong.ring.h"

#include <chrono>
#include <cstdio>
#include <string_view>

namespace {

using namespace std::chrono_literals;

ring::Backend backend_of(std::string_view name) {
  if (name == "vulkan") return ring::Backend::vulkan;
  if (name == "cuda") return ring::Backend::cuda;
  return ring::Backend::cpu;
}

int run(ring::Backend backend) {
  constexpr std::uint32_t kRallies = 1000;
  ring::Runtime rt = ring::Runtime::create({.backend = backend});
  // They name each other, so they are launched as one group. "host" is this program.
  auto [ping, pong] = rt.launch_group(
      ring::Launch{ping_pong::Ping, {.routes = {{"other", "pong"}, {"out", "host"}}}},
      ring::Launch{ping_pong::Pong});

  const auto start = std::chrono::steady_clock::now();
  ping.send(Serve{kRallies});
  const GameOver over = ping.receive<GameOver>(30s);
  const std::chrono::duration<double, std::micro> time = std::chrono::steady_clock::now() - start;
  std::printf("ping_pong: %u hits on %s, %.2f us a rally\n", over.hits, rt.device().name.c_str(),
              time.count() / kRallies);
  return over.hits == kRallies ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
  try {
    return run(backend_of(argc > 1 ? argv[1] : "cpu"));
  } catch (const ring::Error& error) {
    std::fprintf(stderr, "ping_pong: %s\n", error.what());
    return 1;
  }
}
