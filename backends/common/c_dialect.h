// What differs between the targets of the C family, asked by the CPrinter while it prints.
#pragma once

#include "backends/common/backend.h"
#include "backends/common/c_text.h"
#include "intrinsics/table.h"
#include "ir/module.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ring::backends {

class CPrinter;

class CDialect {
public:
  virtual ~CDialect() = default;

  /// The column of the intrinsic table.
  virtual intrinsics::Target column() const = 0;
  /// Names that the output may not declare, beside those of the intrinsic table: keywords, and what
  /// the prelude and the target's own headers declare.
  virtual std::span<const std::string_view> reserved_words() const = 0;
  /// What stands before a device function: "static __device__ ".
  virtual std::string_view function_specifier() const = 0;
  /// What stands before a shared variable (at the head of a kernel or of the file) or a constant
  /// table: "__shared__ ".
  virtual std::string_view specifier(ir::AddressSpace space, bool in_kernel) const = 0;

  /// A row whose spelling is "printer", or any id query.
  virtual CText intrinsic(CPrinter& printer, const ir::Expr& expr,
                          const ir::Intrinsic& intrinsic) = 0;
  /// The same bits as another type; one of the two types is a float.
  virtual CText bitcast(CPrinter& printer, ir::TypePtr to, const ir::Expr& operand) = 0;
  /// Statements that an effect needs before and after itself, fences for instance.
  virtual std::vector<std::string> before(const ir::Intrinsic&) const { return {}; }
  virtual std::vector<std::string> after(const ir::Intrinsic&) const { return {}; }
  /// A loop over threads, warps or lanes.
  virtual void for_each(CPrinter& printer, const ir::ForEach& loop) = 0;
};

} // namespace ring::backends
