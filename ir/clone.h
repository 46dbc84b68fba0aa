// Deep copies of expressions, blocks and modules.
//
//   Cloner cloner(module);                       // inside one module
//   cloner.values[callee.params[0]] = argument;  // each use becomes a copy of the argument
//   Block body = cloner.block(callee.body);
//
// References that come out of a substitution know their object better than the original did, so the
// types of references and pointers are worked out anew.
#pragma once

#include "ir/module.h"

#include <unordered_map>

namespace ring::ir {

class Cloner {
public:
  /// Copies within one module: types, globals and functions stand for themselves.
  explicit Cloner(Module& to) : to_(to) {}
  /// Copies from another module. Fill `structs`, `globals` and `functions` with whatever the copied
  /// code mentions before the first copy.
  Cloner(Module& to, const Module& from) : to_(to), crosses_(&to != &from) {}

  /// Locals declared in the copied code are added as they come; one that is in no map stands for
  /// itself (inside one module).
  std::unordered_map<const Local*, Local*> locals;
  /// Uses of these params and lets become copies of the expressions.
  std::unordered_map<const Local*, const Expr*> values;
  std::unordered_map<const StructDecl*, const StructDecl*> structs;
  std::unordered_map<const Global*, Global*> globals;
  std::unordered_map<const Function*, Function*> functions;

  TypePtr type(TypePtr source);
  Local* declare(const Local* source);
  Expr* expr(const Expr* source); // null for null
  Stmt* stmt(const Stmt& source);
  Block block(const Block& source);

private:
  Module& to_;
  bool crosses_ = false;
  std::unordered_map<TypePtr, TypePtr> types_;
};

/// A copy of a tree inside its module.
Expr* clone(Module& module, const Expr* source);

/// An equal module that shares nothing with the original.
Module clone(const Module& source);

/// Works out the type of a reference, pointer or span expression again from its operands; leaves
/// the type of every other expression alone. Arms of a choice that differ are cast to what both can
/// be.
void retype(Expr& expr, Module& module);

/// The same for all expressions of a block, and for the lets that are references, pointers or
/// spans. Takes off each `*&`, and conversions to weaker references, on the way.
void retype(Block& block, Module& module);

} // namespace ring::ir
