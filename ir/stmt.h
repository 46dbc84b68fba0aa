// Statements own blocks; effects happen only here, in the order of the block.
#pragma once

#include "ir/expr.h"

#include <cstdint>
#include <variant>
#include <vector>

namespace ring::ir {

struct Stmt;

struct Block {
  std::vector<Stmt*> statements;

  bool empty() const { return statements.empty(); }
};

/// Names the value of an expression, evaluated here and once. The init may have effects at its
/// root. A let of type ref<T> is a C++ reference.
struct Let {
  Local* local;
  Expr* init;
};
/// Declares an object of the function's address space. Without an init its value is undefined.
struct Var {
  Local* local;
  Expr* init; // may be null
};
struct Store {
  Expr* reference;
  Expr* value;
};
/// An expression for its effect.
struct Eval {
  Expr* value;
};
struct If {
  Expr* condition;
  Block then_block;
  Block else_block;
};
/// Cases never fall through. `break` leaves the switch; `continue` belongs to the loop around it. A
/// switch with only a default is the way to write a region that `break` can leave.
struct Switch {
  struct Case {
    std::vector<Literal> values; // integers of the selector's type
    bool is_default = false;
    Block body;
  };
  Expr* selector;          // any integer type
  std::vector<Case> cases; // at most one default
};
/// while (true) { if (condition && !*condition) break; body; continuing; if (break_if && *break_if)
/// break; } `continue` in the body goes to `continuing`, which has no break, continue or return of
/// its own.
struct Loop {
  Expr* condition; // may be null
  Block body;
  Block continuing;
  Expr* break_if; // may be null
};
struct Break {};
struct Continue {};
struct Return {
  Expr* value; // null in a void function
};
/// Runs the body once for each thread of the block (or warp of the block, or lane of the current
/// warp), one after the other. Made by the pass that splits kernels at barriers for the CPU;
/// `continue` at the top level of the body ends the turn of one thread.
struct ForEach {
  enum class Unit : std::uint8_t { thread, warp, lane };
  Unit unit;
  Block body;
};

struct Stmt {
  Loc loc;
  std::variant<Let, Var, Store, Eval, If, Switch, Loop, Break, Continue, Return, ForEach> node;

  template <class T> T* as() { return std::get_if<T>(&node); }
  template <class T> const T* as() const { return std::get_if<T>(&node); }
  template <class T> bool is() const { return std::holds_alternative<T>(node); }
};

} // namespace ring::ir
