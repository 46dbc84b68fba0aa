#include <ring/runtime.h>

#include "actors/actor_system.h"
#include "actors/life_cycle.h"
#include "core/device.h"
#include "core/launch.h"
#include "core/open_device.h"

namespace ring {

RawBuffer::RawBuffer() noexcept = default;
RawBuffer::RawBuffer(RawBuffer&& other) noexcept
    : device_(std::move(other.device_)), memory_(std::move(other.memory_)),
      size_bytes_(std::exchange(other.size_bytes_, 0)) {}
RawBuffer& RawBuffer::operator=(RawBuffer&& other) noexcept {
  // The old memory goes before the device that it belongs to.
  memory_ = std::move(other.memory_);
  device_ = std::move(other.device_);
  size_bytes_ = std::exchange(other.size_bytes_, 0);
  return *this;
}
RawBuffer::~RawBuffer() = default;
RawBuffer::RawBuffer(std::shared_ptr<runtime::Device> device,
                     std::shared_ptr<runtime::Memory> memory, std::size_t size_bytes)
    : device_(std::move(device)), memory_(std::move(memory)), size_bytes_(size_bytes) {}

namespace {

Error too_many_bytes(std::size_t given, std::size_t has) {
  return Error(ErrorCode::invalid_argument, "copy of " + std::to_string(given) +
                                                " bytes, but the buffer has " +
                                                std::to_string(has));
}

} // namespace

Status RawBuffer::try_upload(std::span<const std::byte> bytes) {
  if (bytes.size() > size_bytes_) return too_many_bytes(bytes.size(), size_bytes_);
  if (bytes.empty()) return Success{};
  return device_->upload(*memory_, bytes);
}

Status RawBuffer::try_download(std::span<std::byte> bytes) const {
  if (bytes.size() > size_bytes_) return too_many_bytes(bytes.size(), size_bytes_);
  if (bytes.empty()) return Success{};
  return device_->download(*memory_, bytes);
}

Runtime::Runtime(std::shared_ptr<runtime::Device> device, std::size_t actor_memory)
    : device_(std::move(device)),
      actors_(std::make_shared<runtime::ActorSystem>(device_, actor_memory)) {}
Runtime::Runtime(Runtime&&) noexcept = default;
Runtime& Runtime::operator=(Runtime&& other) noexcept {
  std::swap(device_, other.device_);
  std::swap(actors_, other.actors_);
  return *this;
}
Runtime::~Runtime() {
  constexpr std::chrono::seconds kQuietWait{5};
  if (actors_) static_cast<void>(actors_->shutdown(kQuietWait));
}

Result<Runtime> Runtime::try_create(const RuntimeOptions& options) {
  Result<std::shared_ptr<runtime::Device>> device = runtime::open_device(options);
  if (!device) return device.error();
  return Runtime(std::move(*device), options.actor_memory);
}

const DeviceInfo& Runtime::device() const { return device_->info(); }

Result<RawBuffer> Runtime::try_alloc_raw(std::size_t count, std::size_t element_bytes) {
  if (element_bytes != 0 && count > SIZE_MAX / element_bytes)
    return Error(ErrorCode::out_of_memory, "a buffer of " + std::to_string(count) +
                                               " elements of " + std::to_string(element_bytes) +
                                               " bytes is larger than any memory");
  const std::size_t size = count * element_bytes;
  Result<std::unique_ptr<runtime::Memory>> memory = device_->allocate(size);
  if (!memory) return memory.error();
  return RawBuffer(device_, std::move(*memory), size);
}

Status Runtime::try_run_raw(const ModuleImage& module, const KernelImage& kernel,
                            const RunOptions& options, std::span<const RawArg> args) {
  return runtime::launch(*device_, module, kernel, options, args);
}

Result<std::vector<RawActorHandle>> Runtime::try_launch_raw(std::span<const RawLaunch> launches) {
  auto launched = actors_->launch(launches);
  if (!launched) return launched.error();
  std::vector<RawActorHandle> handles;
  for (auto& instances : *launched)
    handles.push_back(RawActorHandle(std::move(instances), 0, true));
  return handles;
}

Result<RawActorHandle> Runtime::try_find(std::string_view name) {
  auto record = actors_->find(name);
  if (!record) return record.error();
  return RawActorHandle(
      std::make_shared<const runtime::Instances>(runtime::Instances{std::move(*record)}), 0, true);
}

std::vector<ActorInfo> Runtime::list() {
  std::vector<ActorInfo> infos;
  for (const auto& record : actors_->list()) {
    const protocol::Attached attached(record->system->words());
    infos.push_back({record->name, std::string(record->actor.cpp_name),
                     std::string(record->module.name), phase_of(*record),
                     record->crew->plan().schedule});
  }
  return infos;
}

Status Runtime::try_shutdown(std::chrono::microseconds timeout) {
  return actors_->shutdown(timeout);
}

Error Runtime::wrong_extents(std::size_t count, const Extents& extents) {
  return Error(ErrorCode::invalid_argument,
               "upload of " + std::to_string(count) + " elements with extents " +
                   std::to_string(extents.x) + " x " + std::to_string(extents.y) + " x " +
                   std::to_string(extents.z) + ", whose product is " +
                   std::to_string(extents.count()));
}

Error Runtime::does_not_fit(const KernelImage& kernel, std::size_t index) {
  const auto params = kernel.user_params();
  const std::string name = index < params.size() ? std::string(params[index].name) : "";
  return Error(ErrorCode::invalid_argument, runtime::kernel_prefix(kernel) + "argument " +
                                                std::to_string(index) + " ('" + name +
                                                "') does not fit the parameter's integer type");
}

Error Runtime::does_not_fit(const RawLaunch& launch, std::size_t index) {
  return Error(ErrorCode::invalid_argument, "launch of actor '" + std::string(launch.actor->name) +
                                                "': argument " + std::to_string(index) +
                                                " does not fit the parameter's integer type");
}

} // namespace ring
