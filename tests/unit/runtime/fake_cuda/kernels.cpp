#include "kernels.h"

#include <ring/abi/span_view.h>

#include "engine.h"

#include <bit>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <dlfcn.h>
#include <map>
#include <thread>
#include <vector>

namespace fake_cuda {
namespace {

using ring::abi::SpanView;
using std::chrono::milliseconds;

constexpr int kOk = 0, kIllegalAddress = 700, kLaunchFailed = 719;
constexpr std::size_t kSaxpyParams[] = {sizeof(SpanView), sizeof(SpanView), sizeof(float)};
constexpr std::size_t kWordsParams[] = {sizeof(SpanView)};

int saxpy(const Grid& grid, void** args) {
  const auto& x = *static_cast<const SpanView*>(args[0]);
  const auto& y = *static_cast<const SpanView*>(args[1]);
  const float a = *static_cast<const float*>(args[2]);
  for (std::uint64_t i = 0; i < std::uint64_t{grid.blocks[0]} * grid.threads[0] && i < y.size; ++i)
    reinterpret_cast<float*>(y.data)[i] += a * reinterpret_cast<const float*>(x.data)[i];
  return kOk;
}

/// words[0]: ends; [1]: how often it was launched; [2]: how often it has ended; [3]: 1 if a handler
/// keeps it from looking at words[0].
int persist(const Grid&, void** args) {
  auto* const words = reinterpret_cast<std::uint32_t*>(static_cast<const SpanView*>(args[0])->data);
  const auto load = [&](int i) { return __atomic_load_n(&words[i], __ATOMIC_SEQ_CST); };
  __atomic_fetch_add(&words[1], 1, __ATOMIC_SEQ_CST);
  while (load(3) != 0 || load(0) == 0)
    std::this_thread::sleep_for(milliseconds(1));
  __atomic_fetch_add(&words[2], 1, __ATOMIC_SEQ_CST);
  return kOk;
}

int crash(const Grid&, void**) { return kIllegalAddress; }
int late(const Grid&, void**) {
  std::this_thread::sleep_for(milliseconds(20));
  return kOk;
}
int hang(const Grid&, void**) {
  for (;;)
    std::this_thread::sleep_for(milliseconds(100));
}

class HandWritten : public Module {
public:
  const Function* find(const char* name) override {
    for (const Function& function : functions_)
      if (function.name == name) return &function;
    return nullptr;
  }

private:
  const Function functions_[7] = {
      {"saxpy", kSaxpyParams, 0, 2, saxpy},
      {"crash", kSaxpyParams, 0, 2, crash},
      {"late", kSaxpyParams, 0, 2, late},
      {"hang", kSaxpyParams, 0, 2, hang},
      {"persist", kWordsParams, 0, 2, persist}, // and one that needs half of a multiprocessor more
      {"persist_alone", kWordsParams, 0, 1, persist},
      {"deep", kSaxpyParams, 4096, 2, saxpy},
  };
};

class ShimLibrary : public Module {
public:
  static std::unique_ptr<Module> open(const char* path) {
    void* const library = ::dlopen(path, RTLD_NOW | RTLD_LOCAL); // until the process ends
    auto module = std::make_unique<ShimLibrary>();
    if (library) {
      module->find_ = std::bit_cast<CudaShimFind>(::dlsym(library, "cuda_shim_find"));
      module->launch_ = std::bit_cast<CudaShimLaunch>(::dlsym(library, "cuda_shim_launch"));
    }
    if (module->find_ && module->launch_) return module;
    std::fprintf(stderr, "fake CUDA driver: %s\n", ::dlerror());
    return nullptr;
  }

  const Function* find(const char* name) override {
    if (const auto found = functions_.find(name); found != functions_.end()) return &found->second;
    const cuda_shim::Kernel* const kernel = find_(name);
    if (!kernel) return nullptr;
    Function function{kernel->name, {kernel->param_sizes, kernel->param_count}, 0, 2, {}};
    function.run = [kernel, launch = launch_](const Grid& grid, void** args) {
      const unsigned blocks = grid.blocks[0] * grid.blocks[1] * grid.blocks[2];
      char error[512] = "";
      if (launch(kernel, grid.blocks, grid.threads, args, blocks, error, sizeof error)) return kOk;
      std::fprintf(stderr, "fake CUDA driver: kernel '%s': %s\n", kernel->name, error);
      return kLaunchFailed;
    };
    return &functions_.emplace(name, std::move(function)).first->second;
  }

private:
  CudaShimFind find_ = nullptr;
  CudaShimLaunch launch_ = nullptr;
  std::map<std::string, Function, std::less<>> functions_;
};

} // namespace

std::unique_ptr<Module> load_image(const void* image) {
  const char* const text = static_cast<const char*>(image);
  if (std::memcmp(text, "SHIM", 4) == 0) return ShimLibrary::open(text + 4);
  // Machine code is what the real NVRTC gives; of it there is a kernel or there is not.
  if (std::memcmp(text, "\177ELF", 4) == 0 || std::memcmp(text, "FAKE", 4) == 0)
    return std::make_unique<HandWritten>();
  return nullptr;
}

} // namespace fake_cuda
