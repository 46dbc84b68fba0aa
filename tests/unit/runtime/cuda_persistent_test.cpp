// Kernels of the CUDA backend that run on, over fake_cuda/driver.cpp: room for them, and that
// nothing else waits until they end.
#include "core/device.h"
#include "cuda/cuda_device.h"
#include "expect_error.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstring>
#include <dlfcn.h>

namespace ring::test {
namespace {

using namespace std::chrono_literals;
using namespace runtime;

constexpr unsigned char kFatbin[] = {'F', 'A', 'K', 'E'};

enum Attribute {
  kMultiprocessors = 16,
  kWatchdog = 17,
  kConcurrent = 31,
  kUnified = 41,
  kHostAtomics = 86,
  kManagedAccess = 89,
  kCooperative = 95,
  kPools = 115
};

template <class Function> Function in_driver(const char* name) {
  void* const driver = dlopen("libcuda.so.1", RTLD_NOW);
  return reinterpret_cast<Function>(dlsym(driver, name));
}
void set_attribute(Attribute which, int value) {
  in_driver<void (*)(int, int)>("fake_cuda_set_attribute")(which, value);
}
int leaks() { return in_driver<int (*)()>("fake_cuda_leaks")(); }
int would_hang() { return in_driver<int (*)()>("fake_cuda_would_hang")(); }

/// A kernel that runs until words[0] is set, and the words that tell of it.
struct Started {
  enum Word { stop, launched, ended, busy };

  std::uint32_t at(Word word) const { return load(word).load(); }
  void set(Word word, std::uint32_t value) const { load(word) = value; }
  std::atomic_ref<std::uint32_t> load(Word word) const {
    return std::atomic_ref(reinterpret_cast<std::uint32_t*>(words->host.data())[word]);
  }
  void wait_for(Word word, std::uint32_t value) const {
    for (int i = 0; i < 5000 && at(word) != value; ++i)
      std::this_thread::sleep_for(1ms);
    EXPECT_EQ(at(word), value);
  }
  void end() const {
    is_ending->store(true);
    set(stop, 1);
    const Status status = kernel->wait(5s);
    EXPECT_TRUE(status) << status.error().what();
  }

  std::shared_ptr<SharedMemory> words;
  std::shared_ptr<std::atomic<bool>> is_ending = std::make_shared<std::atomic<bool>>(false);
  std::unique_ptr<RunningKernel> kernel;
};

class CudaPersistent : public testing::Test {
protected:
  CudaPersistent() {
    in_driver<void (*)()>("fake_cuda_reset")();
    device = open();
  }
  void TearDown() override { EXPECT_EQ(would_hang(), 0); }

  KernelImage kernel_named(std::string_view name) {
    return {.name = name, .targets = {Target::cuda}};
  }
  std::shared_ptr<Device> open() {
    auto device = cuda::open_device(cuda::list_devices().devices.at(0));
    return *device;
  }

  template <std::size_t N>
  Launch launch(std::string_view name, std::uint64_t blocks, const std::array<LaunchArg, N>& args) {
    for (const KernelImage& kernel : kernels)
      if (kernel.name == name) return {*module, kernel, {blocks, 1, 1}, args, 5s};
    throw std::logic_error("no such kernel");
  }

  Result<Started> try_start(std::uint64_t blocks = 1, std::string_view name = "persist") {
    Started started;
    auto words = device->allocate_shared(64);
    if (!words) return words.error();
    started.words = std::make_shared<SharedMemory>(std::move(*words));
    const std::array<LaunchArg, 1> args{LaunchArg{started.words->memory.get(), 16, {}}};
    auto kernel =
        device->start(launch(name, blocks, args), started.words,
                      [words = started.words.get(), is_ending = started.is_ending](bool stop) {
                        auto* first = reinterpret_cast<std::uint32_t*>(words->host.data());
                        std::atomic_ref<std::uint32_t>{*first}.store(stop || *is_ending ? 1 : 0);
                        return !*is_ending;
                      });
    if (!kernel) return kernel.error();
    started.kernel = std::move(*kernel);
    return started;
  }
  Started start(std::uint64_t blocks = 1, std::string_view name = "persist") {
    Result<Started> started = try_start(blocks, name);
    if (!started) throw started.error();
    return std::move(*started);
  }

  /// y += 2 x through the whole backend.
  void run(std::string_view name) {
    const float ones[4] = {1, 2, 3, 4};
    float result[4] = {};
    const float factor = 2;
    auto x = device->allocate(sizeof ones);
    auto y = device->allocate(sizeof ones);
    ASSERT_TRUE(x && y);
    EXPECT_TRUE(device->upload(**x, std::as_bytes(std::span(ones))));
    const std::array<LaunchArg, 3> args{
        LaunchArg{x->get(), 4, {}}, LaunchArg{y->get(), 4, {}},
        LaunchArg{nullptr, 0, std::as_bytes(std::span(&factor, 1))}};
    const Status ran = device->run(launch(name, 4, args));
    EXPECT_TRUE(ran) << ran.error().what();
    EXPECT_TRUE(device->download(**y, std::as_writable_bytes(std::span(result))));
    EXPECT_EQ(result[3], 8);
  }

  std::vector<KernelImage> kernels = [this] {
    std::vector<KernelImage> all;
    for (const char* name : {"saxpy", "persist", "persist_alone", "deep", "crash"})
      all.push_back(kernel_named(name));
    return all;
  }();
  std::unique_ptr<ModuleImage> module = std::make_unique<ModuleImage>(
      ModuleImage{.name = "m", .kernels = kernels, .cuda_fatbin = kFatbin});
  std::shared_ptr<Device> device;
};

TEST_F(CudaPersistent, RunsBesideOtherWork) {
  EXPECT_EQ(device->why_not_persistent(), "");
  run("saxpy"); // so that its code is loaded
  const Started started = start();
  started.wait_for(Started::launched, 1);
  run("saxpy");
  EXPECT_FALSE(started.kernel->has_ended());
  EXPECT_EQ(started.at(Started::launched), 1u) << "nothing of this needed a pause";
  started.end();
  EXPECT_TRUE(started.kernel->has_ended());
  EXPECT_EQ(started.at(Started::ended), 1u);
}

TEST_F(CudaPersistent, PausesWhileCodeIsLoaded) {
  const Started started = start();
  const Started second = start();
  started.wait_for(Started::launched, 2); // a pause for the words of the second
  run("saxpy");
  started.wait_for(Started::launched, 3);
  second.wait_for(Started::launched, 2);
  EXPECT_FALSE(started.kernel->has_ended());
  run("deep"); // once to load it, once because it needs more local memory than any before
  started.wait_for(Started::launched, 5);
  run("deep");
  EXPECT_EQ(started.at(Started::launched), 5u);
  EXPECT_EQ(started.at(Started::ended), 4u);
  started.end();
  second.end();
}

TEST_F(CudaPersistent, PausesForMemoryThatAPoolDoesNotGive) {
  device.reset();
  const int before = leaks();
  set_attribute(kPools, 0);
  device = open();
  run("saxpy");
  {
    const Started started = start();
    const auto shared = device->allocate_shared(64);
    started.wait_for(Started::launched, 2);
    const auto own = device->allocate(64);
    started.wait_for(Started::launched, 3);
    started.end();
  }
  device.reset();
  EXPECT_EQ(leaks(), before);
}

TEST_F(CudaPersistent, FreesWhatIsSharedWhenNothingRunsAnyMore) {
  run("saxpy");
  const int before = leaks();
  auto started = std::make_unique<Started>(start());
  started->wait_for(Started::launched, 1);
  { const auto shared = device->allocate_shared(64); }
  started->wait_for(Started::launched, 2);
  started->end();
  started.reset();
  EXPECT_EQ(leaks(), before);
}

TEST_F(CudaPersistent, SomebodyWhoEndsDuringAPauseStaysEnded) {
  const Started started = start();
  started.wait_for(Started::launched, 1);
  started.is_ending->store(true); // as Crew::stop() does, whose flag the pause has already set
  run("saxpy");
  const Status status = started.kernel->wait(5s);
  EXPECT_TRUE(status) << status.error().what();
  EXPECT_EQ(started.at(Started::launched), 1u);
}

TEST_F(CudaPersistent, NoPauseWhileAHandlerRunsOn) {
  const Started started = start();
  started.wait_for(Started::launched, 1);
  started.set(Started::busy, 1);
  const std::array<LaunchArg, 3> args{};
  const Status refused = device->run(launch("saxpy", 1, args));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code(), ErrorCode::timeout);
  EXPECT_NE(std::string(refused.error().what()).find("'persist'"), std::string::npos)
      << refused.error().what();
  started.set(Started::busy, 0);
  run("saxpy");
  EXPECT_FALSE(started.kernel->has_ended());
  started.end();
}

TEST_F(CudaPersistent, RefusesWhatDoesNotFit) { // 4 multiprocessors take 2 blocks each
  expect_error(ErrorCode::grid_too_large,
               {"'persist'", "9 blocks", "room for 8", "4 multiprocessors", "2 each", "hold 0"},
               [&] { start(9); });
  const Started five = start(5);
  expect_error(ErrorCode::grid_too_large, {"4 blocks", "room for 3", "hold 5"}, [&] { start(4); });
  const Started three = start(3);
  five.end();
  expect_error(ErrorCode::grid_too_large, {"'persist_alone'", "2 blocks", "room for 1", "hold 3"},
               [&] { start(2, "persist_alone"); });
  const Started alone = start(1, "persist_alone");
  // A block of it may stand where two of the others would.
  expect_error(ErrorCode::grid_too_large, {"4 blocks", "room for 3", "hold 5"}, [&] { start(4); });
  three.end();
  alone.end();
  start(8).end();
}

TEST_F(CudaPersistent, SharesTheDeviceWithOthersWhoHaveOpenedIt) {
  const std::shared_ptr<Device> first = device;
  const Started five = start(5);
  device = open();
  expect_error(ErrorCode::grid_too_large, {"4 blocks", "room for 3", "hold 5"}, [&] { start(4); });
  const std::uint32_t before = 3; // pauses for the words and for the code of who was refused
  five.wait_for(Started::launched, before);
  run("saxpy"); // loads code
  five.wait_for(Started::launched, before + 1);
  { const auto late = device->allocate_shared(64); }
  five.wait_for(Started::launched, before + 2);
  device.reset(); // unloads it, and frees what could not be freed at once
  five.wait_for(Started::launched, before + 4);
  EXPECT_FALSE(five.kernel->has_ended());
  five.end();
}

TEST_F(CudaPersistent, NeverWaitsForEver) {
  const Started started = start();
  expect_error(ErrorCode::timeout, {"'persist'", "20 ms"}, [&] {
    if (const Status status = started.kernel->wait(20ms); !status) throw status.error();
  });
  EXPECT_FALSE(started.kernel->has_ended());
  started.end();
}

TEST_F(CudaPersistent, KeepsItsMemoryAndItsDeviceUntilItHasEnded) {
  Started started = start();
  started.wait_for(Started::launched, 1);
  const std::weak_ptr<SharedMemory> words = started.words;
  const std::weak_ptr<Device> weak = device;
  started.kernel.reset();
  started.words.reset();
  device.reset();
  ASSERT_TRUE(words.lock() && weak.lock());
  device = weak.lock();
  started.is_ending->store(true);
  started.words = words.lock();
  started.set(Started::stop, 1);
  started.wait_for(Started::ended, 1);
  started.words.reset();
  for (int i = 0; i < 100 && words.lock(); ++i) // whoever starts the next one looks after it
    start().end();
  EXPECT_FALSE(words.lock());
}

TEST_F(CudaPersistent, ReportsACrash) {
  auto x = device->allocate(16);
  const float factor = 2;
  const std::array<LaunchArg, 3> args{LaunchArg{x->get(), 4, {}}, LaunchArg{x->get(), 4, {}},
                                      LaunchArg{nullptr, 0, std::as_bytes(std::span(&factor, 1))}};
  auto kernel = device->start(launch("crash", 1, args), nullptr, [](bool) { return true; });
  ASSERT_TRUE(kernel);
  expect_error(ErrorCode::launch_failed, {"'crash'", "CUDA_ERROR_ILLEGAL_ADDRESS"}, [&] {
    if (const Status status = (*kernel)->wait(5s); !status) throw status.error();
  });
  const auto refused = device->allocate(16);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code(), ErrorCode::device_lost);
}

TEST_F(CudaPersistent, SaysWhyNot) {
  const auto refused = [&](std::string_view why) {
    device = open();
    EXPECT_NE(device->why_not_persistent().find(why), std::string::npos)
        << device->why_not_persistent();
    expect_error(ErrorCode::unsupported, {"'persist'", "Schedule::bounded"}, [&] { start(); });
  };
  set_attribute(kCooperative, 0);
  refused("cooperative");
  set_attribute(kCooperative, 1);
  set_attribute(kUnified, 0);
  refused("host's memory");
  set_attribute(kUnified, 1);
  set_attribute(kConcurrent, 0);
  refused("one kernel at a time");
  set_attribute(kConcurrent, 1);
  set_attribute(kWatchdog, 1);
  refused("watchdog");
  set_attribute(kWatchdog, 0);
  set_attribute(kManagedAccess, 0);
  refused("change a word");
  set_attribute(kHostAtomics, 1); // then the host's own memory will do
  device = open();
  start().end();
}

} // namespace
} // namespace ring::test
