#include "cuda/modules.h"

#include "core/device.h"
#include "cuda/nvrtc.h"

namespace ring::runtime::cuda {

Modules::~Modules() {
  if (context_.abandoned() || modules_.empty()) return;
  // Those of others on this device. If they do not pause the code stays loaded.
  const Result<PersistentKernels::Pause> pause = kernels_.pause("unloading code");
  if (!pause) return;
  const Context::Current current(context_);
  for (const auto& [key, module] : modules_)
    context_.api().cuModuleUnload(module);
}

Result<Function> Modules::get(const ModuleImage& module, const KernelImage& kernel) {
  const auto key_of = [&](const KernelImage& k) {
    return KernelKey{&module, module.id, std::string(k.name)};
  };
  const KernelKey key = key_of(kernel);
  if (const auto found = functions_.find(key); found != functions_.end()) return found->second;
  const Result<PersistentKernels::Pause> pause = kernels_.pause("loading " + kernel_prefix(kernel));
  if (!pause) return pause.error();
  const Result<CUmodule> loaded = load(module, kernel);
  if (!loaded) return loaded.error();
  Result<Function> function = find(*loaded, kernel);
  if (!function) return function;
  functions_.emplace(key, *function);
  // The other schedule of its actors may be wanted while this one runs.
  if (!module.actors.empty())
    for (const KernelImage& other : module.kernels)
      if (const KernelKey each = key_of(other);
          other.targets.has(Target::cuda) && !functions_.contains(each))
        if (const Result<Function> also = find(*loaded, other)) functions_.emplace(each, *also);
  return function;
}

Result<Function> Modules::find(CUmodule loaded, const KernelImage& kernel) {
  const std::string prefix = kernel_prefix(kernel);
  const DriverApi& api = context_.api();
  Function function;
  if (const CUresult r =
          api.cuModuleGetFunction(&function.handle, loaded, std::string(kernel.name).c_str());
      r != kSuccess)
    return api.error_of(r, prefix + "not in the module's CUDA code", ErrorCode::load_failed);
  // Registers can make the limit lower than the device's.
  int most = 0;
  const std::uint64_t threads = std::uint64_t{kernel.block[0]} * kernel.block[1] * kernel.block[2];
  if (api.cuFuncGetAttribute(&most, kFunctionMaxThreadsPerBlock, function.handle) == kSuccess &&
      threads > static_cast<std::uint64_t>(most))
    return Error(ErrorCode::unsupported, prefix + "a block of " + std::to_string(threads) +
                                             " threads, but with its registers the device takes " +
                                             std::to_string(most));
  if (api.cuFuncGetAttribute(&function.local_bytes, kFunctionLocalBytes, function.handle) !=
      kSuccess)
    function.local_bytes = 0;
  return function;
}

Result<CUmodule> Modules::load(const ModuleImage& module, const KernelImage& kernel) {
  const ModuleKey key{&module, module.id};
  if (const auto found = modules_.find(key); found != modules_.end()) return found->second;
  const std::string prefix = kernel_prefix(kernel);
  if (!kernel.targets.has(Target::cuda)) {
    const std::string_view reason = kernel.unsupported[static_cast<std::size_t>(Target::cuda)];
    return Error(ErrorCode::unsupported, prefix + "it has no CUDA code: " +
                                             (reason.empty() ? "build the module with --target=cuda"
                                                             : std::string(reason)));
  }
  CUmodule loaded = nullptr;
  if (Status s = load_image(loaded, module, prefix); !s) return s.error();
  modules_.emplace(key, loaded);
  return loaded;
}

/// The fatbin first. A driver refuses it when it has nothing for this device; the source may help.
Status Modules::load_image(CUmodule& loaded, const ModuleImage& module, const std::string& what) {
  const DriverApi& api = context_.api();
  CUresult r = kSuccess;
  if (!module.cuda_fatbin.empty()) {
    r = api.cuModuleLoadData(&loaded, module.cuda_fatbin.data());
    if (r == kSuccess) return Success{};
  }
  if (module.cuda_source.empty())
    return module.cuda_fatbin.empty()
               ? Error(ErrorCode::unsupported, what + "the module holds no CUDA code")
               : api.error_of(r, what + "the driver refused the CUDA binary",
                              ErrorCode::compile_failed);
  const Result<std::string> code =
      compile_with_nvrtc(module, context_.attribute(kComputeCapabilityMajor),
                         context_.attribute(kComputeCapabilityMinor));
  if (!code) return Error(code.error().code(), what + code.error().what());
  r = api.cuModuleLoadData(&loaded, code->data());
  if (r != kSuccess)
    return api.error_of(r, what + "the driver refused what NVRTC made", ErrorCode::compile_failed);
  return Success{};
}

} // namespace ring::runtime::cuda
