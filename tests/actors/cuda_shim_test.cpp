// What only the CUDA backend does with persistent actors: room on the device, pauses for what waits
// until the device is idle, and that it gives everything back. All other tests run there too.
#include "fixture.h"

#include "counter.ring.h"
#include "echo.ring.h"
#include "ledger.ring.h"
#include "pagerank.ring.h"

#include <array>
#include <dlfcn.h>
#include <thread>

namespace ring::actors {
namespace {

class CudaShim : public OnEveryPlace {
protected:
  /// A number that the driver without a GPU gives about itself.
  static int ask_driver(const char* what) {
    void* const driver = dlopen("libcuda.so.1", RTLD_NOW);
    const auto function = reinterpret_cast<int (*)()>(dlsym(driver, what));
    return function ? function() : -1;
  }
  void TearDown() override {
    OnEveryPlace::TearDown();
    if (IsSkipped()) return;
    EXPECT_EQ(ask_driver("fake_cuda_would_hang"), 0);
  }
};
INSTANTIATE_TEST_SUITE_P(At, CudaShim,
                         testing::Values(Place{"cuda_shim", Schedule::persistent},
                                         Place{"cuda_shim", Schedule::bounded}),
                         name_of);

constexpr std::array<float, 3> kWeights{9, 2, 9};

std::uint32_t count_of(auto& counter) {
  return counter.template call<counter::Count>(counter::Ask{}).get(30s).value;
}

TEST_P(CudaShim, ALaunchThatDoesNotFit) {
  if (GetParam().schedule != Schedule::persistent) GTEST_SKIP() << "only those stay on the device";
  // Actors of different budgets have a kernel each, of one block; the device takes 8.
  constexpr std::uint32_t kRoom = 8;
  Runtime rt = new_runtime();
  const auto launch_one = [&](std::uint32_t i) {
    return rt.launch(counter::Counter,
                     options({.name = "counter " + std::to_string(i), .budget = 1 + i}), i,
                     kWeights);
  };
  std::vector<decltype(launch_one(0))> counters;
  for (std::uint32_t i = 0; i < kRoom; ++i)
    counters.push_back(launch_one(i));
  std::string text;
  EXPECT_EQ(code_of([&] { launch_one(kRoom); }, &text), ErrorCode::grid_too_large);
  for (const char* part : {"'counter_persistent'", "1 blocks", "room for 0", "hold 8", "bounded"})
    EXPECT_NE(text.find(part), std::string::npos) << part << " is not in: " << text;
  for (std::uint32_t i = 0; i < kRoom; ++i)
    EXPECT_EQ(count_of(counters[i]), i) << "the others are as they were";

  counters.back().terminate();
  counters.pop_back();
  rt.list(); // forgets who has ended
  auto another = launch_one(kRoom);
  EXPECT_EQ(count_of(another), kRoom);
}

TEST_P(CudaShim, OtherModulesAreLoadedWhileMessagesFlow) {
  Runtime rt = new_runtime();
  auto counter = rt.launch(counter::Counter, options(), 0u, kWeights);
  std::atomic<bool> enough = false;
  std::uint32_t sent = 0;
  std::thread sender([&] {
    while (!enough || sent < 100) {
      counter.send(counter::Add{1});
      ++sent;
      if (sent % 16 == 0) count_of(counter);
    }
  });
  auto adder = rt.launch(::echo::add, options());
  auto ledger = rt.launch(::ledger::Ledger, options());
  std::vector<float> values(1000, 0.25f);
  for (int i = 0; i < 10; ++i) {
    auto buffer = rt.upload<float>(values);
    EXPECT_EQ(buffer.download(), values);
  }
  enough = true;
  sender.join();
  adder.send(::echo::Pair{1, 2});
  EXPECT_EQ(adder.receive<::echo::Sum>(30s).value, 3);
  const auto balance = ledger.call<::ledger::Balance>(::ledger::Deposit{1, 2.0f}).get(30s);
  EXPECT_EQ(balance.amount, 2.0f);
  EXPECT_EQ(count_of(counter), 2 * sent) << "no message was lost or handled twice";
  EXPECT_EQ(counter.call<counter::Count>(counter::Ask{}).get(30s).starts, 1u);
}

TEST_P(CudaShim, GivesEverythingBack) {
  const int before = ask_driver("fake_cuda_leaks");
  {
    Runtime rt = new_runtime();
    auto rank = rt.alloc<float>(4);
    auto counter = rt.launch(counter::Counter, options(), 0u, kWeights);
    auto ledger = rt.launch(::ledger::Ledger, options());
    counter.send(counter::Add{1});
    EXPECT_EQ(count_of(counter), 2u);
  }
  EXPECT_EQ(ask_driver("fake_cuda_leaks"), before);
}

} // namespace
} // namespace ring::actors
