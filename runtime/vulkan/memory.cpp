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

Result<std::unique_ptr<BufferMemory>> BufferMemory::import(const Context& context,
                                                           const BufferMemory& memory) {
  std::unique_ptr<BufferMemory> imported(new BufferMemory(context));
  imported->size_ = memory.size_;
  const std::string what = "device '" + context.info().name + "': sharing a buffer of " +
                           std::to_string(memory.size_) + " bytes";
  if (!memory.block_) return Error(ErrorCode::unsupported, what + ": it is not the host's memory");
  if (Status s = imported->make_buffer(true, what); !s) return s.error();
  if (Status s = imported->import_block(memory.block_.get(), what); !s) return s.error();
  return imported;
}

Status BufferMemory::make_buffer(bool is_imported, const std::string& what) {
  VkExternalMemoryBufferCreateInfo external{};
  external.sType = VK_STRUCTURE_TYPE_EXTERNAL_MEMORY_BUFFER_CREATE_INFO;
  external.handleTypes = VK_EXTERNAL_MEMORY_HANDLE_TYPE_HOST_ALLOCATION_BIT_EXT;
  VkBufferCreateInfo create{};
  create.sType = VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO;
  create.pNext = is_imported ? &external : nullptr;
  create.size = size_;
  create.usage = VK_BUFFER_USAGE_STORAGE_BUFFER_BIT | VK_BUFFER_USAGE_TRANSFER_SRC_BIT |
                 VK_BUFFER_USAGE_TRANSFER_DST_BIT;
  create.sharingMode = VK_SHARING_MODE_EXCLUSIVE;
  if (const VkResult r = context_.api().CreateBuffer(context_.device(), &create, nullptr, &buffer_);
      r != VK_SUCCESS)
    return error_of(r, what, ErrorCode::out_of_memory);
  return Success{};
}

/// Makes a block of aligned address and size the buffer's memory.
Status BufferMemory::import_block(void* block, const std::string& what) {
  const DeviceApi& api = context_.api();
  const VkDevice device = context_.device();
  VkMemoryRequirements needs;
  api.GetBufferMemoryRequirements(device, buffer_, &needs);
  VkMemoryHostPointerPropertiesEXT pointer{};
  pointer.sType = VK_STRUCTURE_TYPE_MEMORY_HOST_POINTER_PROPERTIES_EXT;
  VkResult r = api.GetMemoryHostPointerPropertiesEXT(
      device, VK_EXTERNAL_MEMORY_HANDLE_TYPE_HOST_ALLOCATION_BIT_EXT, block, &pointer);
  const std::optional<std::uint32_t> type =
      memory_type(context_.memory(), needs.memoryTypeBits & pointer.memoryTypeBits, kHostWishes);
  if (r == VK_SUCCESS && !type)
    return Error(ErrorCode::out_of_memory, what + ": no fitting kind of memory");
  const std::size_t align = context_.host_alignment();
  VkImportMemoryHostPointerInfoEXT import{};
  import.sType = VK_STRUCTURE_TYPE_IMPORT_MEMORY_HOST_POINTER_INFO_EXT;
  import.handleType = VK_EXTERNAL_MEMORY_HANDLE_TYPE_HOST_ALLOCATION_BIT_EXT;
  import.pHostPointer = block;
  VkMemoryAllocateInfo request{};
  request.sType = VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO;
  request.pNext = &import;
  request.allocationSize = (size_ + align - 1) / align * align;
  request.memoryTypeIndex = type.value_or(0);
  if (r == VK_SUCCESS) r = api.AllocateMemory(device, &request, nullptr, &memory_);
  if (r == VK_SUCCESS) r = api.BindBufferMemory(device, buffer_, memory_, 0);
  if (r != VK_SUCCESS) return error_of(r, what, ErrorCode::out_of_memory);
  mapped_ = static_cast<std::byte*>(block);
  return Success{};
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
  const bool host = placement == Placement::host;
  const bool is_own = host && context_.shares_host_memory();
  if (Status s = make_buffer(is_own, what); !s) return s;
  const std::string advice = what + " does not fit; free others or make it smaller";
  if (is_own) {
    const std::size_t align = context_.host_alignment();
    block_.reset(
        static_cast<std::byte*>(std::aligned_alloc(align, (size_ + align - 1) / align * align)));
    if (!block_) return Error(ErrorCode::out_of_memory, advice);
    return import_block(block_.get(), advice);
  }

  VkMemoryRequirements needs;
  api.GetBufferMemoryRequirements(device, buffer_, &needs);
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
  if (r != VK_SUCCESS) return error_of(r, advice, ErrorCode::out_of_memory);
  return Success{};
}

BufferMemory::~BufferMemory() {
  if (context_.abandoned()) {
    static_cast<void>(block_.release()); // a kernel may touch it
    return;
  }
  if (buffer_) context_.api().DestroyBuffer(context_.device(), buffer_, nullptr);
  if (memory_) context_.api().FreeMemory(context_.device(), memory_, nullptr);
}

} // namespace ring::runtime::vulkan
