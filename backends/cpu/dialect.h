// What the CPU's C++ says otherwise than the rest of the C family. One for each file; it follows
// the printer through the loops over threads and knows their variables.
#pragma once

#include "backends/common/c_dialect.h"

#include <array>

namespace ring::backends::cpu {

/// Whether the kernel asks for the block's place in the grid, or for the grid's extents.
bool asks_for_block(const ir::Function& kernel);

class CpuDialect final : public CDialect {
public:
  intrinsics::Target column() const override { return intrinsics::Target::cpu; }
  std::span<const std::string_view> reserved_words() const override;
  std::string_view function_specifier() const override { return "inline "; }
  std::string_view specifier(ir::AddressSpace space, bool in_kernel) const override;
  CText intrinsic(CPrinter& printer, const ir::Expr& expr, const ir::Intrinsic& intrinsic) override;
  CText bitcast(CPrinter& printer, ir::TypePtr to, const ir::Expr& operand) override;
  void for_each(CPrinter& printer, const ir::ForEach& loop) override;

  /// To be called at the head of a kernel; `block` is the name of its CpuBlock.
  void begin_kernel(CPrinter& printer, const ir::Function& kernel, const std::string& block);

private:
  CText id(const ir::Intrinsic& intrinsic) const;
  CText thread_axis(std::size_t axis) const;
  CText linear_index() const;
  void for_each_thread(CPrinter& printer, const ir::Block& body);
  void for_each_lane(CPrinter& printer, const ir::Block& body);

  std::array<std::uint32_t, 3> dim_{1, 1, 1};
  std::array<std::string, 3> block_id_; // names in the kernel; empty where it does not ask
  std::array<std::string, 3> grid_dim_;
  std::array<std::string, 3> thread_; // names in the innermost loop over threads
  std::string warp_;                  // in a loop over warps
  std::string lane_;                  // in a loop over lanes
};

} // namespace ring::backends::cpu
