// Prints a legalized module as WGSL that reads as if a person had written it: users' names, `for`
// where the loop is one, `x += y`, no parentheses that the grammar does not ask for.
//
//   std::string text = Printer(*verified).print();
#pragma once

#include "backends/common/c_text.h"
#include "backends/common/named_constants.h"
#include "backends/common/namer.h"
#include "backends/common/source_writer.h"
#include "backends/common/unnamed_results.h"
#include "backends/wgsl/memory_usage.h"
#include "ir/module.h"

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>

namespace ring::backends::wgsl {

class Printer {
public:
  /// Names everything at module level, kernels first: theirs are part of the interface.
  explicit Printer(const ir::Module& module);

  std::string print();

private:
  // Declarations (printer_declarations.cpp).
  void name_declarations();
  void begin_names(const ir::Function& function);
  void directives();
  void special_values();
  void named_constants();
  void structure(const ir::StructDecl& decl, bool in_memory);
  void structs();
  void constant(const ir::Global& global);
  void variable(const ir::Global& global);
  void function(const ir::Function& function);
  std::string entry_parameters(const ir::Function& kernel);
  std::string type(ir::TypePtr type, bool is_atomic = false) const;

  // Statements (printer_statements.cpp).
  void block(const ir::Block& block);
  void statement(const ir::Stmt& stmt);
  void let(const ir::Let& let);
  void evaluate(const ir::Expr& value);
  /// A strong compare-exchange; `found` is the name of the variable that gets the value from
  /// before.
  void compare_exchange(const ir::Intrinsic& cas, const std::string& found);
  void barrier();
  void order_storage();
  void branch(const ir::If& branch);
  void switch_(const ir::Switch& node);
  void loop(const ir::Loop& node, const ir::Var* counter);
  void general_loop(const ir::Loop& node);
  std::string store(const ir::Store& node);

  // Expressions (printer_expressions.cpp).
  CText expr(const ir::Expr& expr);
  CText literal(const ir::Expr& expr, const ir::Literal& literal);
  CText special(std::uint32_t bits);
  CText unary(const ir::Expr& expr, const ir::Unary& node);
  CText binary(const ir::Binary& node);
  CText convert(const ir::Expr& expr, const ir::Convert& node);
  CText intrinsic(const ir::Expr& expr, const ir::Intrinsic& node);
  CText call(const std::string& callee, const std::vector<ir::Expr*>& arguments);
  std::string arguments(const std::vector<ir::Expr*>& exprs);
  std::string shift_amount(const ir::Expr& amount);
  std::string subscript(const ir::Expr& index);

  const std::string& name(const void* declaration) const { return names_.at(declaration); }
  const std::string& declare(const void* declaration, std::string_view wanted);
  bool is_atomic(const ir::Expr& reference) const;

  const ir::Module& module_;
  MemoryUsage usage_;
  SourceWriter out_;
  Namer namer_;
  NamedConstants constants_;
  std::unordered_map<const void*, std::string> names_;
  std::unordered_map<const ir::Local*, const ir::Expr*> results_; // see unnamed_results.h
  std::map<intrinsics::Id, std::string> id_names_;     // the built-in inputs of the kernel at hand
  std::map<std::uint32_t, std::string> special_names_; // by their bits
};

} // namespace ring::backends::wgsl
