// Each test runs on every device of this machine, under both schedules:
//
//   ACTOR_TEST(Counter, KeepsItsState) { auto counter = launch(counter::Counter, {}, 0u, ...); ...
//   }
#pragma once

#include <ring/runtime.h>

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace ring::actors {

using namespace std::chrono_literals;

struct Place {
  std::string device; // cpu, lavapipe, swiftshader, cuda_shim (CUDA without a GPU), cuda
  Schedule schedule = Schedule::bounded;
};

std::vector<Place> all_places();
std::string name_of(const testing::TestParamInfo<Place>& place);

/// Skips, or fails with RINGCC_REQUIRE_ALL_EXECUTORS=1, where the device is missing.
class OnEveryPlace : public testing::TestWithParam<Place> {
protected:
  void SetUp() override;
  void TearDown() override;

  /// The process's runtime for this device: devices and compiled modules are kept from test to
  /// test.
  Runtime& runtime() { return *runtime_; }
  /// One of its own, for tests that shut it down.
  Runtime new_runtime(std::size_t actor_memory = 0);
  /// Options with this test's schedule.
  LaunchOptions options(LaunchOptions other = {}) const {
    other.schedule = GetParam().schedule;
    return other;
  }
  template <class ActorType, class... Args>
  auto launch(const ActorType& actor, LaunchOptions other = {}, Args&&... args) {
    return runtime().launch(actor, options(std::move(other)), std::forward<Args>(args)...);
  }
  bool is_on(std::string_view device) const { return GetParam().device == device; }

private:
  Runtime* runtime_ = nullptr;
};

/// What an actor counts once it has nothing left to do. An answer comes before the message that it
/// answers is counted.
ActorMetrics settled(const RawActorHandle& actor);

/// The code of the error, or a failure.
template <class Function> ErrorCode code_of(Function&& function, std::string* text = nullptr) {
  try {
    function();
  } catch (const Error& error) {
    if (text) *text = error.what();
    return error.code();
  }
  ADD_FAILURE() << "no error was thrown";
  return ErrorCode::no_device;
}

} // namespace ring::actors

#define ACTOR_SUITE(suite)                                                                         \
  class suite : public ring::actors::OnEveryPlace {};                                              \
  INSTANTIATE_TEST_SUITE_P(At, suite, testing::ValuesIn(ring::actors::all_places()),               \
                           ring::actors::name_of)
