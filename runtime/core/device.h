// What a backend gives the runtime: an open device, its memory, and launches. Arguments have been
// checked against the image before they arrive here (core/launch.h).
#pragma once

#include <ring/device_info.h>
#include <ring/module_image.h>
#include <ring/result.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace ring::runtime {

/// An allocation on a device, released by its destructor. Only its own device may be given it.
class Memory {
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
};

/// The devices of a backend in the order in which they are tried, or why there are none.
struct DeviceList {
  std::vector<DeviceInfo> devices;
  std::string why_none;
};

/// Common wording of errors: `kernel 'saxpy': ` before what happened.
std::string kernel_prefix(const KernelImage& kernel);

} // namespace ring::runtime
