// The parser's inside, shared by parser*.cpp; everyone else includes ir/parser.h.
//
// A parse function that fails returns null (or false) after it has set the diagnostic; its caller
// only passes that on. So there is one diagnostic, the first.
#pragma once

#include "ir/lexer.h"
#include "ir/module.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ring::ir::text {

class Parser {
public:
  Parser(std::vector<Token> tokens, Module& module) : tokens_(std::move(tokens)), module_(module) {}

  bool parse_module();
  Diagnostic take_diagnostic() { return std::move(*diagnostic_); }

private:
  // Tokens.
  const Token& peek(std::size_t ahead = 0) const {
    return tokens_[std::min(position_ + ahead, tokens_.size() - 1)];
  }
  const Token& next() { return tokens_[position_ < tokens_.size() - 1 ? position_++ : position_]; }
  bool accept(std::string_view spelled);
  bool expect(std::string_view spelled);
  bool expect_close_angle(); // the first half of ">>", too
  std::nullptr_t fail(const Token& at, std::string message);
  std::nullptr_t fail(std::string message) { return fail(peek(), std::move(message)); }
  bool parse_integer(std::uint64_t& value, std::uint64_t limit = ~std::uint64_t{0});
  bool parse_u32(std::uint32_t& value);
  bool parse_string(std::string& value);
  bool parse_name(std::string& name); // an identifier or a string
  /// The location after a statement or header, if there is one.
  bool parse_loc(Loc& loc);

  // Module level (parser.cpp).
  bool declare_structs();
  bool parse_file();
  bool parse_struct();
  bool parse_global(AddressSpace space);
  bool parse_function(bool is_kernel);
  bool parse_params(Function& function);
  bool parse_kernel_facts(Kernel& kernel);
  Global* parse_global_name();

  // Actors (parser_ring.cpp).
  bool parse_ring_facts(RingKernel& kernel);
  const StructDecl* parse_struct_name();
  bool parse_messages(std::vector<RingKernel::Message>& messages);
  bool parse_argument(RingKernel& kernel, RingKernel::Argument::Kind kind);
  bool parse_hexadecimal(std::uint32_t& value); // or decimal

  // Types (parser_type.cpp).
  bool at_type() const;
  TypePtr parse_type();
  TypePtr parse_pointer_like(bool is_ref);
  /// One of the values 0 to `last`, by its name_of().
  template <class Enum> bool parse_enum(Enum& value, Enum last, std::string_view what) {
    for (int i = 0; i <= static_cast<int>(last); ++i) {
      value = static_cast<Enum>(i);
      if (peek().is(Token::Kind::identifier) && accept(name_of(value))) return true;
    }
    fail("expected " + std::string(what));
    return false;
  }

  // Statements (parser_stmt.cpp).
  bool parse_block(Block& block);
  bool parse_stmt(Block& block);
  bool parse_declaration(Block& block, Local::Kind kind);
  bool parse_store(Block& block);
  bool parse_if(Block& block);
  bool parse_switch(Block& block);
  bool parse_case(Switch::Case& c, TypePtr selector);
  bool parse_loop(Block& block);
  bool parse_for_each(Block& block);
  bool parse_return(Block& block);
  /// "(" expression ")"
  Expr* parse_condition();
  template <class Node> bool finish_stmt(Block& block, Node node);
  void stamp(Expr* root, Loc loc);

  // Expressions (parser_expr.cpp, parser_literal.cpp). `expected` is the type of a plain number.
  Expr* parse_root(TypePtr expected);
  Expr* parse_expr(TypePtr expected);
  Expr* parse_binary(int min_precedence, TypePtr expected);
  Expr* parse_prefix(TypePtr expected);
  Expr* parse_postfix(Expr* base);
  Expr* parse_primary(TypePtr expected);
  Expr* parse_member(Expr* base);
  Expr* parse_word(const Token& word);
  Expr* parse_typed(const Token& at);
  Expr* parse_call(const Token& at);
  Expr* parse_intrinsic(const Token& at);
  Expr* combine(const Token& op, Expr* lhs, Expr* rhs);
  bool at_literal() const;
  Expr* parse_literal(TypePtr expected);
  Expr* parse_number(bool negative, TypePtr expected);
  Expr* parse_special_float(bool negative, TypePtr expected);
  /// An expression whose type follows from the rules (or is `type`, checked by them).
  template <class Node> Expr* make(const Token& at, Node node, TypePtr type = nullptr) {
    return check(at, module_.expr(type, std::move(node)));
  }
  Expr* check(const Token& at, Expr* expr);

  /// Counts nesting for as long as it lives.
  class Depth {
  public:
    explicit Depth(Parser& parser) : parser_(parser) { ++parser_.depth_; }
    ~Depth() { --parser_.depth_; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;
    /// False, with the diagnostic set, where the text nests too deeply.
    bool fits();

  private:
    Parser& parser_;
  };

  std::vector<Token> tokens_;
  std::size_t position_ = 0;
  int depth_ = 0;
  Module& module_;
  Function* function_ = nullptr;
  std::uint32_t file_ = 0; // what a location without a file means
  std::optional<Diagnostic> diagnostic_;
  std::map<std::string, const StructDecl*> structs_;
  using NameKey = std::pair<std::string, std::uint32_t>;
  std::map<NameKey, Global*> globals_;
  std::map<std::string, Function*> functions_;
  std::map<NameKey, Local*> locals_;
};

} // namespace ring::ir::text
