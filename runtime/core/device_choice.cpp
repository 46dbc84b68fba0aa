#include <ring/device_info.h>

#include <algorithm>
#include <cctype>

namespace ring {
namespace {

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

} // namespace

bool DeviceChoice::matches(const DeviceInfo& device) const {
  if (index_) return *index_ == static_cast<std::int64_t>(device.index);
  return lower(device.name).find(lower(name_part_)) != std::string::npos;
}

std::string DeviceChoice::describe() const {
  if (index_) return "number " + std::to_string(*index_);
  if (!name_part_.empty()) return "named '" + name_part_ + "'";
  return "";
}

} // namespace ring
