// Prints types, expressions, statements and functions for the C family; CUDA and the CPU share it.
// The result is to read as if a person had written it: users' names, `for` where the loop is one,
// `x += y`, no parentheses and no casts that C++ does not need. Nothing is decided here.
//
//   CPrinter printer(module, dialect, options);
//   printer.structs();
//   printer.constants();
//   for (const Function& f : module.functions) printer.device_function(f);
//   std::string text = printer.out().take();
#pragma once

#include "backends/common/c_dialect.h"
#include "backends/common/c_layout.h"
#include "backends/common/c_types.h"
#include "backends/common/named_constants.h"
#include "backends/common/namer.h"
#include "backends/common/source_writer.h"

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace ring::backends {

class CPrinter {
public:
  /// Names everything at module level. Kernels keep their names, which are part of the interface.
  CPrinter(const ir::Module& module, CDialect& dialect, const Options& options);

  SourceWriter& out() { return out_; }
  Namer& namer() { return namer_; }
  const CTypes& types() const { return types_; }
  const ir::Module& module() const { return module_; }
  const Options& options() const { return options_; }

  // Declarations (c_declarations.cpp).
  /// The numbers that have a name. Nothing takes their address, which device code could not: what
  /// the source binds to a reference is a variable of the IR.
  void named_constants();
  void structs();
  /// That every field of the structs lies where Clang put it.
  void offset_checks();
  /// The shared variables that only the kernel `user` mentions, or, for null, all others.
  void shared_variables(const ir::Function* user);
  void constants();
  void device_function(const ir::Function& function);
  /// `T a`, `U b`, whose names are those of the function at hand.
  std::vector<std::string> parameters(const ir::Function& function);

  /// Names declared from here on are those of a function: they may hide what it does not mention.
  void begin_function(const ir::Function& function);
  void end_function();
  /// The name of a declaration in the output. A local is given one when it is declared.
  const std::string& name(const void* declaration) const;
  const std::string& declare(const ir::Local& local);
  /// Makes a local print as some text of the target's own.
  void declare_as(const ir::Local& local, std::string text);

  /// Whether any expression mentions the local.
  bool is_used(const ir::Local& local) const { return uses_.contains(&local); }

  // Statements (c_statements.cpp).
  /// The statements of a block, in a naming scope of their own.
  void block(const ir::Block& block);
  void line_directive(ir::Loc loc);

  // Expressions (c_expressions.cpp).
  CText expr(const ir::Expr& expr);
  /// Without what C++ converts by itself where a value of the expression's type is asked for.
  std::string value(const ir::Expr& expr);
  /// Both, for operands of a function: no parentheses needed.
  std::vector<std::string> values(const std::vector<ir::Expr*>& exprs);
  /// `T{a, b}`; without the type where the context has it.
  CText construct(const ir::Expr& expr, bool in_braces);
  CText address_of(const ir::Expr& reference);

private:
  void find_users();
  std::string global_name(const std::string& wanted);
  std::string initializer(const ir::Expr& expr);

  CText literal(const ir::Expr& expr, bool in_braces = false);
  CText binary(const ir::Expr& expr, const ir::Binary& node);
  CText convert(const ir::Expr& expr, const ir::Convert& node);
  CText intrinsic(const ir::Expr& expr, const ir::Intrinsic& node);
  std::string subscript(const ir::Expr& index);
  CText member(const ir::Expr& base, const std::string& field);

  void take_parameters(const ir::Function& function);
  void statement(const ir::Stmt& stmt);
  void let(const ir::Let& let);
  void evaluate(const ir::Expr& value);
  std::string short_arm(const ir::Stmt& branch, const ir::Block& block);
  void branch(const ir::Stmt& stmt, const ir::If& branch);
  void switch_(const ir::Switch& node);
  void loop(const ir::Stmt& stmt, const ir::Loop& node, const ir::Var* counter);
  void plain_loop(const ir::Loop& node);
  std::string return_(const ir::Return& node);
  std::optional<ir::Expr> choice_of(const ir::Block& block, std::size_t position) const;
  const ir::Var* counter_of(const ir::Block& block, std::size_t position) const;
  std::string simple_statement(const ir::Stmt& stmt);
  std::string store(const ir::Store& node);

  const ir::Module& module_;
  CDialect& dialect_;
  const Options& options_;
  SourceWriter out_{SourceWriter::LongLines::wrap};
  Namer namer_;
  Namer outer_names_; // of the module, while a function is printed
  CTypes types_;
  NamedConstants constants_;
  std::unordered_map<const void*, std::string> names_;
  std::unordered_map<const ir::StructDecl*, CStructLayout> layouts_;
  std::unordered_map<const ir::Local*, unsigned> uses_;           // how often it is mentioned
  std::unordered_map<const ir::Local*, const ir::Expr*> results_; // see unnamed_results.h
  std::unordered_map<const ir::Global*, std::set<const ir::Function*>> users_;
  std::set<const ir::Local*> taken_;         // variables that a parameter is; see take_parameters()
  std::vector<std::string> continue_labels_; // of the loops around; empty: a plain continue will do
};

} // namespace ring::backends
