#include "cuda_shim_executor.h"

#include "artefacts.h"
#include "cuda_shim/engine.h"
#include "launch_plan.h"

#include <ring/abi/span_view.h>
#include <ring/abi/trap_record.h>

#include <dlfcn.h>

#include <bit>
#include <map>

namespace ring::exec {
namespace {

class CudaShimExecutor final : public Executor {
public:
  Target target() const override { return Target::cuda; }
  const Capabilities& capabilities() const override { return capabilities_; }
  std::string device() const override { return "threads as fibres"; }

  RunResult run(const LoadedModule& module, const Case& c) override {
    const LaunchPlan plan = plan_launches(module, c, Target::cuda);
    if (!plan.error.empty()) return {{}, plan.error};
    std::string error;
    const Library* const library = load(c.info.module, error);
    if (!library) return {{}, error};
    Memory memory;
    for (const Buffer& buffer : c.buffers)
      memory.push_back(buffer.bytes);
    for (std::size_t i = 0; i < c.launches.size(); ++i) {
      error = launch(*library, c.launches[i], *plan.kernels[i], c, memory);
      if (!error.empty()) return {{}, "kernel '" + c.launches[i].kernel + "': " + error};
    }
    return {std::move(memory), {}};
  }

private:
  struct Library {
    CudaShimFind find = nullptr;
    CudaShimLaunch launch = nullptr;
  };

  const Library* load(const std::string& module, std::string& error) {
    Library& place = libraries_[module];
    if (place.launch) return &place;
    const std::filesystem::path file = artefact_folder(module) / (module + ".shim.so");
    void* const library =
        ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL); // kept until the process ends
    if (library) {
      place.find = std::bit_cast<CudaShimFind>(::dlsym(library, "cuda_shim_find"));
      place.launch = std::bit_cast<CudaShimLaunch>(::dlsym(library, "cuda_shim_launch"));
    }
    if (place.find && place.launch) return &place;
    error = ::dlerror();
    return nullptr;
  }

  static std::string launch(const Library& library, const Launch& launch, const KernelImage& kernel,
                            const Case& c, Memory& memory) {
    std::vector<abi::SpanView> spans(kernel.params.size());
    std::vector<void*> args;
    const auto add_span = [&](std::vector<std::byte>& bytes, std::size_t element_size) {
      abi::SpanView& view = spans[args.size()];
      view = {std::bit_cast<std::uint64_t>(bytes.data()), bytes.size() / element_size};
      args.push_back(&view);
    };
    for (const Arg& arg : launch.args) {
      if (const auto* span = std::get_if<SpanArg>(&arg))
        add_span(memory[span->buffer], c.buffers[span->buffer].element_size);
      else // the kernel reads its parameters and does not write them
        args.push_back(const_cast<std::byte*>(std::get<ValueArg>(arg).bytes.data()));
    }
    std::vector<std::byte> trap(sizeof(abi::TrapRecord));
    if (kernel.has_trap) add_span(trap, sizeof(std::uint32_t));

    const unsigned grid[3] = {launch.blocks.x, launch.blocks.y, launch.blocks.z};
    char error[512] = "";
    if (!library.launch(library.find(launch.kernel.c_str()), grid, kernel.block, args.data(), 1,
                        error, sizeof error))
      return error;
    return describe_trap(kernel, trap);
  }

  Capabilities capabilities_{kF64 | kInt64Atomics | kFloatAtomics | kWarp | kFences | kGamma,
                             Arithmetic::strict, 32};
  std::map<std::string, Library> libraries_;
};

} // namespace

Opened open_cuda_shim() { return {std::make_unique<CudaShimExecutor>(), {}}; }

} // namespace ring::exec
