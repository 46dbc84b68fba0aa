#include "core/open_device.h"

#include "cpu/cpu_device.h"
#include "cuda/cuda_device.h"
#include "vulkan/vulkan_device.h"

#include <array>

namespace ring {
namespace runtime {
namespace {

DeviceList list(Backend backend) {
  switch (backend) {
  case Backend::cuda:
    return cuda::list_devices();
  case Backend::vulkan:
    return vulkan::list_devices();
  case Backend::cpu:
    return cpu::list_devices();
  case Backend::automatic:
    break;
  }
  return {};
}

Result<std::shared_ptr<Device>> open(const DeviceInfo& device, const RuntimeOptions& options) {
  switch (device.backend) {
  case Backend::cuda:
    return cuda::open_device(device);
  case Backend::vulkan:
    return vulkan::open_device(device);
  case Backend::cpu:
  case Backend::automatic:
    break;
  }
  return cpu::open_device(device, options.cpu_threads);
}

/// `none of: [0] llvmpipe (LLVM 15.0.6), [1] …`
std::string names_of(const std::vector<DeviceInfo>& devices) {
  std::string names;
  for (const DeviceInfo& device : devices)
    names += (names.empty() ? "[" : ", [") + std::to_string(device.index) + "] " + device.name;
  return names;
}

bool is_real_gpu(const DeviceInfo& device) {
  return device.kind != DeviceKind::cpu && device.kind != DeviceKind::other;
}

Result<std::shared_ptr<Device>> open_of_backend(Backend backend, const RuntimeOptions& options) {
  const DeviceList found = list(backend);
  const std::string what = std::string(name_of(backend));
  if (found.devices.empty())
    return Error(ErrorCode::no_device, "no " + what + " device: " + found.why_none);
  for (const DeviceInfo& device : found.devices)
    if (options.device.is_default() || options.device.matches(device)) return open(device, options);
  return Error(ErrorCode::no_device, "no " + what + " device " + options.device.describe() +
                                         "; there are " + names_of(found.devices));
}

/// A device that is listed may still refuse to open (in use, too old): then the next one is tried.
Result<std::shared_ptr<Device>> open_automatic(const RuntimeOptions& options) {
  std::vector<DeviceInfo> seen;
  for (Backend backend : {Backend::cuda, Backend::vulkan, Backend::cpu}) {
    for (const DeviceInfo& device : list(backend).devices) {
      seen.push_back(device);
      // Whoever names a device means it, a software one too.
      const bool wanted = options.device.is_default()
                              ? backend == Backend::cpu || is_real_gpu(device)
                              : options.device.matches(device);
      if (!wanted) continue;
      if (auto opened = open(device, options)) return opened;
    }
  }
  return Error(ErrorCode::no_device,
               "no usable device " + options.device.describe() + "; there are " + names_of(seen));
}

} // namespace

Result<std::shared_ptr<Device>> open_device(const RuntimeOptions& options) {
  if (options.backend == Backend::automatic) return open_automatic(options);
  return open_of_backend(options.backend, options);
}

} // namespace runtime

std::vector<DeviceInfo> devices(Backend backend) {
  if (backend != Backend::automatic) return runtime::list(backend).devices;
  std::vector<DeviceInfo> all;
  for (Backend each : {Backend::cuda, Backend::vulkan, Backend::cpu})
    for (DeviceInfo& device : runtime::list(each).devices)
      all.push_back(std::move(device));
  return all;
}

} // namespace ring
