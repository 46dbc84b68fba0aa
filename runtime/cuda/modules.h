// The modules and functions that were loaded, at the first run of each.
#pragma once

#include "cuda/context.h"
#include "cuda/persistent.h"

#include <ring/module_image.h>

#include <map>
#include <string>
#include <tuple>
#include <utility>

namespace ring::runtime::cuda {

struct Function {
  CUfunction handle = nullptr;
  int local_bytes = 0; // of each thread
};

/// The context is current whenever a member is called. Loading code may wait until the device is
/// idle (CUDA C++ Programming Guide, "Lazy Loading"), so persistent kernels pause for it.
class Modules {
public:
  Modules(const Context& context, PersistentKernels& kernels)
      : context_(context), kernels_(kernels) {}
  ~Modules();
  Modules(const Modules&) = delete;
  Modules& operator=(const Modules&) = delete;

  Result<Function> get(const ModuleImage& module, const KernelImage& kernel);

private:
  using ModuleKey = std::pair<const ModuleImage*, std::uint64_t>;
  using KernelKey = std::tuple<const ModuleImage*, std::uint64_t, std::string>;

  Result<Function> find(CUmodule loaded, const KernelImage& kernel);
  Result<CUmodule> load(const ModuleImage& module, const KernelImage& kernel);
  Status load_image(CUmodule& loaded, const ModuleImage& module, const std::string& what);

  const Context& context_;
  PersistentKernels& kernels_;
  std::map<ModuleKey, CUmodule> modules_;
  std::map<KernelKey, Function> functions_;
};

} // namespace ring::runtime::cuda
