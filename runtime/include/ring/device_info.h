// Backends, devices, and how a program names the one it wants.
//
//   for (const ring::DeviceInfo& device : ring::devices()) std::puts(device.name.c_str());
//   auto rt = ring::Runtime::create({.backend = ring::Backend::vulkan, .device = "llvmpipe"});
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ring {

/// automatic: CUDA, then Vulkan on a real GPU (not one that a CPU imitates), then the CPU.
enum class Backend : std::uint8_t { automatic, cpu, vulkan, cuda };
std::string_view name_of(Backend backend);

enum class DeviceKind : std::uint8_t { cpu, integrated_gpu, discrete_gpu, virtual_gpu, other };
std::string_view name_of(DeviceKind kind);

struct DeviceInfo {
  Backend backend = Backend::cpu;
  std::uint32_t index = 0; // among the devices of this backend
  std::string name;
  DeviceKind kind = DeviceKind::other;
  std::uint64_t memory_bytes = 0; // of the device; of the machine for the CPU
  std::uint32_t warp_size = 1;    // what ring::warp_size() gives in kernels
};

/// All devices of one backend, or of all. A backend without a driver has none; that is no error.
std::vector<DeviceInfo> devices(Backend backend = Backend::automatic);

/// A device by index or by a part of its name (letter case does not matter); by default the first,
/// on Vulkan a discrete GPU before an integrated one before the rest.
class DeviceChoice {
public:
  DeviceChoice() = default;
  DeviceChoice(std::string name_part) : name_part_(std::move(name_part)) {}
  DeviceChoice(const char* name_part) : name_part_(name_part) {}
  template <std::integral Index> DeviceChoice(Index index) : index_(index) {}

  bool is_default() const { return !index_ && name_part_.empty(); }
  bool matches(const DeviceInfo& device) const;
  std::string describe() const; // `number 2`, `named "llvmpipe"`, `` for the default

private:
  std::optional<std::int64_t> index_;
  std::string name_part_;
};

} // namespace ring
