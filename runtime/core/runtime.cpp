#include <ring/runtime.h>

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
                     std::unique_ptr<runtime::Memory> memory, std::size_t size_bytes)
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

Runtime::Runtime(std::shared_ptr<runtime::Device> device) : device_(std::move(device)) {}
Runtime::Runtime(Runtime&&) noexcept = default;
Runtime& Runtime::operator=(Runtime&&) noexcept = default;
Runtime::~Runtime() = default;

Result<Runtime> Runtime::try_create(const RuntimeOptions& options) {
  Result<std::shared_ptr<runtime::Device>> device = runtime::open_device(options);
  if (!device) return device.error();
  return Runtime(std::move(*device));
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

} // namespace ring
