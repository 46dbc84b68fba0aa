// The verifier's inside, shared by verifier*.cpp; everyone else includes ir/verifier.h.
#pragma once

#include "ir/verifier.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace ring::ir::checks {

/// The place and the owner of what is being checked, for messages.
struct Place {
  const Function* function = nullptr; // null at module level
  Loc loc;
};

/// Collects problems; says in which function each is.
class Reporter {
public:
  void problem(const Place& place, std::string message) {
    report(DiagnosticId::invalid_module, place, std::move(message));
  }
  void report(DiagnosticId id, const Place& place, std::string message);
  Diagnostics take() { return std::move(diagnostics_); }
  void add(Diagnostic diagnostic) { diagnostics_.push_back(std::move(diagnostic)); }
  bool empty() const { return diagnostics_.empty(); }

private:
  Diagnostics diagnostics_;
};

/// Types and struct declarations (verifier_types.cpp).
class TypeChecker {
public:
  TypeChecker(const Module& module, Reporter& reporter);

  void check_structs();
  /// What is wrong with a type wherever it stands; empty if nothing is.
  const std::string& problem_of(TypePtr type);
  /// What is wrong with a type of a value or object, which has a size.
  std::string value_problem(TypePtr type);
  /// What is wrong with a type that goes from the host to a device, which holds no pointers.
  std::string data_problem(TypePtr type);

private:
  std::string find_problem(TypePtr type);
  void check_struct(const StructDecl& decl);

  const Module& module_;
  Reporter& reporter_;
  std::unordered_set<const StructDecl*> known_; // of this module
  std::unordered_set<const StructDecl*> complete_;
  std::unordered_map<TypePtr, std::string> problems_;
};

/// What the module uses that the target may lack (verifier_capability.cpp).
class CapabilityChecker {
public:
  CapabilityChecker(const CapabilitySet& capabilities, Reporter& reporter)
      : capabilities_(capabilities), reporter_(reporter) {}

  void begin(const Function* function);
  /// A type of a value or object.
  void use_type(TypePtr type, const Place& place);
  void use_expr(const Expr& expr, const Place& place);

private:
  void need(Capability capability, const Place& place, const std::string& construct);
  void use_intrinsic(const Intrinsic& intrinsic, const Place& place);

  const CapabilitySet& capabilities_;
  Reporter& reporter_;
  std::set<std::string> said_;                // in this function
  std::unordered_set<TypePtr> checked_types_; // in this function
};

/// One module's functions, statements and expressions.
class Verifier {
public:
  Verifier(Module& module, const CapabilitySet& capabilities)
      : module_(module), types_(module, reporter_), needs_(capabilities, reporter_) {}

  Diagnostics run();

private:
  // Module level (verifier.cpp).
  void check_global(const Global& global);
  void check_bound_span(const Global& global, const Place& place);
  void check_constant(const Expr& initializer, const Place& place);
  void check_function(Function& function);
  void check_kernel(const Function& function);
  void check_global_kernel(const Function& function, const GlobalKernel& kind);
  void check_bindings(const Function& function);
  void check_loc(const Place& place);

  // Actors (verifier_ring.cpp).
  void check_ring_kernel(const Function& function, const RingKernel& kind);
  void check_lanes(const RingKernel& kind, const Place& place);
  void check_ring_params(const Function& function, const RingKernel& kind);
  void check_messages(const std::vector<RingKernel::Message>& messages, std::string_view what,
                      const Place& place);
  void check_arguments(const RingKernel& kind, const Place& place);

  // Statements (verifier_stmt.cpp).
  struct Surroundings {
    bool may_break = false;
    bool may_continue = false;
    bool may_return = true;
  };
  void check_block(Block& block, Surroundings around);
  void check_statements(Block& block, Surroundings around);
  void check_stmt(Stmt& stmt, const Surroundings& around);
  void check_declaration(Local* local, Local::Kind kind, Expr* init, const Place& place);
  void check_store(const Store& store, const Place& place);
  void check_switch(Switch& stmt, const Surroundings& around, const Place& place);
  void check_loop(Loop& loop, const Surroundings& around, const Place& place);
  void check_condition(Expr* condition, const Place& place);
  void declare(const Local* local);
  void leave_scope(std::size_t mark);
  Place place_of(const Stmt& stmt) const;

  // Expressions (verifier_expr.cpp).
  enum class Effects : std::uint8_t { forbidden, allowed };
  /// True if the whole tree obeys the rules.
  bool check_root(Expr* root, const Place& place, Effects effects = Effects::forbidden);
  bool check_expr(Expr* expr, const Place& around, Effects effects);
  bool check_leaf(const Expr& expr, const Place& place);
  bool check_global_ref(const GlobalRef& ref, const Place& place);
  bool check_effects(const Expr& expr, const Place& place, Effects effects);
  bool check_memory(const Intrinsic& intrinsic, const Place& place);

  Module& module_;
  Reporter reporter_;
  TypeChecker types_;
  CapabilityChecker needs_;
  std::unordered_map<const Function*, std::size_t> positions_; // of functions checked before
  std::unordered_set<const Global*> globals_;
  std::set<std::string> bound_spans_; // their names
  std::set<std::string> actors_;
  std::uint32_t lanes_ = 0;                             // of the actors that are not serial
  std::map<std::uint32_t, const StructDecl*> messages_; // by id
  std::unordered_map<const StructDecl*, std::uint32_t> message_ids_;
  std::unordered_set<const Expr*> seen_exprs_;
  std::unordered_set<const Stmt*> seen_stmts_;
  std::unordered_set<const Local*> seen_locals_;
  std::unordered_set<const Local*> broken_; // their types were reported
  // Of the function being checked:
  Function* function_ = nullptr;
  std::unordered_set<const Local*> visible_;
  std::vector<const Local*> scope_;         // what is visible, in the order of declaration
  std::unordered_set<const Global*> bound_; // the buffers of a kernel
  bool writes_outside_ = false;
};

} // namespace ring::ir::checks
