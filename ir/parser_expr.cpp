#include "ir/intrinsic_names.h"
#include "ir/parser_state.h"
#include "ir/printer_state.h"
#include "ir/type_rules.h"

namespace ring::ir::text {
namespace {

std::optional<BinaryOp> find_binary(const Token& token) {
  if (!token.is(Token::Kind::punctuation)) return std::nullopt;
  for (int i = 0; i <= static_cast<int>(BinaryOp::ge); ++i) {
    if (token.text == spelling(static_cast<BinaryOp>(i))) return static_cast<BinaryOp>(i);
  }
  return std::nullopt;
}

/// -1 for what is no infix operator.
int infix_precedence(const Token& token) {
  if (token.is("&&")) return precedence_of(LogicalOp::logical_and);
  if (token.is("||")) return precedence_of(LogicalOp::logical_or);
  const std::optional<BinaryOp> op = find_binary(token);
  return op ? precedence_of(*op) : -1;
}

} // namespace

Expr* Parser::check(const Token& at, Expr* expr) {
  Typing typing = type_of(*expr, module_.types);
  if (!typing.type) return fail(at, std::move(typing.problem));
  expr->type = typing.type;
  return expr;
}

Expr* Parser::parse_expr(TypePtr expected) {
  Depth depth(*this);
  if (!depth.fits()) return nullptr;
  Expr* condition = parse_binary(precedence_of(LogicalOp::logical_or), expected);
  const Token& at = peek();
  if (!condition || at.starts_line || !accept("?")) return condition;
  Expr* if_true = parse_binary(precedence_of(LogicalOp::logical_or), expected);
  if (!if_true || !expect(":")) return nullptr;
  Expr* if_false = parse_binary(precedence_of(LogicalOp::logical_or), expected);
  return if_false ? make(at, Select{condition, if_true, if_false}) : nullptr;
}

/// Precedence climbing; all operators associate to the left. An operator on a new line is none: the
/// statement has ended.
Expr* Parser::parse_binary(int min_precedence, TypePtr expected) {
  Expr* lhs = parse_prefix(expected);
  while (lhs && !peek().starts_line) {
    const Token& op = peek();
    const int precedence = infix_precedence(op);
    if (precedence < min_precedence) break;
    next();
    const bool shift = precedence == precedence_of(BinaryOp::shl); // its amount may have any type
    Expr* rhs = parse_binary(precedence + 1, shift ? nullptr : lhs->type);
    lhs = rhs ? combine(op, lhs, rhs) : nullptr;
  }
  return lhs;
}

Expr* Parser::combine(const Token& op, Expr* lhs, Expr* rhs) {
  if (op.is("&&")) return make(op, Logical{LogicalOp::logical_and, lhs, rhs});
  if (op.is("||")) return make(op, Logical{LogicalOp::logical_or, lhs, rhs});
  if (lhs->type->is<PtrType>() && op.is("+")) return make(op, PtrOffset{lhs, rhs});
  if (lhs->type->is<PtrType>() && op.is("-")) return make(op, PtrDifference{lhs, rhs});
  return make(op, Binary{*find_binary(op), lhs, rhs});
}

Expr* Parser::parse_prefix(TypePtr expected) {
  Depth depth(*this);
  if (!depth.fits()) return nullptr;
  const Token& op = peek();
  if (at_literal()) return parse_literal(expected);
  if (accept("-")) {
    Expr* operand = parse_prefix(expected);
    return operand ? make(op, Unary{UnaryOp::negate, operand}) : nullptr;
  }
  if (accept("~") || accept("!")) {
    const UnaryOp unary = op.is("~") ? UnaryOp::bit_not : UnaryOp::logical_not;
    Expr* operand = parse_prefix(expected);
    return operand ? make(op, Unary{unary, operand}) : nullptr;
  }
  if (accept("&")) {
    Expr* operand = parse_prefix(nullptr);
    return operand ? make(op, AddressOf{operand}) : nullptr;
  }
  if (accept("*")) {
    Expr* operand = parse_prefix(nullptr);
    return operand ? make(op, Deref{operand}) : nullptr;
  }
  Expr* primary = parse_primary(expected);
  return primary ? parse_postfix(primary) : nullptr;
}

Expr* Parser::parse_postfix(Expr* base) {
  while (base && !peek().starts_line) {
    const Token& at = peek();
    if (accept("[")) {
      Expr* index = parse_expr(nullptr);
      if (!index || !expect("]")) return nullptr;
      base = base->type->is<SpanType>() ? make(at, SpanElement{base, index})
                                        : make(at, Index{base, index});
    } else if (accept(".")) {
      base = parse_member(base);
    } else {
      break;
    }
  }
  return base;
}

Expr* Parser::parse_member(Expr* base) {
  const Token& at = peek();
  std::uint32_t index = 0;
  if (accept("#")) return parse_u32(index) ? make(at, Member{base, index}) : nullptr;
  std::string name;
  if (!parse_name(name)) return nullptr;
  const auto* structure = base->type->pointee_or_self()->as<StructType>();
  if (structure) {
    for (const StructDecl::Field& field : structure->decl->fields) {
      if (field.name == name) return make(at, Member{base, index});
      ++index;
    }
  }
  return fail(at, "'" + to_string(base->type) + "' has no field '" + name + "'");
}

Expr* Parser::parse_primary(TypePtr expected) {
  const Token& token = peek();
  if (token.is(Token::Kind::local)) {
    const auto found = locals_.find(NameKey{token.name, token.suffix});
    if (found == locals_.end()) return fail("no local of this name is declared before");
    next();
    return make(token, LocalRef{found->second});
  }
  if (token.is(Token::Kind::symbol)) {
    if (peek(1).is("(")) return parse_call(next());
    const auto found = globals_.find(NameKey{token.name, token.suffix});
    if (found == globals_.end()) return fail("no global of this name is declared before");
    next();
    return make(token, GlobalRef{found->second});
  }
  if (accept("(")) {
    Expr* inner = parse_expr(expected);
    return inner && expect(")") ? inner : nullptr;
  }
  if (at_type()) return parse_typed(token);
  if (token.is(Token::Kind::identifier)) {
    next();
    return parse_word(token);
  }
  return fail("expected an expression");
}

/// load(r), size(s), data(s), convert<T>(x), bitcast<T>(x), or an intrinsic
Expr* Parser::parse_word(const Token& word) {
  const bool convert = word.is("convert");
  if (convert || word.is("bitcast")) {
    if (!expect("<")) return nullptr;
    const TypePtr type = parse_type();
    if (!type || !expect_close_angle() || !expect("(")) return nullptr;
    Expr* operand = parse_expr(nullptr);
    if (!operand || !expect(")")) return nullptr;
    return convert ? make(word, Convert{operand}, type) : make(word, Bitcast{operand}, type);
  }
  if (!word.is("load") && !word.is("size") && !word.is("data")) return parse_intrinsic(word);
  if (!expect("(")) return nullptr;
  Expr* operand = parse_expr(nullptr);
  if (!operand || !expect(")")) return nullptr;
  if (word.is("load")) return make(word, Load{operand});
  if (word.is("size")) return make(word, SpanSize{operand});
  return make(word, SpanData{operand});
}

/// T{a, b, ...}, or span<T, access>(pointer, size)
Expr* Parser::parse_typed(const Token& at) {
  const TypePtr type = parse_type();
  if (!type) return nullptr;
  if (type->is<SpanType>() && accept("(")) {
    Expr* pointer = parse_expr(nullptr);
    if (!pointer || !expect(",")) return nullptr;
    Expr* size = parse_expr(module_.types.u64());
    if (!size || !expect(")")) return nullptr;
    return make(at, MakeSpan{pointer, size}, type);
  }
  if (!expect("{")) return nullptr;
  Construct construct;
  if (!accept("}")) {
    do {
      Expr* element = parse_expr(construct_element(type, construct.elements.size()));
      if (!element) return nullptr;
      construct.elements.push_back(element);
    } while (accept(","));
    if (!expect("}")) return nullptr;
  }
  return make(at, std::move(construct), type);
}

Expr* Parser::parse_call(const Token& at) {
  const auto found = functions_.find(at.name);
  if (found == functions_.end()) return fail(at, "no function of this name is declared before");
  Call call{found->second, {}};
  next(); // "("
  if (!accept(")")) {
    do {
      const std::size_t index = call.arguments.size();
      const auto& params = call.callee->params;
      Expr* argument = parse_expr(index < params.size() ? params[index]->type : nullptr);
      if (!argument) return nullptr;
      call.arguments.push_back(argument);
    } while (accept(","));
    if (!expect(")")) return nullptr;
  }
  return make(at, std::move(call));
}

/// name(a, b), name<order, scope>(a) -> T, thread_id.x
Expr* Parser::parse_intrinsic(const Token& at) {
  const std::optional<intrinsics::Id> id = find_intrinsic(at.text);
  if (!id) return fail(at, "no intrinsic '" + std::string(at.text) + "'");
  Intrinsic intrinsic{*id, {}, default_order(*id), default_scope(*id)};
  if (has_axis(*id) && accept(".")) {
    const Token& axis = next();
    const std::size_t index = axis.text.size() == 1 ? std::string_view("xyz").find(axis.text) : 3;
    if (index > 2) return fail(axis, "expected x, y or z");
    intrinsic.operands.push_back(make(axis, Literal{std::uint64_t{index}}, module_.types.u32()));
    return make(at, std::move(intrinsic), module_.types.u32());
  }
  if (has_order_scope(*id) && accept("<")) {
    if (!parse_enum(intrinsic.order, MemoryOrder::seq_cst, "a memory order") || !expect(",") ||
        !parse_enum(intrinsic.scope, MemoryScope::system, "a memory scope") || !expect(">")) {
      return nullptr;
    }
  }
  if (!expect("(")) return nullptr;
  if (!accept(")")) {
    do {
      Expr* operand = parse_expr(operand_type(intrinsic, intrinsic.operands.size(), module_.types));
      if (!operand) return nullptr;
      intrinsic.operands.push_back(operand);
    } while (accept(","));
    if (!expect(")")) return nullptr;
  }
  TypePtr type = nullptr;
  if (!peek().starts_line && accept("->") && !(type = parse_type())) return nullptr;
  return make(at, std::move(intrinsic), type);
}

} // namespace ring::ir::text
