// The CPU backend, and what is the same for every backend: buffers, grids, checks of arguments.
#include "expect_error.h"
#include "test_module.h"

#include <gtest/gtest.h>

#include <array>
#include <list>
#include <numeric>
#include <thread>

namespace ring::test {
namespace {

namespace m = host_module;

Runtime cpu(unsigned threads = 4) {
  return Runtime::create({.backend = Backend::cpu, .cpu_threads = threads});
}

TEST(Cpu, RunsSaxpyOverWholeBlocks) {
  auto rt = cpu();
  for (std::size_t n : {1u, 63u, 64u, 65u, 10'000u}) {
    std::vector<float> host_x(n), host_y(n, 1.0f);
    std::iota(host_x.begin(), host_x.end(), 0.0f);
    const auto x = rt.upload<float>(host_x);
    auto y = rt.upload<float>(host_y);
    rt.run(m::saxpy, {.threads = n}, x, y, 2.0f);
    const std::vector<float> out = y.download();
    ASSERT_EQ(out.size(), n);
    for (std::size_t i = 0; i < n; ++i)
      ASSERT_EQ(out[i], 2.0f * static_cast<float>(i) + 1.0f);
  }
}

TEST(Cpu, NumbersBlocksWithXFastest) {
  auto rt = cpu();
  auto out = rt.alloc<std::uint32_t>({5, 3, 4});
  rt.run(m::ids, {.blocks = {5, 3, 4}}, out);
  const auto blocks = out.download();
  for (std::uint32_t z = 0; z < 4; ++z)
    for (std::uint32_t y = 0; y < 3; ++y)
      for (std::uint32_t x = 0; x < 5; ++x)
        EXPECT_EQ(blocks[(z * 3 + y) * 5 + x], x + 100 * y + 10000 * z);
  // 10 × 9 × 7 threads need 5 × 3 × 4 blocks of 2 × 3 × 2.
  auto again = rt.alloc<std::uint32_t>({5, 3, 4});
  rt.run(m::ids, {.threads = {10, 9, 7}}, again);
  EXPECT_EQ(again.download(), blocks);
}

TEST(Cpu, PassesValuesUnchanged) {
  auto rt = cpu(1);
  auto out = rt.alloc<std::uint32_t>(5);
  rt.run(m::values, {.threads = 1}, out, Pair{200, 0x12345678}, -2, true);
  EXPECT_EQ(out.download(), (std::vector<std::uint32_t>{200, 0x12345678, 0xfffffffe, 1, 5}));
}

TEST(Cpu, RefusesAnIntegerThatDoesNotFit) {
  auto rt = cpu(1);
  auto out = rt.alloc<std::uint32_t>(5);
  expect_error(ErrorCode::invalid_argument, {"values", "'narrow'"},
               [&] { rt.run(m::values, {.threads = 1}, out, Pair{}, 40'000, true); });
}

TEST(Cpu, NoThreadsRunNothing) {
  auto rt = cpu();
  rt.run(m::throwing, {.threads = 0});
  rt.run(m::throwing, {.blocks = {4, 0}});
}

TEST(Cpu, ZeroSizedBuffersAreBound) {
  auto rt = cpu();
  const auto x = rt.alloc<float>(0);
  auto y = rt.upload<float>(std::vector<float>{});
  rt.run(m::saxpy, {.threads = 64}, x, y, 1.0f);
  EXPECT_TRUE(y.download().empty());
}

TEST(Cpu, ReportsAnException) {
  auto rt = cpu();
  expect_error(ErrorCode::launch_failed, {"throwing", "it went wrong"},
               [&] { rt.run(m::throwing, {.threads = 1000}); });
  // The pool works on.
  auto y = rt.alloc<float>(1);
  rt.run(m::saxpy, {.threads = 1}, rt.upload<float>({3.0f}), y, 2.0f);
  EXPECT_EQ(y.download().front(), 6.0f);
}

TEST(Cpu, StopsAtTheTimeout) {
  auto rt = cpu(2);
  const RunOptions options{.threads = 1'000'000, .timeout = std::chrono::milliseconds(30)};
  expect_error(ErrorCode::timeout, {"slow", "30 ms", ".timeout"},
               [&] { rt.run(m::slow, options); });
  rt.run(m::slow, {.threads = 2, .timeout = std::chrono::milliseconds::max()});
}

TEST(Cpu, SaysWhyThereIsNoCode) {
  auto rt = cpu();
  expect_error(ErrorCode::unsupported, {"missing", "it needs the moon"},
               [&] { rt.run(m::missing, {.threads = 1}); });
}

TEST(Cpu, TurnsATrapIntoAnError) {
  auto rt = cpu();
  const auto in = rt.alloc<std::uint32_t>(9);
  expect_error(ErrorCode::out_of_bounds,
               {"dir/host_module.cpp:42:", "'trapping'", "4294967303", "9 elements"},
               [&] { rt.run(m::trapping, {.threads = 5}, in); });
  rt.run(m::trapping, {.threads = 3}, in); // the record of the last run is not seen again
}

TEST(Cpu, RefusesAGridBeyondItsCounters) {
  auto rt = cpu();
  expect_error(ErrorCode::grid_too_large, {"throwing"},
               [&] { rt.run(m::throwing, {.threads = std::uint64_t{1} << 33}); });
  expect_error(ErrorCode::grid_too_large, {"throwing"},
               [&] { rt.run(m::throwing, {.blocks = {0xffffffffu, 0xffffffffu, 0xffffffffu}}); });
}

TEST(Cpu, RefusesImpossibleAllocations) {
  auto rt = cpu();
  expect_error(ErrorCode::out_of_memory, {"bytes"},
               [&] { rt.alloc<double>(std::size_t{1} << 60); });
  expect_error(ErrorCode::out_of_memory, {"elements"},
               [&] { rt.alloc<double>(std::size_t{1} << 62); });
  expect_error(ErrorCode::out_of_memory, {}, [&] { rt.alloc<float>({1u << 31, 1u << 31, 8}); });
}

TEST(Cpu, RefusesTheSameBufferTwiceWhenWritten) {
  auto rt = cpu();
  auto y = rt.alloc<float>(1);
  expect_error(ErrorCode::invalid_argument, {"'x'", "'y'", "same buffer"},
               [&] { rt.run(m::saxpy, {.threads = 1}, y, y, 1.0f); });
}

TEST(Cpu, RefusesForeignAndEmptyBuffers) {
  auto rt = cpu();
  auto other = cpu();
  auto x = other.alloc<float>(1);
  auto y = rt.alloc<float>(1);
  expect_error(ErrorCode::invalid_argument, {"'x'", "another Runtime"},
               [&] { rt.run(m::saxpy, {.threads = 1}, x, y, 1.0f); });
  expect_error(ErrorCode::invalid_argument, {"'x'", "empty"},
               [&] { rt.run(m::saxpy, {.threads = 1}, Buffer<float>(), y, 1.0f); });
}

TEST(Cpu, WantsThreadsOrBlocks) {
  auto rt = cpu();
  expect_error(ErrorCode::invalid_argument, {".threads", ".blocks"},
               [&] { rt.run(m::throwing, {}); });
  expect_error(ErrorCode::invalid_argument, {".threads", ".blocks"},
               [&] { rt.run(m::throwing, {.threads = 1, .blocks = 1}); });
}

TEST(Cpu, ChecksUntypedArguments) {
  auto rt = cpu();
  const KernelImage& kernel = *m::saxpy.kernel;
  auto x = rt.alloc_raw(8), y = rt.alloc_raw(8), odd = rt.alloc_raw(7);
  const float a = 1;
  const RawArg value = RawArg::value(std::as_bytes(std::span(&a, 1)));
  const auto run = [&](std::vector<RawArg> args) {
    rt.run_raw(m::module, kernel, {.threads = 2}, args);
  };
  run({RawArg::buffer(x), RawArg::buffer(y), value});
  expect_error(ErrorCode::invalid_argument, {"2 arguments", "3 parameters"},
               [&] { run({RawArg::buffer(x), value}); });
  expect_error(ErrorCode::invalid_argument, {"'x'", "value"},
               [&] { run({value, RawArg::buffer(y), value}); });
  expect_error(ErrorCode::invalid_argument, {"'a'", "buffer"},
               [&] { run({RawArg::buffer(x), RawArg::buffer(y), RawArg::buffer(odd)}); });
  expect_error(ErrorCode::invalid_argument, {"'y'", "const"},
               [&] { run({RawArg::buffer(x), RawArg::buffer(std::as_const(y)), value}); });
  expect_error(ErrorCode::invalid_argument, {"'x'", "multiple"},
               [&] { run({RawArg::buffer(odd), RawArg::buffer(y), value}); });
  const double wide = 1;
  const RawArg wrong = RawArg::value(std::as_bytes(std::span(&wide, 1)));
  expect_error(ErrorCode::invalid_argument, {"'a'", "8 bytes", "4"},
               [&] { run({RawArg::buffer(x), RawArg::buffer(y), wrong}); });
}

TEST(Cpu, OneRuntimeServesManyThreads) {
  auto rt = cpu();
  std::array<std::vector<float>, 4> results;
  {
    std::vector<std::jthread> threads;
    for (std::size_t t = 0; t < results.size(); ++t)
      threads.emplace_back([&, t] {
        auto y = rt.alloc<float>(1000);
        const auto x = rt.upload<float>(std::vector<float>(1000, static_cast<float>(t)));
        for (int turn = 0; turn < 50; ++turn)
          rt.run(m::saxpy, {.threads = 1000}, x, y, 1.0f);
        results[t] = y.download();
      });
  }
  for (std::size_t t = 0; t < results.size(); ++t)
    EXPECT_EQ(results[t], std::vector<float>(1000, 50.0f * static_cast<float>(t)));
}

TEST(Buffer, ConvertsRangesAndChecksSizes) {
  auto rt = cpu();
  EXPECT_EQ(rt.upload<double>(std::list<int>{1, 2, 3}).download(), (std::vector<double>{1, 2, 3}));
  EXPECT_EQ(rt.upload<bool>(std::vector<bool>{true, false}).download(),
            (std::vector<bool>{true, false}));
  auto grid = rt.upload<int>({1, 2, 3, 4, 5, 6}, {3, 2});
  EXPECT_EQ(grid.extents(), Extents(3, 2));
  grid.upload(std::array{6, 5, 4, 3, 2, 1});
  EXPECT_EQ(grid.download().front(), 6);
  expect_error(ErrorCode::invalid_argument, {"2 elements", "6"},
               [&] { grid.upload(std::array{1, 2}); });
  expect_error(ErrorCode::invalid_argument, {"7 elements", "6"},
               [&] { grid.upload(std::list<int>(7)); });
  expect_error(ErrorCode::invalid_argument, {"3 x 1 x 1"}, [&] { rt.upload<int>({1, 2}, {3}); });
  EXPECT_EQ(rt.alloc<int>(3).download(), (std::vector<int>{0, 0, 0}));
}

TEST(Buffer, MovesAndOutlivesItsRuntime) {
  Buffer<int> kept;
  {
    auto rt = cpu();
    auto made = rt.upload<int>({1, 2, 3});
    kept = std::move(made);
    EXPECT_EQ(made.size(), 0u); // NOLINT(bugprone-use-after-move): empty by contract
  }
  EXPECT_EQ(kept.download(), (std::vector<int>{1, 2, 3}));
}

TEST(Runtime, NamesTheDevicesWhenNoneFits) {
  expect_error(ErrorCode::no_device, {"named 'no such thing'", "[0] "},
               [] { Runtime::create({.backend = Backend::cpu, .device = "no such thing"}); });
  expect_error(ErrorCode::no_device, {"number 7"},
               [] { Runtime::create({.backend = Backend::cpu, .device = 7}); });
  EXPECT_EQ(Runtime::create({.backend = Backend::cpu, .device = 0}).device().backend, Backend::cpu);
  const Result<Runtime> none =
      Runtime::try_create({.backend = Backend::cpu, .device = "no such thing"});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code(), ErrorCode::no_device);
}

TEST(Runtime, ListsTheCpu) {
  const std::vector<DeviceInfo> all = devices();
  ASSERT_FALSE(all.empty());
  EXPECT_EQ(all.back().backend, Backend::cpu);
  EXPECT_GT(all.back().memory_bytes, 0u);
}

} // namespace
} // namespace ring::test
