// The CUDA backend over fake_cuda_driver.cpp: the order and the arguments of its calls, its errors,
// and NVRTC where it is installed. Machine code is not run here.
#include "expect_error.h"
#include "test_module.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <dlfcn.h>

namespace ring::test {
namespace {

constexpr std::string_view kSource = R"(
struct Floats { float* data; unsigned long long size; };
extern "C" __global__ void saxpy(Floats x, Floats y, float a) {
  const unsigned long long i = blockIdx.x * 64ull + threadIdx.x;
  if (i < y.size) y.data[i] = a * x.data[i] + y.data[i];
})";
constexpr unsigned char kFatbin[] = {'F', 'A', 'K', 'E'};
constexpr unsigned char kForeign[] = {'?', '?', '?', '?'};

class Cuda : public testing::Test {
protected:
  Cuda() {
    for (const char* name : {"saxpy", "crash", "hang", "absent", "late"}) {
      KernelImage kernel = *host_module::saxpy.kernel;
      kernel.name = name;
      kernel.targets = {Target::cuda};
      kernels.push_back(kernel);
    }
    module.name = "cuda_module";
    module.kernels = kernels;
    module.cuda_fatbin = kFatbin;
  }
  Kernel<span<const float>, span<float>, float> handle(std::size_t index) const {
    return {&module, &kernels[index]};
  }

  std::vector<KernelImage> kernels;
  ModuleImage module;
  Runtime rt = Runtime::create({.backend = Backend::cuda});
  Buffer<float> x = rt.upload<float>({1, 2, 3});
  Buffer<float> y = rt.upload<float>({1, 1, 1});
};

TEST_F(Cuda, RunsAKernelAndReleasesEverything) {
  EXPECT_EQ(rt.device().name, "Imaginary GPU");
  EXPECT_EQ(rt.device().kind, DeviceKind::discrete_gpu);
  rt.run(handle(0), {.threads = 3}, x, y, 2.0f);
  EXPECT_EQ(y.download(), (std::vector<float>{3, 5, 7}));
  EXPECT_EQ(rt.alloc<int>(5).download(), std::vector<int>(5)) << "new memory is zero";
  const Buffer<int> empty = rt.alloc<int>(0);
  x = {};
  y = {};
  { const Buffer<int> gone = rt.alloc<int>(1); }
  Runtime other = Runtime::create({.backend = Backend::cpu});
  std::swap(rt, other);
  other = Runtime::create({.backend = Backend::cpu});
  void* driver = dlopen("libcuda.so.1", RTLD_NOW | RTLD_NOLOAD);
  ASSERT_TRUE(driver);
  const auto leaks = reinterpret_cast<int (*)()>(dlsym(driver, "fake_cuda_leaks"));
  ASSERT_TRUE(leaks);
  EXPECT_EQ(leaks(), 4) << "`empty` keeps its memory, the module, and the device's context, which "
                           "is retained twice";
}

TEST_F(Cuda, IsTheAutomaticChoice) { EXPECT_EQ(Runtime::create().device().backend, Backend::cuda); }

TEST_F(Cuda, CompilesTheSourceWithNvrtc) {
  if (!dlopen("libnvrtc.so", RTLD_NOW) && !dlopen("libnvrtc.so.13", RTLD_NOW) &&
      !dlopen("libnvrtc.so.12", RTLD_NOW))
    GTEST_SKIP() << "NVRTC is not installed";
  module.cuda_source = kSource;
  module.cuda_fatbin = kForeign; // refused by the driver: then the source is taken
  rt.run(handle(0), {.threads = 3}, x, y, 2.0f);
  EXPECT_EQ(y.download(), (std::vector<float>{3, 5, 7}));
  module.cuda_fatbin = {};
  module.cuda_source = "extern \"C\" __global__ void saxpy() { not_declared(); }";
  module.id = 1;
  expect_error(ErrorCode::compile_failed, {"'saxpy'", "cuda_module.cu", "not_declared"},
               [&] { rt.run(handle(0), {.threads = 3}, x, y, 2.0f); });
}

TEST_F(Cuda, NamesTheKernelInErrors) {
  expect_error(ErrorCode::load_failed, {"'absent'", "CUDA_ERROR_NOT_FOUND", "words of the driver"},
               [&] { rt.run(handle(3), {.threads = 3}, x, y, 2.0f); });
  module.cuda_fatbin = kForeign;
  module.id = 2;
  expect_error(ErrorCode::compile_failed, {"'saxpy'", "CUDA_ERROR_NO_BINARY_FOR_GPU"},
               [&] { rt.run(handle(0), {.threads = 3}, x, y, 2.0f); });
  kernels[0].targets = {};
  kernels[0].unsupported[static_cast<std::size_t>(Target::cuda)] = "it has a reason";
  module.id = 3;
  expect_error(ErrorCode::unsupported, {"'saxpy'", "it has a reason"},
               [&] { rt.run(handle(0), {.threads = 3}, x, y, 2.0f); });
}

TEST_F(Cuda, ChecksLimitsBeforeTheLaunch) {
  expect_error(ErrorCode::grid_too_large, {"'saxpy'", "axis y", "65535"},
               [&] { rt.run(handle(0), {.blocks = {1, 70'000}}, x, y, 2.0f); });
  expect_error(ErrorCode::out_of_memory, {"CUDA_ERROR_OUT_OF_MEMORY"},
               [&] { rt.alloc<double>(std::size_t{1} << 40); });
  kernels[0].block[0] = 2048;
  expect_error(ErrorCode::unsupported, {"'saxpy'", "2048", "1024"},
               [&] { rt.run(handle(0), {.threads = 3}, x, y, 2.0f); });
  kernels[0].block[0] = 1024;
  expect_error(ErrorCode::unsupported, {"'saxpy'", "registers", "512"},
               [&] { rt.run(handle(0), {.threads = 3}, x, y, 2.0f); });
}

TEST_F(Cuda, ReportsACrash) {
  expect_error(ErrorCode::launch_failed, {"'crash'", "CUDA_ERROR_ILLEGAL_ADDRESS"},
               [&] { rt.run(handle(1), {.threads = 3}, x, y, 2.0f); });
  expect_error(ErrorCode::device_lost, {}, [&] { y.download(); });
}

TEST_F(Cuda, WaitsForAKernelThatTakesItsTime) {
  rt.run(handle(4), {.threads = 3}, x, y, 2.0f);
  rt.run(handle(4), {.threads = 3, .timeout = std::chrono::milliseconds::max()}, x, y, 2.0f);
  EXPECT_EQ(y.download().front(), 1.0f);
}

TEST_F(Cuda, TimesOut) {
  const RunOptions options{.threads = 3, .timeout = std::chrono::milliseconds(20)};
  expect_error(ErrorCode::timeout, {"'hang'", "20 ms"},
               [&] { rt.run(handle(2), options, x, y, 2.0f); });
  expect_error(ErrorCode::device_lost, {}, [&] { rt.run(handle(0), {.threads = 3}, x, y, 2.0f); });
}

} // namespace
} // namespace ring::test
