// The printer's inside, shared by printer*.cpp; everyone else includes ir/printer.h.
#pragma once

#include "ir/module.h"

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

namespace ring::ir::text {

/// How tightly an expression binds, from 0 for `?:` on; C's order.
inline constexpr int kSelectPrecedence = 0;
inline constexpr int kPrefixPrecedence = 11;
inline constexpr int kPostfixPrecedence = 12;
int precedence_of(LogicalOp op);
int precedence_of(BinaryOp op);

/// The words that begin a type; a struct of such a name is printed in quotes.
bool is_type_word(std::string_view word);
std::string spell_type(TypePtr type);
std::string spell_struct(const StructDecl& decl);
/// `name` as it is, or quoted where it is no identifier.
std::string spell_name(std::string_view name);
/// The field as it is written after the point: its name, or `#index` if that does not tell it
/// apart.
std::string spell_field(const StructDecl& decl, std::size_t index);
/// A literal, with its type unless that is the one which `expected` gives.
std::string spell_literal(const Literal& literal, TypePtr type, TypePtr expected);

/// The numbers that make equal names different, in the order of asking.
template <class Owner> class UniqueNames {
public:
  std::string spell(char sigil, const Owner* owner) {
    const auto [slot, is_new] = numbers_.try_emplace(owner, 0);
    if (is_new) slot->second = ++counts_[owner->name];
    std::string text = sigil + spell_name(owner->name);
    if (slot->second > 1) text += "." + std::to_string(slot->second);
    return text;
  }

private:
  std::unordered_map<const Owner*, std::uint32_t> numbers_; // looked up only, never walked
  std::map<std::string, std::uint32_t> counts_;
};

class Printer {
public:
  void module(const Module& module);
  void function(const Function& function);
  /// The places of these names come first, so that they are numbered in the order of the module.
  void name_globals(const Module& module);
  /// `expected` is the type that a plain literal would get here; see parser_state.h.
  void expr(const Expr* expr, int min_precedence, TypePtr expected);

  std::string take() { return std::move(out_); }

private:
  void structure(const StructDecl& decl);
  void global(const Global& global);
  std::string header(const Function& function, bool one_param_a_line);
  /// What an actor is, one fact a line, each in a line of its own (printer_ring.cpp).
  std::string ring_facts(const RingKernel& kernel);

  void block(const Block& block);
  void stmt(const Stmt& stmt);
  void if_chain(const If& stmt, Loc loc);
  void switch_cases(const Switch& stmt);
  void open(Loc loc); // " !loc {" and the end of the line
  void close();       // "}"
  void line(std::string_view text);
  void begin_line() { out_.append(indent_ * 2, ' '); }
  std::string place(Loc loc) const; // " !5:3", or nothing

  void node(const Expr& expr, TypePtr expected);
  void list(const std::vector<Expr*>& items, const Expr& owner);
  void construct(const Construct& construct, const Expr& owner);
  void intrinsic(const Intrinsic& intrinsic, const Expr& owner);
  void binary(const Expr* lhs, std::string_view op, const Expr* rhs, int precedence,
              TypePtr expected);
  void binary_operand(const Expr* operand, int own, int min_precedence, TypePtr expected);
  void word(std::string_view word, const Expr* operand);

  std::string out_;
  std::size_t indent_ = 0;
  std::uint32_t file_ = 0; // what a location without a file means
  TypeTable types_;        // for types that the module itself may not have
  UniqueNames<Global> globals_;
  UniqueNames<Local> locals_;
};

} // namespace ring::ir::text
