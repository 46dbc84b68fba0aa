#include "core/device.h"

#include <ring/device_info.h>
#include <ring/error.h>
#include <ring/module_image.h>

namespace ring {

std::string_view name_of(ErrorCode code) {
  switch (code) {
  case ErrorCode::no_device:
    return "no_device";
  case ErrorCode::invalid_argument:
    return "invalid_argument";
  case ErrorCode::unsupported:
    return "unsupported";
  case ErrorCode::out_of_memory:
    return "out_of_memory";
  case ErrorCode::compile_failed:
    return "compile_failed";
  case ErrorCode::grid_too_large:
    return "grid_too_large";
  case ErrorCode::launch_failed:
    return "launch_failed";
  case ErrorCode::out_of_bounds:
    return "out_of_bounds";
  case ErrorCode::timeout:
    return "timeout";
  case ErrorCode::device_lost:
    return "device_lost";
  case ErrorCode::load_failed:
    return "load_failed";
  }
  return "unknown";
}

std::string_view name_of(Backend backend) {
  switch (backend) {
  case Backend::automatic:
    return "automatic";
  case Backend::cpu:
    return "cpu";
  case Backend::vulkan:
    return "vulkan";
  case Backend::cuda:
    return "cuda";
  }
  return "unknown";
}

std::string_view name_of(DeviceKind kind) {
  switch (kind) {
  case DeviceKind::cpu:
    return "cpu";
  case DeviceKind::integrated_gpu:
    return "integrated GPU";
  case DeviceKind::discrete_gpu:
    return "discrete GPU";
  case DeviceKind::virtual_gpu:
    return "virtual GPU";
  case DeviceKind::other:
    return "other";
  }
  return "unknown";
}

std::string_view name_of(Target target) {
  switch (target) {
  case Target::cpu:
    return "cpu";
  case Target::cuda:
    return "cuda";
  case Target::spirv_full:
    return "spirv_full";
  case Target::spirv_core:
    return "spirv_core";
  case Target::wgsl:
    return "wgsl";
  }
  return "unknown";
}

std::string_view name_of(Feature feature) {
  switch (feature) {
  case Feature::int8:
    return "int8";
  case Feature::int16:
    return "int16";
  case Feature::int64:
    return "int64";
  case Feature::float16:
    return "float16";
  case Feature::bfloat16:
    return "bfloat16";
  case Feature::float64:
    return "float64";
  case Feature::int64_atomics:
    return "int64_atomics";
  case Feature::float_atomics:
    return "float_atomics";
  case Feature::subgroups:
    return "subgroups";
  }
  return "unknown";
}

namespace runtime {

std::string kernel_prefix(const KernelImage& kernel) {
  return "kernel '" + std::string(kernel.name) + "': ";
}

} // namespace runtime
} // namespace ring
