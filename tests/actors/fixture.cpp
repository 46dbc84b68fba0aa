#include "fixture.h"

#include "echo.ring.h"
#include "environment.h"

#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <thread>
#include <utility>

namespace ring::actors {
namespace {

RuntimeOptions options_of(const std::string& device) {
  if (device == "cpu") return {.backend = Backend::cpu};
  if (device == "lavapipe") return {.backend = Backend::vulkan, .device = "llvmpipe"};
  if (device == "cuda_shim") return {.backend = Backend::cuda, .device = "Imaginary GPU"};
  if (device == "cuda") return {.backend = Backend::cuda};
  return {.backend = Backend::vulkan, .device = "SwiftShader"};
}

bool are_all_required() {
  const char* const value = std::getenv("RINGCC_REQUIRE_ALL_EXECUTORS");
  return value && std::strcmp(value, "1") == 0;
}

std::map<std::string, Result<Runtime>>& runtimes() {
  static std::map<std::string, Result<Runtime>> all;
  return all;
}

/// Before main ends, for a driver that was loaded later than `all` was made is gone before it.
class ClosesRuntimes : public testing::Environment {
public:
  void TearDown() override { runtimes().clear(); }
};
const testing::Environment* const kClosesRuntimes =
    testing::AddGlobalTestEnvironment(new ClosesRuntimes);

Result<Runtime>& runtime_of(const std::string& device) {
  const auto found = runtimes().find(device);
  if (found != runtimes().end()) return found->second;
  exec::use_software_vulkan();
  exec::provide_runtime_dir();
  return runtimes().emplace(device, Runtime::try_create(options_of(device))).first->second;
}

/// Empty, or why the device cannot have that schedule.
std::string refusal(Runtime& runtime, const Place& place) {
  static std::map<std::pair<std::string, Schedule>, std::string> refusals;
  const auto [at, is_new] = refusals.try_emplace({place.device, place.schedule});
  if (is_new) {
    const auto probe = runtime.try_launch(::echo::add, {.schedule = place.schedule});
    if (!probe && probe.error().code() == ErrorCode::unsupported) at->second = probe.error().what();
    if (probe) runtime.find("adder").terminate();
  }
  return at->second;
}

} // namespace

std::vector<Place> all_places() {
  std::vector<Place> places;
  for (const char* device : {"cpu", "lavapipe", "swiftshader", "cuda_shim", "cuda"})
    for (const Schedule schedule : {Schedule::persistent, Schedule::bounded})
      places.push_back({device, schedule});
  return places;
}

std::string name_of(const testing::TestParamInfo<Place>& place) {
  return place.param.device + "_" + std::string(name_of(place.param.schedule));
}

void OnEveryPlace::SetUp() {
  Result<Runtime>& runtime = runtime_of(GetParam().device);
  if (runtime) {
    const std::string why_not = refusal(*runtime, GetParam());
    if (!why_not.empty()) GTEST_SKIP() << why_not;
    runtime_ = &*runtime;
    return;
  }
  // A GPU cannot be installed.
  if (are_all_required() && GetParam().device != "cuda") FAIL() << runtime.error().what();
  GTEST_SKIP() << runtime.error().what();
}

/// Whatever a test leaves behind ends with it.
void OnEveryPlace::TearDown() {
  if (!runtime_) return;
  for (const ActorInfo& actor : runtime_->list()) {
    // One that is about to end may be gone by now, or not to be told again.
    auto found = runtime_->try_find(actor.name);
    if (!found) continue;
    const Status ended = found->try_terminate(Terminate::dead_letter, 20s);
    EXPECT_TRUE(ended || ended.error().code() == ErrorCode::illegal_state) << ended.error().what();
  }
}

ActorMetrics settled(const RawActorHandle& actor) {
  ActorMetrics metrics = actor.metrics();
  for (int tries = 0; metrics.depth != 0 && tries < 5000; ++tries) {
    std::this_thread::sleep_for(1ms);
    metrics = actor.metrics();
  }
  return metrics;
}

Runtime OnEveryPlace::new_runtime(std::size_t actor_memory) {
  RuntimeOptions options = options_of(GetParam().device);
  options.actor_memory = actor_memory;
  return Runtime::create(options);
}

} // namespace ring::actors
