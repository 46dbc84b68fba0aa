// Writes the code of one function. Structured control flow maps one to one:
// every branch has its merge block, every loop its header, continue target and merge block.
#pragma once

#include "backends/common/backend.h"
#include "backends/spirv/assembler.h"
#include "backends/spirv/types.h"
#include "ir/module.h"

#include <map>
#include <optional>

namespace ring::backends::spirv {

/// What a module's functions share: variables that live outside of them.
struct ModuleState {
  Assembler& out;
  Types& types;
  const Options& options;
  const ir::Module& module;
  std::map<const ir::Global*, Id> globals;
  std::map<spv::BuiltIn, Id> builtins;
  std::map<const ir::Function*, Id> functions;

  Id builtin(spv::BuiltIn which);
  Id global(const ir::Global& global);
};

class FunctionPrinter {
public:
  FunctionPrinter(ModuleState& module, const ir::Function& function)
      : module_(module), out_(module.out), types_(module.types), function_(function) {}

  /// Writes the function; gives its id.
  Id print();

private:
  /// A place in memory.
  struct Place {
    Id pointer = 0;
    spv::StorageClass storage = spv::StorageClass::Function;
    bool laid_out = false; // a buffer's form of the type
    ir::TypePtr type = nullptr;
    std::uint64_t align = 4;
  };

  // statements.cpp
  void print(const ir::Block& block);
  void print(const ir::Stmt& stmt);
  void print_if(const ir::If& stmt);
  void print_switch(const ir::Switch& stmt);
  void print_loop(const ir::Loop& stmt);
  void line(ir::Loc loc);
  void label(Id id);
  void branch(Id target);
  /// Ends the block; code that follows is unreachable but still needs one.
  void terminate(spv::Op op, const Words& operands);

  // expressions.cpp
  Id value(const ir::Expr& expr);
  Id unary(const ir::Expr& expr, const ir::Unary& e);
  Id binary(const ir::Expr& expr, const ir::Binary& e);
  Id convert(const ir::Expr& expr, const ir::Convert& e);
  Id extract(const ir::Expr& expr, const ir::Expr& base, std::uint32_t index);
  Id convert_integer(Id operand, ir::Scalar from, ir::Scalar to);
  Id one_or_zero(Id condition, ir::TypePtr type);
  /// A float operation that must not be contracted into another one.
  Id exact(spv::Op op, ir::TypePtr type, const Words& operands);

  // memory.cpp
  Place place(const ir::Expr& reference);
  Id index(const ir::Expr& expr);
  Id load(const Place& place);
  void store(const Place& place, Id value);
  /// The same value in the other form of its type.
  Id change_form(Id value, ir::TypePtr type, bool to_laid_out);
  static Words memory_operands(const Place& place);

  // intrinsics.cpp
  Id intrinsic(const ir::Expr& expr, const ir::Intrinsic& e);
  Id id_query(const ir::Intrinsic& e);
  Id atomic(const ir::Expr& expr, const ir::Intrinsic& e, spv::Op op);
  void barrier(const ir::Intrinsic& e, bool warp);
  Id warp(const ir::Expr& expr, const ir::Intrinsic& e, spv::Op op, int member);
  Id scope(ir::MemoryScope scope);
  Id semantics(ir::MemoryOrder order, bool is_load, bool is_store);

  ModuleState& module_;
  Assembler& out_;
  Types& types_;
  const ir::Function& function_;
  std::map<const ir::Local*, Id> locals_; // a value, or the pointer of a var
  Id current_label_ = 0;
  bool reachable_ = true;
  Id break_target_ = 0;
  Id continue_target_ = 0;
  ir::Loc last_line_;
};

} // namespace ring::backends::spirv
