#include "ir/parser_state.h"
#include "ir/walk.h"

namespace ring::ir::text {

/// Nested expressions and blocks: enough for what C++ compilers accept, little enough for any
/// stack.
constexpr int kMaxDepth = 400;
/// The height of one expression's tree; a chain of operators grows it without nesting.
constexpr std::size_t kMaxHeight = 4000;

bool Parser::Depth::fits() {
  if (parser_.depth_ <= kMaxDepth) return true;
  parser_.fail("too deeply nested");
  return false;
}

bool Parser::parse_block(Block& block) {
  Depth depth(*this);
  if (!depth.fits() || !expect("{")) return false;
  while (!accept("}")) {
    if (!peek().starts_line && !block.empty()) {
      fail("expected the end of the line");
      return false;
    }
    if (!parse_stmt(block)) return false;
  }
  return true;
}

bool Parser::parse_stmt(Block& block) {
  if (accept("let")) return parse_declaration(block, Local::Kind::let);
  if (accept("var")) return parse_declaration(block, Local::Kind::var);
  if (accept("store")) return parse_store(block);
  if (accept("if")) return parse_if(block);
  if (accept("switch")) return parse_switch(block);
  if (accept("loop")) return parse_loop(block);
  if (accept("for_each")) return parse_for_each(block);
  if (accept("return")) return parse_return(block);
  if (accept("break")) return finish_stmt(block, Break{});
  if (accept("continue")) return finish_stmt(block, Continue{});
  if (accept("eval")) {
    Expr* value = parse_root(nullptr);
    return value && finish_stmt(block, Eval{value});
  }
  fail("expected a statement");
  return false;
}

template <class Node> bool Parser::finish_stmt(Block& block, Node node) {
  Loc loc;
  if (!parse_loc(loc)) return false;
  Stmt* stmt = module_.stmt(std::move(node), loc);
  for_each_root(*stmt, [&](Expr*& root) { stamp(root, loc); });
  block.statements.push_back(stmt);
  return true;
}

void Parser::stamp(Expr* root, Loc loc) {
  for_each_expr(root, [&](Expr*& expr) { expr->loc = loc; });
}

/// A whole expression, with a limit on the height of its tree: everything after the parser
/// recurses.
Expr* Parser::parse_root(TypePtr expected) {
  const Token& at = peek();
  Expr* root = parse_expr(expected);
  if (!root) return nullptr;
  std::vector<Expr*> level{root};
  std::vector<Expr*> below;
  for (std::size_t height = 0; !level.empty(); ++height) {
    if (height > kMaxHeight) return fail(at, "too large an expression");
    below.clear();
    for (Expr* expr : level) {
      for_each_operand(*expr, [&](Expr*& operand) { below.push_back(operand); });
    }
    level.swap(below);
  }
  return root;
}

bool Parser::parse_declaration(Block& block, Local::Kind kind) {
  const Token& name = peek();
  if (!name.is(Token::Kind::local)) {
    fail("expected a name like %x");
    return false;
  }
  next();
  if (!expect(":")) return false;
  const TypePtr type = parse_type();
  if (!type) return false;
  Expr* init = nullptr;
  const bool has_init = kind == Local::Kind::let ? expect("=") : accept("=");
  if (kind == Local::Kind::let && !has_init) return false;
  if (has_init && !(init = parse_root(type))) return false;
  Local* local = module_.local(kind, name.name, type);
  // Only now: the init cannot mean the local itself.
  if (!locals_.emplace(NameKey{name.name, name.suffix}, local).second) {
    fail(name, "a second local of this name; write " + std::string(name.text) + ".2, for example");
    return false;
  }
  const bool good = kind == Local::Kind::let ? finish_stmt(block, Let{local, init})
                                             : finish_stmt(block, Var{local, init});
  if (good) local->loc = block.statements.back()->loc;
  return good;
}

bool Parser::parse_store(Block& block) {
  Expr* reference = parse_root(nullptr);
  if (!reference || !expect(",")) return false;
  Expr* value = parse_root(reference->type->pointee_or_self());
  return value && finish_stmt(block, Store{reference, value});
}

Expr* Parser::parse_condition() {
  if (!expect("(")) return nullptr;
  Expr* condition = parse_root(nullptr);
  return condition && expect(")") ? condition : nullptr;
}

bool Parser::parse_if(Block& block) {
  Depth depth(*this); // else-if chains nest, too
  if (!depth.fits()) return false;
  Expr* condition = parse_condition();
  if (!condition || !finish_stmt(block, If{condition, {}, {}})) return false;
  If& stmt = *block.statements.back()->as<If>();
  if (!parse_block(stmt.then_block)) return false;
  if (!accept("else")) return true;
  return accept("if") ? parse_if(stmt.else_block) : parse_block(stmt.else_block);
}

bool Parser::parse_switch(Block& block) {
  Expr* selector = parse_condition();
  if (!selector || !finish_stmt(block, Switch{selector, {}})) return false;
  Switch& stmt = *block.statements.back()->as<Switch>();
  if (!selector->type->is_integer()) {
    fail("a switch over something that is no integer");
    return false;
  }
  if (!expect("{")) return false;
  while (!accept("}")) {
    Switch::Case c;
    if (!parse_case(c, selector->type) || !parse_block(c.body)) return false;
    stmt.cases.push_back(std::move(c));
  }
  return true;
}

bool Parser::parse_case(Switch::Case& c, TypePtr selector) {
  if (accept("default")) {
    c.is_default = true;
    return true;
  }
  if (!expect("case")) return false;
  if (peek().is("{")) return true;
  do {
    if (accept("default")) {
      c.is_default = true;
      return true;
    }
    const Token& at = peek();
    Expr* value = parse_literal(selector);
    if (!value) return false;
    if (value->type != selector) {
      fail(at, "a case of another type than the selector");
      return false;
    }
    c.values.push_back(*value->as<Literal>());
  } while (accept(","));
  return true;
}

bool Parser::parse_loop(Block& block) {
  Expr* condition = nullptr;
  if (accept("while") && !(condition = parse_condition())) return false;
  if (!finish_stmt(block, Loop{condition, {}, {}, nullptr})) return false;
  Stmt* stmt = block.statements.back();
  Loop& loop = *stmt->as<Loop>();
  if (!parse_block(loop.body)) return false;
  if (accept("continuing") && !parse_block(loop.continuing)) return false;
  if (!accept("until")) return true;
  if (!(loop.break_if = parse_condition())) return false;
  stamp(loop.break_if, stmt->loc);
  return true;
}

bool Parser::parse_for_each(Block& block) {
  ForEach::Unit unit{};
  if (accept("thread")) {
    unit = ForEach::Unit::thread;
  } else if (accept("warp")) {
    unit = ForEach::Unit::warp;
  } else if (accept("lane")) {
    unit = ForEach::Unit::lane;
  } else {
    fail("expected thread, warp or lane");
    return false;
  }
  if (!finish_stmt(block, ForEach{unit, {}})) return false;
  return parse_block(block.statements.back()->as<ForEach>()->body);
}

bool Parser::parse_return(Block& block) {
  const Token& token = peek();
  const bool ends = token.starts_line || token.is(Token::Kind::location) || token.is("}") ||
                    token.is(Token::Kind::end);
  if (ends) return finish_stmt(block, Return{nullptr});
  Expr* value = parse_root(function_->result);
  return value && finish_stmt(block, Return{value});
}

} // namespace ring::ir::text
