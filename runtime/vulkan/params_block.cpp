#include "vulkan/params_block.h"

#include <cstring>
#include <limits>

namespace ring::runtime::vulkan {

Result<std::vector<std::byte>> pack_params(const KernelImage& kernel,
                                           std::span<const LaunchArg> args) {
  std::vector<std::byte> block(kernel.params_block_size);
  for (std::size_t i = 0; i < args.size(); ++i) {
    const ParamImage& param = kernel.params[i];
    const bool is_span = param.kind == ParamKind::span;
    if (is_span && args[i].count > std::numeric_limits<std::uint32_t>::max())
      return Error(ErrorCode::unsupported, kernel_prefix(kernel) + "'" + std::string(param.name) +
                                               "' has more than 2^32 - 1 elements, which Vulkan "
                                               "kernels cannot count");
    const auto count = static_cast<std::uint32_t>(args[i].count);
    const void* source = is_span ? static_cast<const void*>(&count) : args[i].value.data();
    const std::size_t size = is_span ? sizeof count : args[i].value.size();
    if (param.block_offset + size > block.size())
      return Error(ErrorCode::invalid_argument, kernel_prefix(kernel) + "its image is damaged: '" +
                                                    std::string(param.name) +
                                                    "' lies outside the params block");
    std::memcpy(block.data() + param.block_offset, source, size);
  }
  return block;
}

} // namespace ring::runtime::vulkan
