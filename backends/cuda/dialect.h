// What CUDA C says otherwise than the rest of the C family.
#pragma once

#include "backends/common/c_dialect.h"

namespace ring::backends::cuda {

class CudaDialect final : public CDialect {
public:
  intrinsics::Target column() const override { return intrinsics::Target::cuda; }
  std::span<const std::string_view> reserved_words() const override;
  std::string_view function_specifier() const override { return "static __device__ "; }
  std::string_view specifier(ir::AddressSpace space, bool in_kernel) const override;
  CText intrinsic(CPrinter& printer, const ir::Expr& expr, const ir::Intrinsic& intrinsic) override;
  CText bitcast(CPrinter& printer, ir::TypePtr to, const ir::Expr& operand) override;
  std::vector<std::string> before(const ir::Intrinsic& intrinsic) const override;
  std::vector<std::string> after(const ir::Intrinsic& intrinsic) const override;
  void for_each(CPrinter& printer, const ir::ForEach& loop) override;
};

} // namespace ring::backends::cuda
