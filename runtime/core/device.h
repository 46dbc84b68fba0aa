// What a backend gives the runtime: an open device, its memory, and launches. Arguments have been
// checked against the image before they arrive here (core/launch.h).
#pragma once

#include <ring/device_info.h>
#include <ring/module_image.h>
#include <ring/result.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace ring::runtime {

/// An allocation on a device, released by its destructor. Only its own device may be given it.
class Memory : public std::enable_shared_from_this<Memory> {
public:
  virtual ~Memory() = default;
};

struct LaunchArg {
  Memory* memory = nullptr;         // of a span
  std::uint64_t count = 0;          // of a span: elements
  std::span<const std::byte> value; // of a scalar or a struct
};

struct Launch {
  const ModuleImage& module;
  const KernelImage& kernel;
  std::uint64_t blocks[3];         // none is 0
  std::span<const LaunchArg> args; // as KernelImage::params, the trap record included
  std::chrono::milliseconds timeout;
};

/// Memory that host and device see at once, for as long as it lives: all zero, aligned to 64.
struct SharedMemory {
  std::unique_ptr<Memory> memory;
  std::span<std::byte> host;
};

/// Asks a kernel that runs on to end its turn soon (true), or to run on (false). What it returns:
/// whether the kernel is to run on at all. May be called from any thread until the kernel has
/// ended.
using StopSwitch = std::function<bool(bool stop)>;

/// A kernel that runs until something in its memory tells it to stop. The destructor does not wait.
class RunningKernel {
public:
  virtual ~RunningKernel() = default;
  virtual bool has_ended() = 0;
  /// How it ended, or Error{timeout}.
  virtual Status wait(std::chrono::milliseconds timeout) = 0;
};

/// Where kernels cannot run on: a persistent kernel leaves by itself after one slice, or after so
/// many turns of its loop that found no work (ring/protocol/step.h).
struct Lease {
  std::uint32_t turns = 0; // 0: none, it runs on
  /// A slice is to be one event, which then has all that the device allows: one that copies a
  /// message of the largest size needs it.
  bool is_for_one_event = false;
};

/// Members may be called from any thread; a device orders what it must.
class Device {
public:
  virtual ~Device() = default;

  virtual const DeviceInfo& info() const = 0;
  /// At least `size` bytes, all zero. A size of 0 gives memory that can be bound all the same.
  virtual Result<std::unique_ptr<Memory>> allocate(std::size_t size) = 0;
  virtual Status upload(Memory& memory, std::span<const std::byte> bytes) = 0;
  virtual Status download(const Memory& memory, std::span<std::byte> bytes) = 0;
  /// Returns when the kernel has ended.
  virtual Status run(const Launch& launch) = 0;

  virtual Result<SharedMemory> allocate_shared(std::size_t size) = 0;
  /// Why kernels that run on are not what this device is made for; empty where they are.
  virtual std::string why_not_persistent() const = 0;
  /// Returns when the kernel runs; run() works meanwhile. The kernel holds `keep` for as long as it
  /// may touch its memory, even if nobody waits for it any more. The timeout is not looked at. A
  /// device may use `stop` to pause the kernel: it launches it again, with the same arguments.
  virtual Result<std::unique_ptr<RunningKernel>>
  start(const Launch& launch, std::shared_ptr<const void> keep, StopSwitch stop) = 0;
  /// For a persistent kernel. start() launches one that has a lease again whenever it has left,
  /// until `stop` says that it is not to run on.
  virtual Lease lease() const { return {}; }
  /// How many run_slice() may run at once.
  virtual unsigned slice_threads() const { return 1; }
  /// As run(), for a short kernel that is run again and again.
  virtual Status run_slice(const Launch& launch) { return run(launch); }
};

/// The devices of a backend in the order in which they are tried, or why there are none.
struct DeviceList {
  std::vector<DeviceInfo> devices;
  std::string why_none;
};

/// Common wording of errors: `kernel 'saxpy': ` before what happened.
std::string kernel_prefix(const KernelImage& kernel);

} // namespace ring::runtime
