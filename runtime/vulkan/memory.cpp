#include "vulkan/memory.h"

#include <algorithm>
#include <optional>

namespace ring::runtime::vulkan {
namespace {

constexpr VkMemoryPropertyFlags kLocal = VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT;
constexpr VkMemoryPropertyFlags kMapped =
    VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT;
constexpr VkMemoryPropertyFlags kCached = VK_MEMORY_PROPERTY_HOST_CACHED_BIT;

/// Best first. Downloads from memory that the host does not cache are slower by far than the
/// difference that DEVICE_LOCAL makes where both are the same chips.
constexpr VkMemoryPropertyFlags kHostWishes[] = {kLocal | kMapped | kCached, kMapped | kCached,
                                                 kLocal | kMapped, kMapped};
constexpr VkMemoryPropertyFlags kDeviceWishes[] = {kLocal, 0};

std::optional<std::uint32_t> memory_type(const VkPhysicalDeviceMemoryProperties& memory,
                                         std::uint32_t allowed,
                                         std::span<const VkMemoryPropertyFlags> wishes) {
  for (VkMemoryPropertyFlags wish : wishes)
    for (std::uint32_t i = 0; i < memory.memoryTypeCount; ++i)
      if ((allowed >> i & 1) && (memory.memoryTypes[i].propertyFlags & wish) == wish) return i;
  return std::nullopt;
}

} // namespace

Result<std::unique_ptr<BufferMemory>> BufferMemory::create(const Context& context, std::size_t size,
                                                           Placement placement) {
  std::unique_ptr<BufferMemory> memory(new BufferMemory(context));
  if (size > SIZE_MAX - 3)
    return Error(ErrorCode::out_of_memory, "a buffer of " + std::to_string(size) + " bytes");
  memory->size_ = std::max<std::size_t>((size + 3) / 4 * 4, 4);
  if (Status s = memory->allocate(placement); !s) return s.error();
  return memory;
}

Status BufferMemory::allocate(Placement placement) {
  const DeviceApi& api = context_.api();
  const VkDevice device = context_.device();
  const std::string what =
      "device '" + context_.info().name + "': buffer of " + std::to_string(size_) + " bytes";
  // Some drivers add up sizes before they compare them; what cannot fit is not put to them.
  if (context_.info().memory_bytes != 0 && size_ > context_.info().memory_bytes)
    return Error(ErrorCode::out_of_memory,
                 what + "; the device has " + std::to_string(context_.info().memory_bytes));
  VkBufferCreateInfo create{};
  create.sType = VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO;
  create.size = size_;
  create.usage = VK_BUFFER_USAGE_STORAGE_BUFFER_BIT | VK_BUFFER_USAGE_TRANSFER_SRC_BIT |
                 VK_BUFFER_USAGE_TRANSFER_DST_BIT;
  create.sharingMode = VK_SHARING_MODE_EXCLUSIVE;
  if (const VkResult r = api.CreateBuffer(device, &create, nullptr, &buffer_); r != VK_SUCCESS)
    return error_of(r, what, ErrorCode::out_of_memory);

  VkMemoryRequirements needs;
  api.GetBufferMemoryRequirements(device, buffer_, &needs);
  const bool host = placement == Placement::host;
  const std::optional<std::uint32_t> type =
      memory_type(context_.memory(), needs.memoryTypeBits,
                  host ? std::span<const VkMemoryPropertyFlags>(kHostWishes)
                       : std::span<const VkMemoryPropertyFlags>(kDeviceWishes));
  if (!type) return Error(ErrorCode::out_of_memory, what + ": no fitting kind of memory");
  VkMemoryAllocateInfo request{};
  request.sType = VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO;
  request.allocationSize = needs.size;
  request.memoryTypeIndex = *type;
  VkResult r = api.AllocateMemory(device, &request, nullptr, &memory_);
  if (r == VK_SUCCESS) r = api.BindBufferMemory(device, buffer_, memory_, 0);
  void* address = nullptr;
  if (r == VK_SUCCESS && host) r = api.MapMemory(device, memory_, 0, VK_WHOLE_SIZE, 0, &address);
  mapped_ = static_cast<std::byte*>(address);
  if (r != VK_SUCCESS)
    return error_of(r, what + " does not fit; free others or make it smaller",
                    ErrorCode::out_of_memory);
  return Success{};
}

BufferMemory::~BufferMemory() {
  if (context_.abandoned()) return;
  if (buffer_) context_.api().DestroyBuffer(context_.device(), buffer_, nullptr);
  if (memory_) context_.api().FreeMemory(context_.device(), memory_, nullptr);
}

} // namespace ring::runtime::vulkan
