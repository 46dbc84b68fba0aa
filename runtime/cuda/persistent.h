// Kernels that run until they are told to end: room for them on the device, and pauses.
//
// A persistent kernel never lets the device become idle, and some calls of the driver may wait
// until it is: loading code, allocating host memory, freeing. Such a call is made while the kernels
// pause:
//
//   Result<PersistentKernels::Pause> pause = kernels.pause("loading module 'm'");
//   if (!pause) return pause.error();
//   api.cuModuleLoadData(...);  // the kernels go on at the end of the scope
#pragma once

#include "core/device.h"
#include "cuda/context.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ring::runtime::cuda {

/// Grid, block and arguments of a launch, copied, as cuLaunchKernel takes them.
struct PackedLaunch {
  PackedLaunch(const Launch& launch, CUfunction function);
  PackedLaunch(PackedLaunch&&) = default;

  CUfunction function;
  unsigned grid[3];
  unsigned block[3];
  std::vector<std::vector<std::byte>> values;
  std::vector<void*> params;
};

/// All of this process on one device. Any thread may call any member; no context need be current.
class PersistentKernels : public std::enable_shared_from_this<PersistentKernels> {
public:
  /// While it lives no kernel runs and none is started.
  class Pause {
  public:
    Pause() = default; // of nothing
    explicit Pause(PersistentKernels* kernels) : kernels_(kernels) {}
    Pause(Pause&& other) noexcept : kernels_(std::exchange(other.kernels_, nullptr)) {}
    Pause& operator=(Pause&& other) noexcept {
      std::swap(kernels_, other.kernels_);
      return *this;
    }
    ~Pause() {
      if (kernels_) kernels_->resume();
    }

  private:
    PersistentKernels* kernels_ = nullptr;
  };

  /// Those of that device: it is shared by all who have opened it.
  static Result<std::shared_ptr<PersistentKernels>> of_device(const DeviceInfo& info);
  PersistentKernels(const PersistentKernels&) = delete;
  PersistentKernels& operator=(const PersistentKernels&) = delete;

  /// Error{grid_too_large} with the numbers if not all blocks can be resident beside those of the
  /// others. The kernel keeps `keep` and `device` until it has ended. With `pauses` the others
  /// pause as it is launched.
  Result<std::unique_ptr<RunningKernel>> start(PackedLaunch launch, std::string what, bool pauses,
                                               StopSwitch stop, std::shared_ptr<const void> keep,
                                               std::shared_ptr<Device> device);
  /// Error{timeout} if one of them does not end its turn in time; then all go on.
  Result<Pause> pause(const std::string& what);
  /// Never waits: none if a kernel runs, or somebody else has a pause.
  std::optional<Pause> pause_if_idle();
  /// An error once one of them has failed, which in CUDA ends all that runs on the device.
  Status usable() const { return context_->usable(); }

private:
  struct Resident;
  class Handle;

  explicit PersistentKernels(std::unique_ptr<Context> context) : context_(std::move(context)) {}
  CUresult launch(Resident& resident);
  void look(Resident& resident);
  void resume();
  Status admit(const Resident& wanted);
  std::shared_ptr<const void> take_keep(Resident& resident);

  const std::unique_ptr<Context> context_; // of its own
  std::mutex pause_mutex_; // taken first: one pause at a time, and no start meanwhile
  std::mutex mutex_;
  std::vector<std::shared_ptr<Resident>> residents_; // guarded by mutex_, and what they point to
  bool pausing_ = false;                             // guarded by mutex_
};

} // namespace ring::runtime::cuda
