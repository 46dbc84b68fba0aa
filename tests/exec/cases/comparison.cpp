#include "builder.h"

#include <algorithm>

namespace ring::exec {

Comparison exact_if_strict(Metric metric, double loose, std::string reason, double floor) {
  return within(metric, 0, loose, std::move(reason), floor);
}

Comparison within(Metric metric, double bound, std::string reason, double floor) {
  return within(metric, bound, bound, std::move(reason), floor);
}

Comparison within(Metric metric, double strict, double loose, std::string reason, double floor) {
  Comparison c;
  c.metric = metric;
  c.strict_bound = strict;
  c.loose_bound = loose;
  c.floor = floor;
  c.reason = std::move(reason);
  return c;
}

Comparison ignored(std::string reason) {
  Comparison c;
  c.metric = Metric::ignored;
  c.reason = std::move(reason);
  return c;
}

void detail::sort_elements(std::vector<std::byte>& bytes, std::size_t element_size) {
  const std::vector<std::byte> old = bytes;
  std::vector<const std::byte*> elements;
  for (std::size_t i = 0; i + element_size <= old.size(); i += element_size)
    elements.push_back(old.data() + i);
  std::sort(elements.begin(), elements.end(), [=](const std::byte* a, const std::byte* b) {
    return std::memcmp(a, b, element_size) < 0;
  });
  auto out = bytes.begin();
  for (const std::byte* element : elements)
    out = std::copy_n(element, element_size, out);
}

} // namespace ring::exec
