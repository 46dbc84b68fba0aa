// The code that the imaginary GPU has: kernels written by hand, by name, in the image "FAKE", and
// those of NAME.shim.so (tests/exec/executors/cuda_shim) in an image that begins with "SHIM" and
// goes on with the library's path.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>

namespace fake_cuda {

struct Grid {
  unsigned blocks[3];
  unsigned threads[3];
};

struct Function {
  std::string name;
  std::span<const std::size_t> param_sizes;
  int local_bytes = 0;
  int blocks_per_multiprocessor = 2;
  /// Returns when all blocks have ended, each of which has a thread of its own: 0 or a CUresult.
  std::function<int(const Grid& grid, void** args)> run;
};

class Module {
public:
  virtual ~Module() = default;
  /// Null if it has no such kernel. Lives as long as the module.
  virtual const Function* find(const char* name) = 0;
};

/// Null if the image is of neither kind.
std::unique_ptr<Module> load_image(const void* image);

} // namespace fake_cuda
