#include "backends/common/c_layout.h"

#include <algorithm>
#include <bit>

namespace ring::backends {
namespace {

using namespace ir;

std::uint64_t align_up(std::uint64_t offset, std::uint64_t align) {
  return (offset + align - 1) / align * align;
}

CStructLayout::Field place(const StructDecl::Field& field, std::uint64_t end,
                           std::uint64_t largest) {
  if (align_up(end, align_of(field.type)) == field.offset || field.offset == 0) return {};
  const std::uint64_t align = std::min(std::uint64_t{1} << std::countr_zero(field.offset), largest);
  if (align_up(end, align) == field.offset) return {.alignas_ = align};
  return {.padding = field.offset - end};
}

} // namespace

CStructLayout c_layout_of(const StructDecl& decl) {
  CStructLayout layout;
  std::uint64_t end = 0;
  std::uint64_t align = 1;
  for (const StructDecl::Field& field : decl.fields) {
    layout.fields.push_back(place(field, end, decl.align));
    end = field.offset + size_of(field.type);
    align = std::max(align, align_of(field.type));
  }
  layout.is_aligned = decl.align > align;
  // An empty struct has a byte by itself.
  const std::uint64_t size = std::max<std::uint64_t>(align_up(end, decl.align), 1);
  if (size < decl.size) layout.tail = decl.size - end;
  return layout;
}

} // namespace ring::backends
