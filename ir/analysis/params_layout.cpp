#include "ir/analysis/params_layout.h"

#include <algorithm>

namespace ring::ir::analysis {
namespace {

constexpr std::uint64_t kCountSize = 4; // a u32
constexpr std::uint64_t kBlockGranule = 4;

std::uint64_t round_up(std::uint64_t value, std::uint64_t multiple) {
  return (value + multiple - 1) / multiple * multiple;
}

} // namespace

ParamsLayout params_layout(const Function& kernel) {
  ParamsLayout layout;
  std::uint64_t end = 0;
  for (const Local* local : kernel.params) {
    ParamsLayout::Param& param = layout.params.emplace_back();
    param.local = local;
    std::uint64_t align = kCountSize;
    if (const auto* span = local->type->as<SpanType>()) {
      param.is_span = true;
      param.binding = layout.binding++;
      param.access = span->access;
      param.element = span->element;
      param.element_size = size_of(span->element);
      param.size = kCountSize;
    } else {
      param.size = size_of(local->type);
      align = align_of(local->type);
    }
    param.offset = round_up(end, align);
    end = param.offset + param.size;
    layout.align = std::max(layout.align, align);
  }
  layout.size = round_up(end, kBlockGranule);
  return layout;
}

} // namespace ring::ir::analysis
