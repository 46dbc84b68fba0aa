#include "runtime_executor.h"

#include "core_image.h"
#include "environment.h"
#include "launch_plan.h"

#include <ring/runtime.h>

#include <map>
#include <optional>

namespace ring::exec {
namespace {

constexpr Needs kEverything = kF64 | kInt64Atomics | kFloatAtomics | kWarp | kFences;
constexpr Needs kWithCLibrary = kEverything | kGamma;
constexpr Needs kOnlyCore = kFloatAtomics | kWarp | kFences;
constexpr std::chrono::seconds kDeadline(180); // a driver may compile the kernel first

class RuntimeExecutor final : public Executor {
public:
  RuntimeExecutor(Runtime runtime, Target target, Needs has, bool is_core_forced)
      : runtime_(std::move(runtime)), target_(target), is_core_forced_(is_core_forced) {
    capabilities_ = {has, Arithmetic::strict, runtime_.device().warp_size};
  }

  Target target() const override { return target_; }
  const Capabilities& capabilities() const override { return capabilities_; }
  std::string device() const override { return runtime_.device().name; }

  RunResult run(const LoadedModule& module, const Case& c) override {
    LaunchPlan plan = plan_launches(module, c, target_);
    if (!plan.error.empty()) return {{}, plan.error};
    try {
      return {run_planned(module, c, plan), {}};
    } catch (const Error& error) {
      return {{}, std::string(name_of(error.code())) + ": " + error.what()};
    }
  }

private:
  Memory run_planned(const LoadedModule& module, const Case& c, const LaunchPlan& plan) {
    std::vector<RawBuffer> buffers;
    for (const Buffer& buffer : c.buffers) {
      buffers.push_back(runtime_.alloc_raw(buffer.bytes.size()));
      buffers.back().try_upload(buffer.bytes).value();
    }
    for (std::size_t i = 0; i < c.launches.size(); ++i)
      launch(module, c.launches[i], *plan.kernels[i], buffers);
    Memory memory;
    for (const RawBuffer& buffer : buffers) {
      memory.emplace_back(buffer.size_bytes());
      buffer.try_download(memory.back()).value();
    }
    return memory;
  }

  void launch(const LoadedModule& module, const Launch& launch, const KernelImage& kernel,
              std::vector<RawBuffer>& buffers) {
    std::vector<RawArg> args;
    for (const Arg& arg : launch.args) {
      if (const auto* value = std::get_if<ValueArg>(&arg)) {
        args.push_back(RawArg::value(value->bytes));
        continue;
      }
      const auto& span = std::get<SpanArg>(arg);
      RawBuffer& buffer = buffers[span.buffer];
      args.push_back(span.writable ? RawArg::buffer(buffer)
                                   : RawArg::buffer(std::as_const(buffer)));
    }
    const RunOptions options{.blocks = {launch.blocks.x, launch.blocks.y, launch.blocks.z},
                             .timeout = kDeadline};
    if (!is_core_forced_) return runtime_.run_raw(module.image(), kernel, options, args);
    const CoreImage& core =
        core_images_.try_emplace(module.image().id, module.image()).first->second;
    runtime_.run_raw(core.image(), core.kernel(kernel.name), options, args);
  }

  Runtime runtime_;
  Target target_;
  bool is_core_forced_;
  Capabilities capabilities_;
  std::map<std::uint64_t, CoreImage> core_images_; // by the id of the whole image
};

Opened open(const RuntimeOptions& options, Target target, Needs has, bool is_core_forced = false) {
  Result<Runtime> runtime = Runtime::try_create(options);
  if (!runtime) return {nullptr, runtime.error().what()};
  return {std::make_unique<RuntimeExecutor>(std::move(*runtime), target, has, is_core_forced), {}};
}

Opened open_vulkan(const std::optional<std::filesystem::path>& icd, const char* package,
                   const char* device, Target target, Needs has, bool is_core_forced = false) {
  if (!icd)
    return {nullptr,
            std::string("no ICD file of ") + device + " was found; Debian has it in " + package};
  use_software_vulkan();
  return open({.backend = Backend::vulkan, .device = device}, target, has, is_core_forced);
}

} // namespace

Opened open_cpu() { return open({.backend = Backend::cpu}, Target::cpu, kWithCLibrary); }
Opened open_cuda() { return open({.backend = Backend::cuda}, Target::cuda, kWithCLibrary); }

// Mesa calls the device llvmpipe.
Opened open_lavapipe() {
  return open_vulkan(lavapipe_icd(), "mesa-vulkan-drivers", "llvmpipe", Target::spirv_full,
                     kEverything);
}
Opened open_lavapipe_core() {
  return open_vulkan(lavapipe_icd(), "mesa-vulkan-drivers", "llvmpipe", Target::spirv_core,
                     kOnlyCore, true);
}
Opened open_swiftshader() {
  return open_vulkan(swiftshader_icd(), "chromium", "SwiftShader", Target::spirv_core, kOnlyCore);
}

} // namespace ring::exec
