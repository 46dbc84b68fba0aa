// Compiles a module as the CUDA runtime does where no nvcc was at hand: compile_nvrtc
// NAME.ring.json
//
// Exits with 77, which ctest takes as a skip, where there is no NVRTC.
#include "cuda/nvrtc.h"

#include <ring/loaded_module.h>

#include <cstdio>
#include <cstdlib>
#include <utility>

int main(int argc, char** argv) {
  if (argc != 2) return std::fputs("usage: compile_nvrtc NAME.ring.json\n", stderr), 2;
  const ring::Result<ring::LoadedModule> module = ring::LoadedModule::try_from_files(argv[1]);
  if (!module) return std::fprintf(stderr, "%s\n", module.error().what()), 1;
  for (const auto& [major, minor] : {std::pair(7, 5), std::pair(9, 0), std::pair(10, 0)}) {
    const auto code = ring::runtime::cuda::compile_with_nvrtc(module->image(), major, minor);
    if (code) continue;
    std::fprintf(stderr, "sm_%d%d: %s\n", major, minor, code.error().what());
    return 1;
  }
  return 0;
}
