#include "ir/intrinsic_names.h"
#include "ir/overloaded.h"
#include "ir/printer_state.h"
#include "ir/type_rules.h"

namespace ring::ir::text {
namespace {

constexpr std::size_t kElementsPerLine = 8;

bool is_bitwise_or_shift(int precedence) {
  return precedence == precedence_of(BinaryOp::shl) ||
         precedence == precedence_of(BinaryOp::bit_and) ||
         precedence == precedence_of(BinaryOp::bit_xor) ||
         precedence == precedence_of(BinaryOp::bit_or);
}

/// The precedence of what an expression prints as.
int tightness(const Expr& expr) {
  if (const auto* e = expr.as<Binary>()) return precedence_of(e->op);
  if (const auto* e = expr.as<Logical>()) return precedence_of(e->op);
  if (expr.is<Select>()) return kSelectPrecedence;
  if (expr.is<PtrOffset>() || expr.is<PtrDifference>()) return precedence_of(BinaryOp::add);
  if (expr.is<Unary>() || expr.is<AddressOf>() || expr.is<Deref>()) return kPrefixPrecedence;
  return kPostfixPrecedence;
}

/// The axis of an id query in its short form.
char axis_of(const Intrinsic& intrinsic) {
  if (!has_axis(intrinsic.id) || intrinsic.operands.size() != 1) return 0;
  const Expr& operand = *intrinsic.operands[0];
  const auto* literal = operand.as<Literal>();
  const auto* value = literal ? std::get_if<std::uint64_t>(&literal->value) : nullptr;
  return value && *value < 3 && operand.type->is_scalar(Scalar::u32) ? "xyz"[*value] : 0;
}

} // namespace

int precedence_of(LogicalOp op) { return op == LogicalOp::logical_and ? 2 : 1; }

int precedence_of(BinaryOp op) {
  switch (op) {
  case BinaryOp::mul:
  case BinaryOp::div:
  case BinaryOp::rem:
    return 10;
  case BinaryOp::add:
  case BinaryOp::sub:
    return 9;
  case BinaryOp::shl:
  case BinaryOp::shr:
    return 8;
  case BinaryOp::lt:
  case BinaryOp::le:
  case BinaryOp::gt:
  case BinaryOp::ge:
    return 7;
  case BinaryOp::eq:
  case BinaryOp::ne:
    return 6;
  case BinaryOp::bit_and:
    return 5;
  case BinaryOp::bit_xor:
    return 4;
  case BinaryOp::bit_or:
    return 3;
  }
  return 0;
}

void Printer::expr(const Expr* expr, int min_precedence, TypePtr expected) {
  if (!expr) {
    out_ += "<null>";
    return;
  }
  const bool parenthesize = tightness(*expr) < min_precedence;
  if (parenthesize) out_ += '(';
  node(*expr, expected);
  if (parenthesize) out_ += ')';
}

void Printer::word(std::string_view word, const Expr* operand) {
  out_ += word;
  out_ += '(';
  expr(operand, kSelectPrecedence, nullptr);
  out_ += ')';
}

/// More parentheses than the parser needs, where a reader would have to think about precedence:
/// with bits and shifts, `&&` in `||`, and comparisons of comparisons.
void Printer::binary_operand(const Expr* operand, int own, int min_precedence, TypePtr expected) {
  const int inner = operand ? tightness(*operand) : kPostfixPrecedence;
  const bool operation = inner < kPrefixPrecedence && inner != own;
  if (operation && (is_bitwise_or_shift(own) || is_bitwise_or_shift(inner) || own + inner == 3 ||
                    (own <= 7 && own >= 6 && inner <= 7))) {
    min_precedence = kPrefixPrecedence;
  }
  expr(operand, min_precedence, expected);
}

void Printer::binary(const Expr* lhs, std::string_view op, const Expr* rhs, int precedence,
                     TypePtr expected) {
  binary_operand(lhs, precedence, precedence, expected);
  out_ += ' ';
  out_ += op;
  out_ += ' ';
  const bool shift = precedence == precedence_of(BinaryOp::shl); // its amount may have any type
  binary_operand(rhs, precedence, precedence + 1, lhs && !shift ? lhs->type : nullptr);
}

void Printer::node(const Expr& expr, TypePtr expected) {
  match(
      expr.node, [&](const Literal& e) { out_ += spell_literal(e, expr.type, expected); },
      [&](const LocalRef& e) { out_ += locals_.spell('%', e.local); },
      [&](const GlobalRef& e) { out_ += globals_.spell('@', e.global); },
      [&](const Unary& e) {
        out_ += spelling(e.op);
        // Not `-3`, which is one literal.
        const bool number = e.operand && e.operand->is<Literal>() && !e.operand->type->is_bool();
        this->expr(e.operand, number ? kPostfixPrecedence + 1 : kPrefixPrecedence, expected);
      },
      [&](const Binary& e) { binary(e.lhs, spelling(e.op), e.rhs, precedence_of(e.op), expected); },
      [&](const Logical& e) {
        const bool conjunction = e.op == LogicalOp::logical_and;
        binary(e.lhs, conjunction ? "&&" : "||", e.rhs, precedence_of(e.op), expected);
      },
      [&](const Select& e) {
        this->expr(e.condition, kSelectPrecedence + 1, expected);
        out_ += " ? ";
        this->expr(e.if_true, kSelectPrecedence + 1, expected);
        out_ += " : ";
        this->expr(e.if_false, kSelectPrecedence + 1, expected);
      },
      [&](const Convert& e) { word("convert<" + spell_type(expr.type) + ">", e.operand); },
      [&](const Bitcast& e) { word("bitcast<" + spell_type(expr.type) + ">", e.operand); },
      [&](const Index& e) {
        this->expr(e.base, kPostfixPrecedence, nullptr);
        out_ += '[';
        this->expr(e.index, kSelectPrecedence, nullptr);
        out_ += ']';
      },
      [&](const Member& e) {
        this->expr(e.base, kPostfixPrecedence, nullptr);
        const auto* structure = e.base->type->pointee_or_self()->as<StructType>();
        out_ += '.';
        out_ += structure ? spell_field(*structure->decl, e.field) : "#" + std::to_string(e.field);
      },
      [&](const Load& e) { word("load", e.reference); },
      [&](const AddressOf& e) {
        out_ += '&';
        this->expr(e.reference, kPrefixPrecedence, nullptr);
      },
      [&](const Deref& e) {
        out_ += '*';
        this->expr(e.pointer, kPrefixPrecedence, nullptr);
      },
      [&](const PtrOffset& e) {
        binary(e.pointer, "+", e.offset, precedence_of(BinaryOp::add), expected);
      },
      [&](const PtrDifference& e) {
        binary(e.lhs, "-", e.rhs, precedence_of(BinaryOp::sub), expected);
      },
      [&](const SpanElement& e) {
        this->expr(e.span, kPostfixPrecedence, nullptr);
        out_ += '[';
        this->expr(e.index, kSelectPrecedence, nullptr);
        out_ += ']';
      },
      [&](const SpanSize& e) { word("size", e.span); },
      [&](const SpanData& e) { word("data", e.span); },
      [&](const MakeSpan& e) {
        out_ += spell_type(expr.type) + "(";
        this->expr(e.pointer, kSelectPrecedence, nullptr);
        out_ += ", ";
        this->expr(e.size, kSelectPrecedence, e.size->type);
        out_ += ')';
      },
      [&](const Construct& e) { construct(e, expr); },
      [&](const Intrinsic& e) { intrinsic(e, expr); },
      [&](const Call& e) {
        out_ += '@' + spell_name(e.callee->name) + '(';
        for (std::size_t i = 0; i < e.arguments.size(); ++i) {
          if (i > 0) out_ += ", ";
          const bool declared = i < e.callee->params.size();
          this->expr(e.arguments[i], kSelectPrecedence,
                     declared ? e.callee->params[i]->type : nullptr);
        }
        out_ += ')';
      });
}

void Printer::construct(const Construct& construct, const Expr& owner) {
  out_ += spell_type(owner.type) + "{";
  const bool wrap = construct.elements.size() > kElementsPerLine;
  ++indent_;
  for (std::size_t i = 0; i < construct.elements.size(); ++i) {
    if (i > 0) out_ += ',';
    if (wrap && i % kElementsPerLine == 0) {
      out_ += '\n';
      begin_line();
    } else if (i > 0) {
      out_ += ' ';
    }
    expr(construct.elements[i], kSelectPrecedence, construct_element(owner.type, i));
  }
  --indent_;
  out_ += '}';
}

void Printer::intrinsic(const Intrinsic& intrinsic, const Expr& owner) {
  out_ += name_of(intrinsic.id);
  if (const char axis = axis_of(intrinsic); axis != 0 && owner.type->is_scalar(Scalar::u32)) {
    out_ += '.';
    out_ += axis;
    return;
  }
  const bool usual = intrinsic.order == default_order(intrinsic.id) &&
                     intrinsic.scope == default_scope(intrinsic.id);
  if (!usual && has_order_scope(intrinsic.id)) {
    out_ += '<';
    out_ += name_of(intrinsic.order);
    out_ += ", ";
    out_ += name_of(intrinsic.scope);
    out_ += '>';
  }
  out_ += '(';
  for (std::size_t i = 0; i < intrinsic.operands.size(); ++i) {
    if (i > 0) out_ += ", ";
    expr(intrinsic.operands[i], kSelectPrecedence, operand_type(intrinsic, i, types_));
  }
  out_ += ')';
  const TypePtr implied = result_type(intrinsic, types_);
  const bool differs = implied ? spell_type(implied) != spell_type(owner.type) : true;
  if (differs) out_ += " -> " + spell_type(owner.type);
}

} // namespace ring::ir::text
