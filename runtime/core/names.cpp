#include "core/device.h"

#include <ring/actor.h>
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
  case ErrorCode::unknown_actor:
    return "unknown_actor";
  case ErrorCode::name_taken:
    return "name_taken";
  case ErrorCode::not_active:
    return "not_active";
  case ErrorCode::illegal_state:
    return "illegal_state";
  case ErrorCode::mailbox_full:
    return "mailbox_full";
  case ErrorCode::not_delivered:
    return "not_delivered";
  case ErrorCode::wrong_message:
    return "wrong_message";
  case ErrorCode::layout_mismatch:
    return "layout_mismatch";
  case ErrorCode::shut_down:
    return "shut_down";
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

std::string_view name_of(Schedule schedule) {
  switch (schedule) {
  case Schedule::automatic:
    return "automatic";
  case Schedule::persistent:
    return "persistent";
  case Schedule::bounded:
    return "bounded";
  }
  return "unknown";
}

std::string_view name_of(Overflow overflow) {
  switch (overflow) {
  case Overflow::wait:
    return "wait";
  case Overflow::reject:
    return "reject";
  case Overflow::dead_letter:
    return "dead_letter";
  }
  return "unknown";
}

std::string_view name_of(Priority priority) {
  switch (priority) {
  case Priority::low:
    return "low";
  case Priority::normal:
    return "normal";
  case Priority::high:
    return "high";
  case Priority::critical:
    return "critical";
  }
  return "unknown";
}

std::string_view name_of(ActorState state) {
  switch (state) {
  case ActorState::created:
    return "created";
  case ActorState::launched:
    return "launched";
  case ActorState::active:
    return "active";
  case ActorState::suspended:
    return "suspended";
  case ActorState::terminating:
    return "terminating";
  case ActorState::terminated:
    return "terminated";
  }
  return "unknown";
}

std::string_view name_of(Reason reason) {
  switch (reason) {
  case Reason::none:
    return "none";
  case Reason::unknown_type:
    return "unknown type";
  case Reason::too_large:
    return "too large";
  case Reason::bad_checksum:
    return "bad checksum";
  case Reason::expired:
    return "expired";
  case Reason::full:
    return "full";
  case Reason::closed:
    return "closed";
  case Reason::hops_exceeded:
    return "hops exceeded";
  case Reason::no_route:
    return "no route";
  case Reason::terminated:
    return "terminated";
  }
  return "unknown";
}

std::string_view name_of(ActorError error) {
  switch (error) {
  case ActorError::none:
    return "none";
  case ActorError::outbox_full:
    return "outbox full";
  case ActorError::clock_skew:
    return "clock skew";
  case ActorError::unknown_command:
    return "unknown command";
  }
  return "unknown";
}

namespace runtime {

std::string kernel_prefix(const KernelImage& kernel) {
  return "kernel '" + std::string(kernel.name) + "': ";
}

} // namespace runtime
} // namespace ring
