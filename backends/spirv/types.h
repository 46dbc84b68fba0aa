// IR types and constants as SPIR-V ids. A struct or array exists in two forms: with explicit
// layout, for buffers, and without, for everything else (Vulkan allows layouts in buffers only).
#pragma once

#include "backends/spirv/assembler.h"
#include "ir/module.h"

#include <map>
#include <utility>

namespace ring::backends::spirv {

class Types {
public:
  explicit Types(Assembler& assembler) : out_(assembler) {}

  /// `laid_out`: as it lies in a buffer.
  Id get(ir::TypePtr type, bool laid_out = false);
  Id pointer(ir::TypePtr pointee, spv::StorageClass storage, bool laid_out = false);
  /// A pointer to the Block struct { T } around what a buffer holds.
  Id block_pointer(ir::TypePtr content);
  Id function(Id result, const std::vector<Id>& params);

  Id u32() { return scalar(ir::Scalar::u32); }
  Id boolean() { return scalar(ir::Scalar::boolean); }
  Id scalar(ir::Scalar kind);
  Id vector(ir::Scalar kind, std::uint32_t count);

  Id constant_u32(std::uint32_t value);
  Id integer(ir::Scalar kind, std::uint64_t bits);
  Id floating(ir::Scalar kind, double value);
  Id literal(const ir::Expr& expr);
  Id null(ir::TypePtr type);
  /// The initializer of a constant table: literals and constructs.
  Id initializer(const ir::Expr& expr);

private:
  Id make(ir::TypePtr type, bool laid_out);
  Id make_struct(const ir::StructDecl& decl, bool laid_out);

  Assembler& out_;
  std::map<std::pair<ir::TypePtr, bool>, Id> types_;
  std::map<ir::TypePtr, Id> blocks_;
};

} // namespace ring::backends::spirv
