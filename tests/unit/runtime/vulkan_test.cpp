// The Vulkan backend on the driver that VK_ICD_FILENAMES names; CMake registers these tests once
// for lavapipe and once for SwiftShader.
#include "core/launch.h"
#include "expect_error.h"
#include "test_module.h"
#include "vulkan/features.h"
#include "vulkan/vulkan_device.h"

#include <gtest/gtest.h>

#include <numeric>

namespace ring::test {
namespace {

class Vulkan : public testing::Test {
protected:
  Runtime rt = Runtime::create({.backend = Backend::vulkan});
  const SpirvModule& m = spirv_module();

  bool is_swiftshader() const { return rt.device().name.find("SwiftShader") != std::string::npos; }
};

TEST_F(Vulkan, RunsSaxpy) {
  for (std::size_t n : {1u, 64u, 65u, 100'000u}) {
    std::vector<float> host_x(n);
    std::iota(host_x.begin(), host_x.end(), 0.0f);
    const auto x = rt.upload<float>(host_x);
    auto y = rt.upload<float>(std::vector<float>(n, 1.0f));
    rt.run(m.saxpy, {.threads = n}, x, y, 2.0f);
    rt.run(m.saxpy, {.threads = n}, x, y, 1.0f);
    const std::vector<float> out = y.download();
    for (std::size_t i = 0; i < n; ++i)
      ASSERT_EQ(out[i], 3.0f * static_cast<float>(i) + 1.0f);
  }
}

TEST_F(Vulkan, PicksTheProfileThatTheDeviceTakes) {
  auto out = rt.alloc<std::uint32_t>(1);
  rt.run(m.profile, {.threads = 1}, out);
  EXPECT_EQ(out.download().front(), is_swiftshader() ? 1u : 2u);
}

TEST_F(Vulkan, NamesWhatTheDeviceLacks) {
  auto out = rt.alloc<std::uint32_t>(1);
  if (is_swiftshader()) {
    expect_error(ErrorCode::unsupported,
                 {"'profile'", "SwiftShader", "Int64", "Int8", "built without it"},
                 [&] { rt.run(m.full_only, {.threads = 1}, out); });
  } else {
    rt.run(m.full_only, {.threads = 1}, out);
    EXPECT_EQ(out.download().front(), 2u);
  }
}

TEST_F(Vulkan, BindsZeroSizedBuffers) {
  const auto x = rt.alloc<float>(0);
  auto y = rt.alloc<float>(0);
  rt.run(m.saxpy, {.threads = 64}, x, y, 1.0f);
  EXPECT_TRUE(y.download().empty());
}

TEST_F(Vulkan, TurnsATrapIntoAnError) {
  auto out = rt.alloc<std::uint32_t>(5);
  expect_error(ErrorCode::out_of_bounds,
               {"dir/spirv_module.cpp:42:", "'trapper'", "index 7", "5 elements"},
               [&] { rt.run(m.trapper, {.threads = 1}, out); });
}

TEST_F(Vulkan, RefusesAGridThatIsTooLarge) {
  auto out = rt.alloc<std::uint32_t>(1);
  expect_error(ErrorCode::grid_too_large, {"'profile'", "axis y"},
               [&] { rt.run(m.profile, {.blocks = {1, std::uint64_t{1} << 40}}, out); });
}

TEST_F(Vulkan, RefusesABlockThatIsTooLarge) {
  KernelImage kernel = m.kernels[1];
  kernel.block[0] = 1u << 20;
  auto out = rt.alloc<std::uint32_t>(1);
  expect_error(ErrorCode::unsupported, {"'profile'", "threads of a block"}, [&] {
    rt.run_raw(m.module, kernel, {.threads = 1}, std::vector{RawArg::buffer(out.raw())});
  });
}

TEST_F(Vulkan, RefusesImpossibleAllocations) {
  expect_error(ErrorCode::out_of_memory, {"bytes"},
               [&] { rt.alloc<double>(std::size_t{1} << 50); });
}

TEST_F(Vulkan, NamesTheKernelThatTheModuleLacks) {
  ModuleImage without = m.module;
  without.spirv_core = {};
  auto out = rt.alloc<std::uint32_t>(1);
  const std::vector args{RawArg::buffer(out.raw()),
                         RawArg::value(std::as_bytes(std::span("1234", 4)))};
  expect_error(ErrorCode::unsupported, {"'spin'", "built without it"},
               [&] { rt.run_raw(without, m.kernels[2], {.threads = 1}, args); });
}

TEST_F(Vulkan, TellsOneLoadedModuleFromAnotherAtItsPlace) {
  // The same address with another id is another module: here one with the core binary only.
  ModuleImage module = m.module;
  module.id = 1;
  auto out = rt.alloc<std::uint32_t>(1);
  const std::vector args{RawArg::buffer(out.raw())};
  rt.run_raw(module, m.kernels[1], {.threads = 1}, args);
  module.spirv_full = {};
  module.id = 2;
  rt.run_raw(module, m.kernels[1], {.threads = 1}, args);
  EXPECT_EQ(out.download().front(), 1u);
}

// Last of this suite in a process of its own (ctest runs each test apart): the runtime is lost by
// it.
TEST_F(Vulkan, TimesOutAndIsLost) {
  auto out = rt.alloc<std::uint32_t>(1);
  rt.run(m.spin, {.threads = 1}, out, 3);
  std::uint32_t state = 1;
  for (int i = 0; i < 3; ++i)
    state = state * 1664525u + 1013904223u;
  EXPECT_EQ(out.download().front(), state);
  // Some seconds of work, and an end, so that the process can leave too. Many blocks rather than
  // one long loop: lavapipe leaves a loop after 65535 turns.
  const RunOptions options{.blocks = 65535, .timeout = std::chrono::milliseconds(50)};
  expect_error(ErrorCode::timeout, {"'spin'", "50 ms", ".timeout"},
               [&] { rt.run(m.spin, options, out, 60'000u); });
  expect_error(ErrorCode::device_lost, {"make a new Runtime"},
               [&] { rt.run(m.profile, {.threads = 1}, out); });
  expect_error(ErrorCode::device_lost, {}, [&] { out.download(); });
}

TEST(VulkanDevice, StagesBuffersOnDemand) {
  const auto list = runtime::vulkan::list_devices();
  ASSERT_FALSE(list.devices.empty()) << list.why_none;
  auto device =
      runtime::vulkan::open_device(list.devices.front(), runtime::vulkan::Transfers::staged)
          .value();
  // Longer than two turns of the staging buffer, and no multiple of it.
  std::vector<std::byte> data(20'000'004);
  for (std::size_t i = 0; i < data.size(); ++i)
    data[i] = static_cast<std::byte>(i * 7 >> 3);
  auto memory = device->allocate(data.size()).value();
  std::vector<std::byte> back(data.size(), std::byte{1});
  device->download(*memory, back).value();
  EXPECT_EQ(back, std::vector<std::byte>(data.size())) << "new memory is zero";
  device->upload(*memory, data).value();
  device->download(*memory, back).value();
  EXPECT_EQ(back, data);

  const SpirvModule& m = spirv_module();
  const RawArg arg{RawArg::Kind::buffer_read_write, memory.get(), device.get(), data.size(), {}};
  runtime::launch(*device, m.module, m.kernels[1], {.threads = 1}, std::span(&arg, 1)).value();
  device->download(*memory, std::span(back).first(4)).value();
  EXPECT_NE(back[0], data[0]);
}

TEST(VulkanFeatures, ReadCapabilitiesFromTheBinary) {
  const SpirvModule& m = spirv_module();
  runtime::vulkan::DeviceFeatures none;
  none.api_version = VK_API_VERSION_1_3;
  EXPECT_EQ(runtime::vulkan::missing_for(none, m.module.spirv_core), "");
  EXPECT_EQ(runtime::vulkan::missing_for(none, m.module.spirv_full),
            "Int64, Int8, StorageBuffer8BitAccess");
  const std::uint32_t junk[] = {1, 2, 3, 4, 5};
  EXPECT_EQ(runtime::vulkan::missing_for(none, junk), "a binary that is SPIR-V");
  const std::uint32_t newer[] = {0x07230203, 0x10600, 0, 1, 0};
  none.api_version = VK_API_VERSION_1_2;
  EXPECT_NE(runtime::vulkan::missing_for(none, newer).find("1.6"), std::string::npos);
}

} // namespace
} // namespace ring::test
