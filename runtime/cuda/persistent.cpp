#include "cuda/persistent.h"

#include <ring/abi/span_view.h>

#include "cuda/memory.h"

#include <algorithm>
#include <map>
#include <optional>
#include <thread>

namespace ring::runtime::cuda {
namespace {

using Clock = std::chrono::steady_clock;

/// How long a pause waits for kernels that are in the middle of their work.
constexpr std::chrono::seconds kPauseTimeout{5};

/// Sleeps longer the longer something takes: a stop is seen within microseconds, and what takes
/// seconds does not keep a processor busy.
void back_off(Clock::time_point begin) {
  const auto elapsed = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin);
  if (elapsed < std::chrono::microseconds(100)) return std::this_thread::yield();
  constexpr std::chrono::microseconds kShortest{20};
  constexpr std::chrono::microseconds kLongest{1000};
  std::this_thread::sleep_for(std::clamp(elapsed / 8, kShortest, kLongest));
}

unsigned long long count(const unsigned (&size)[3]) { return 1ULL * size[0] * size[1] * size[2]; }

} // namespace

PackedLaunch::PackedLaunch(const Launch& launch, CUfunction f) : function(f) {
  for (int axis = 0; axis < 3; ++axis) {
    grid[axis] = static_cast<unsigned>(launch.blocks[axis]);
    block[axis] = launch.kernel.block[axis];
  }
  for (const LaunchArg& arg : launch.args) {
    if (arg.memory) {
      const abi::SpanView view{static_cast<CudaMemory*>(arg.memory)->address(), arg.count};
      const auto bytes = std::as_bytes(std::span(&view, 1));
      values.emplace_back(bytes.begin(), bytes.end());
    } else {
      values.emplace_back(arg.value.begin(), arg.value.end());
    }
  }
  for (std::vector<std::byte>& value : values)
    params.push_back(value.data());
}

/// A kernel that was started, from then until somebody has seen its end.
struct PersistentKernels::Resident {
  Resident(PackedLaunch l, std::string w, StopSwitch s)
      : launch(std::move(l)), what(std::move(w)), stop(std::move(s)) {}

  PackedLaunch launch;
  std::string what; // begins messages: "kernel 'f': "
  StopSwitch stop;
  std::shared_ptr<const void> keep;
  std::shared_ptr<Device> device;
  CUstream stream = nullptr;
  int per_multiprocessor = 0;  // so many blocks of it fit there at once
  bool asked_to_pause = false; // since it was last launched
  std::optional<Status> result;
};

class PersistentKernels::Handle : public RunningKernel {
public:
  Handle(std::shared_ptr<PersistentKernels> kernels, std::shared_ptr<Resident> resident)
      : kernels_(std::move(kernels)), resident_(std::move(resident)) {}

  bool has_ended() override {
    std::shared_ptr<const void> gone; // released after the lock
    const std::lock_guard lock(kernels_->mutex_);
    kernels_->look(*resident_);
    gone = kernels_->take_keep(*resident_);
    return resident_->result.has_value();
  }

  Status wait(std::chrono::milliseconds timeout) override {
    const Clock::time_point begin = Clock::now();
    while (!has_ended()) {
      // Compared in milliseconds: "for ever" is more nanoseconds than can be counted.
      if (std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin) >= timeout)
        return Error(ErrorCode::timeout, resident_->what + "it has not ended after " +
                                             std::to_string(timeout.count()) + " ms");
      back_off(begin);
    }
    const std::lock_guard lock(kernels_->mutex_);
    return *resident_->result;
  }

private:
  std::shared_ptr<PersistentKernels> kernels_;
  std::shared_ptr<Resident> resident_;
};

// The room of a device is all its users' (rule 7 of the protocol), and a pause concerns all of
// them, so this is one of the few things that a process has one of.
Result<std::shared_ptr<PersistentKernels>> PersistentKernels::of_device(const DeviceInfo& info) {
  static std::mutex mutex;
  static std::map<std::uint32_t, std::weak_ptr<PersistentKernels>> of_devices;
  const std::lock_guard lock(mutex);
  std::weak_ptr<PersistentKernels>& known = of_devices[info.index];
  if (auto kernels = known.lock()) return kernels;
  Result<std::unique_ptr<Context>> context = Context::create(info);
  if (!context) return context.error();
  std::shared_ptr<PersistentKernels> made(new PersistentKernels(std::move(*context)));
  known = made;
  return made;
}

CUresult PersistentKernels::launch(Resident& resident) {
  PackedLaunch& l = resident.launch;
  return context_->api().cuLaunchCooperativeKernel(l.function, l.grid[0], l.grid[1], l.grid[2],
                                                   l.block[0], l.block[1], l.block[2], 0,
                                                   resident.stream, l.params.data());
}

/// Learns whether it has ended, and launches it again if it only ended for a pause that is over.
void PersistentKernels::look(Resident& resident) {
  if (resident.result) return;
  if (context_->abandoned()) {
    resident.result = context_->usable();
    return;
  }
  const Context::Current current(*context_);
  const CUresult r = context_->api().cuStreamQuery(resident.stream);
  if (r == kNotReady) return;
  if (r != kSuccess) {
    context_->abandon();
    resident.result = context_->api().error_of(r, resident.what + "the device stopped it");
    return;
  }
  if (resident.asked_to_pause) {
    if (pausing_) return;
    if (resident.stop(false)) {
      resident.asked_to_pause = false;
      const CUresult again = launch(resident);
      if (again == kSuccess) return;
      resident.result =
          context_->api().error_of(again, resident.what + "it cannot go on after a pause");
    }
  }
  context_->api().cuStreamDestroy_v2(resident.stream);
  if (!resident.result) resident.result = Success{};
}

/// What is to be released when the locks are: it may own the device and buffers.
std::shared_ptr<const void> PersistentKernels::take_keep(Resident& resident) {
  if (!resident.result || !resident.device) return nullptr;
  std::erase_if(residents_, [&](const auto& each) { return each.get() == &resident; });
  using Kept = std::pair<std::shared_ptr<const void>, std::shared_ptr<Device>>;
  return std::make_shared<Kept>(std::move(resident.keep), std::move(resident.device));
}

std::optional<PersistentKernels::Pause> PersistentKernels::pause_if_idle() {
  if (!pause_mutex_.try_lock()) return std::nullopt;
  Pause pause(this); // unlocks it
  const std::lock_guard lock(mutex_);
  for (const auto& each : residents_) {
    look(*each);
    if (!each->result) return std::nullopt;
  }
  return pause;
}

/// A block of which m fit into a multiprocessor takes at most 1/m of anything there, so beside n
/// such blocks, wherever they are, at least k - ceil(n * k / m) blocks fit of which k fit alone.
Status PersistentKernels::admit(const Resident& wanted) {
  const auto multiprocessors =
      static_cast<unsigned long long>(context_->attribute(kMultiprocessorCount));
  const auto each = static_cast<unsigned long long>(wanted.per_multiprocessor);
  unsigned long long taken = 0;
  for (const auto& other : residents_) {
    if (other->result) continue;
    const auto fit = static_cast<unsigned long long>(other->per_multiprocessor);
    taken += count(other->launch.grid) * ((each + fit - 1) / fit);
  }
  const unsigned long long room = multiprocessors * each - std::min(multiprocessors * each, taken);
  const unsigned long long blocks = count(wanted.launch.grid);
  if (each != 0 && blocks <= room) return Success{};
  return Error(ErrorCode::grid_too_large,
               wanted.what + std::to_string(blocks) + " blocks of " +
                   std::to_string(count(wanted.launch.block)) +
                   " threads must be resident at once, but device '" + context_->info().name +
                   "' has room for " + std::to_string(room) + ": " +
                   std::to_string(multiprocessors) + " multiprocessors take " +
                   std::to_string(each) + " each, and other persistent kernels hold " +
                   std::to_string(taken) +
                   ". Use fewer blocks, end other actors, or use Schedule::bounded");
}

Result<std::unique_ptr<RunningKernel>>
PersistentKernels::start(PackedLaunch packed, std::string what, bool pauses, StopSwitch stop,
                         std::shared_ptr<const void> keep, std::shared_ptr<Device> device) {
  std::vector<std::shared_ptr<const void>> gone; // released after the locks
  std::optional<Pause> paused;
  if (pauses) {
    Result<Pause> pause = this->pause("the launch of " + what);
    if (!pause) return pause.error();
    paused.emplace(std::move(*pause));
  } else {
    pause_mutex_.lock();
    paused.emplace(this); // no pause, but none begins
  }
  const std::lock_guard lock(mutex_);
  for (const auto& each : std::vector(residents_)) {
    look(*each);
    gone.push_back(take_keep(*each));
  }
  const Context::Current current(*context_);
  const DriverApi& api = context_->api();
  auto resident = std::make_shared<Resident>(std::move(packed), std::move(what), std::move(stop));
  const int threads = static_cast<int>(count(resident->launch.block));
  CUresult r = api.cuOccupancyMaxActiveBlocksPerMultiprocessor(
      &resident->per_multiprocessor, resident->launch.function, threads, 0);
  if (r != kSuccess) return api.error_of(r, resident->what + "asking how much of it fits");
  if (Status s = admit(*resident); !s) return s.error();

  r = api.cuStreamCreate(&resident->stream, kStreamNonBlocking);
  if (r != kSuccess) return api.error_of(r, resident->what + "making a stream");
  r = launch(*resident);
  if (r != kSuccess) {
    api.cuStreamDestroy_v2(resident->stream);
    return api.error_of(r, resident->what + "the launch was refused",
                        r == kCooperativeLaunchTooLarge ? ErrorCode::grid_too_large
                                                        : ErrorCode::launch_failed);
  }
  resident->keep = std::move(keep);
  resident->device = std::move(device);
  residents_.push_back(resident);
  return std::unique_ptr<RunningKernel>(
      std::make_unique<Handle>(shared_from_this(), std::move(resident)));
}

Result<PersistentKernels::Pause> PersistentKernels::pause(const std::string& what) {
  pause_mutex_.lock(); // resume() unlocks it
  const Clock::time_point begin = Clock::now();
  {
    const std::lock_guard lock(mutex_);
    pausing_ = true;
    for (const auto& each : residents_) {
      each->asked_to_pause = true;
      each->stop(true);
    }
  }
  for (;;) {
    std::string busy;
    {
      const std::lock_guard lock(mutex_);
      const Context::Current current(*context_);
      for (const auto& each : residents_)
        if (!each->result && context_->api().cuStreamQuery(each->stream) == kNotReady)
          busy = each->what;
    }
    if (busy.empty()) return Pause(this);
    if (Clock::now() - begin >= kPauseTimeout) {
      resume();
      return Error(ErrorCode::timeout, busy + "a handler runs on, and " + what +
                                           " needs a pause of the device; do it before the "
                                           "actors are launched, or make the handler shorter");
    }
    back_off(begin);
  }
}

void PersistentKernels::resume() {
  {
    const std::lock_guard lock(mutex_);
    pausing_ = false;
    for (const auto& each : residents_) {
      each->stop(false); // for those that have not seen that they should pause
      look(*each);
    }
  }
  pause_mutex_.unlock();
}

} // namespace ring::runtime::cuda
