// The modules and functions that were loaded, at the first run of each.
#pragma once

#include "cuda/context.h"

#include <ring/module_image.h>

#include <map>
#include <string>
#include <tuple>
#include <utility>

namespace ring::runtime::cuda {

/// The context is current whenever a member is called.
class Modules {
public:
  explicit Modules(const Context& context) : context_(context) {}
  ~Modules();
  Modules(const Modules&) = delete;
  Modules& operator=(const Modules&) = delete;

  Result<CUfunction> get(const ModuleImage& module, const KernelImage& kernel);

private:
  using ModuleKey = std::pair<const ModuleImage*, std::uint64_t>;
  using KernelKey = std::tuple<const ModuleImage*, std::uint64_t, std::string>;

  Result<CUmodule> load(const ModuleImage& module, const KernelImage& kernel);
  Status load_image(CUmodule& loaded, const ModuleImage& module, const std::string& what);

  const Context& context_;
  std::map<ModuleKey, CUmodule> modules_;
  std::map<KernelKey, CUfunction> functions_;
};

} // namespace ring::runtime::cuda
