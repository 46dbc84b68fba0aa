// Launches an actor, greets it three times and reads its answers.
//
//   hello_actor [cpu|vulkan|cuda]
#include <ring/runtime.h>

#include "hello_actor.ring.h"

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
  ring::Runtime rt = ring::Runtime::create({.backend = backend});
  auto doorman = rt.launch(hello_actor::Doorman); // it runs from here on, without further launches

  for (std::uint32_t guest : {7, 11, 13}) {
    doorman.send(Greeting{guest});
    const Welcome welcome = doorman.receive<Welcome>(10s);
    std::printf("welcome %u, you are guest number %u\n", welcome.to, welcome.guests);
    if (welcome.to != guest) return 1;
  }
  const Welcome last = doorman.call<Welcome>(Greeting{17}).get(10s);
  std::printf("hello_actor: %u guests on %s\n", last.guests, rt.device().name.c_str());
  return last.guests == 4 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
  try {
    return run(backend_of(argc > 1 ? argv[1] : "cpu"));
  } catch (const ring::Error& error) {
    std::fprintf(stderr, "hello_actor: %s\n", error.what());
    return 1;
  }
}
