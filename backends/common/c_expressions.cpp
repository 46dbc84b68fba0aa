// Expressions of the C family.
#include "backends/common/c_literal.h"
#include "backends/common/c_printer.h"
#include "ir/overloaded.h"
#include "ir/transform/lower_intrinsics.h"

#include <cassert>

namespace ring::backends {
namespace {

using namespace ir;

const ScalarType* scalar_of(TypePtr type) { return type->as<ScalarType>(); }

bool is_narrow(TypePtr type) {
  const auto* scalar = scalar_of(type);
  return scalar && is_integer(scalar->kind) && bit_width(scalar->kind) < 32;
}

Access access_of(TypePtr type) {
  if (const auto* ref = type->as<RefType>()) return ref->access;
  return type->as<PtrType>()->access;
}

/// A conversion that loses nothing and that C++ would do by itself; its operand, or null.
const Expr* widened(const Expr& expr) {
  const auto* convert = expr.as<Convert>();
  if (!convert) return nullptr;
  const auto* from = scalar_of(convert->operand->type);
  const auto* to = scalar_of(expr.type);
  if (!from || !to) return nullptr;
  if (from->kind == Scalar::f32 && to->kind == Scalar::f64) return convert->operand;
  if (!is_integer(from->kind) || !is_integer(to->kind)) return nullptr;
  if (bit_width(from->kind) >= bit_width(to->kind)) return nullptr;
  const bool keeps_value = !is_signed(from->kind) || is_signed(to->kind);
  return keeps_value ? convert->operand : nullptr;
}

/// Whether `inner` becomes `type` in an expression whatever stands on the other side.
bool promotes_to(const Expr& inner, TypePtr type) {
  return type->is_scalar(Scalar::i32) && is_narrow(inner.type);
}

/// A plain number that C++ converts to the other operand's type without a change of its value.
bool is_small_integer(const Expr& expr) {
  const auto* literal = expr.as<Literal>();
  const auto* bits = literal ? std::get_if<std::uint64_t>(&literal->value) : nullptr;
  return bits && *bits <= 0x7fffffff && literal->name.empty();
}

void replace_all(std::string& text, std::string_view what, const std::string& with) {
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

} // namespace

CText CPrinter::expr(const Expr& expr) {
  return match(
      expr.node, [&](const Literal&) { return literal(expr); },
      [&](const LocalRef& e) {
        const auto result = results_.find(e.local);
        return result == results_.end() ? CText{name(e.local)} : this->expr(*result->second);
      },
      [&](const GlobalRef& e) { return CText{name(e.global)}; },
      [&](const Unary& e) {
        const CText operand = this->expr(*e.operand);
        std::string text = operand.at(Precedence::unary);
        const std::string_view op = spelling(e.op);
        if (text.starts_with(op)) text = "(" + text + ")"; // not --x
        text.insert(0, op);
        if (is_narrow(expr.type)) {
          return CText{types_.name(expr.type) + "(" + text + ")", Precedence::postfix};
        }
        return CText{text, Precedence::unary};
      },
      [&](const Binary& e) { return binary(expr, e); },
      [&](const Logical& e) {
        const Precedence op = precedence_of(e.op);
        const auto side = [&](const Expr& operand, Side where) {
          const CText text = this->expr(operand);
          return needs_parentheses(op, where, text.precedence) ? "(" + text.text + ")" : text.text;
        };
        const std::string_view word = e.op == LogicalOp::logical_and ? " && " : " || ";
        return CText{side(*e.lhs, Side::left) + std::string(word) + side(*e.rhs, Side::right), op};
      },
      [&](const Select& e) {
        return CText{this->expr(*e.condition).at(Precedence::logical_or) + " ? " +
                         this->expr(*e.if_true).at(Precedence::logical_or) + " : " +
                         this->expr(*e.if_false).text,
                     Precedence::conditional};
      },
      [&](const Convert& e) { return convert(expr, e); },
      [&](const Bitcast& e) {
        if (expr.type->is_float() || e.operand->type->is_float()) {
          return dialect_.bitcast(*this, expr.type, *e.operand);
        }
        if (!expr.type->is_integer()) {
          return CText{"(" + types_.name(expr.type) + ")" +
                           this->expr(*e.operand).at(Precedence::unary),
                       Precedence::unary};
        }
        return CText{types_.name(expr.type) + "(" + this->expr(*e.operand).text + ")",
                     Precedence::postfix};
      },
      [&](const Index& e) {
        return CText{this->expr(*e.base).at(Precedence::postfix) + "[" + subscript(*e.index) + "]",
                     Precedence::postfix};
      },
      [&](const Member& e) {
        const StructDecl* decl = e.base->type->pointee_or_self()->as<StructType>()->decl;
        return member(*e.base, name(&decl->fields[e.field]));
      },
      [&](const Load& e) { return this->expr(*e.reference); },
      [&](const AddressOf& e) { return address_of(*e.reference); },
      [&](const Deref& e) {
        if (const auto* offset = e.pointer->as<PtrOffset>()) {
          return CText{this->expr(*offset->pointer).at(Precedence::postfix) + "[" +
                           subscript(*offset->offset) + "]",
                       Precedence::postfix};
        }
        if (const auto* address = e.pointer->as<AddressOf>())
          return this->expr(*address->reference);
        return CText{"*" + this->expr(*e.pointer).at(Precedence::unary), Precedence::unary};
      },
      [&](const PtrOffset& e) {
        const CText pointer = this->expr(*e.pointer);
        const CText offset = this->expr(*e.offset);
        return CText{pointer.at(Precedence::additive) + " + " +
                         offset.at(Precedence::multiplicative),
                     Precedence::additive};
      },
      [&](const PtrDifference& e) {
        return CText{"i64(" + this->expr(*e.lhs).at(Precedence::additive) + " - " +
                         this->expr(*e.rhs).at(Precedence::multiplicative) + ")",
                     Precedence::postfix};
      },
      [&](const SpanElement& e) {
        return CText{this->expr(*e.span).at(Precedence::postfix) + "[" + subscript(*e.index) + "]",
                     Precedence::postfix};
      },
      [&](const SpanSize& e) {
        return CText{this->expr(*e.span).at(Precedence::postfix) + ".size()", Precedence::postfix};
      },
      [&](const SpanData& e) {
        return CText{this->expr(*e.span).at(Precedence::postfix) + ".data()", Precedence::postfix};
      },
      [&](const MakeSpan& e) {
        return CText{types_.name(expr.type) + "{" + this->expr(*e.pointer).text + ", " +
                         value(*e.size) + "}",
                     Precedence::postfix};
      },
      [&](const Construct&) { return construct(expr, false); },
      [&](const Intrinsic& e) { return intrinsic(expr, e); },
      [&](const Call& e) {
        std::string text = name(e.callee) + "(";
        for (const std::string& argument : values(e.arguments)) {
          if (!text.ends_with('(')) text += ", ";
          text += argument;
        }
        return CText{text + ")", Precedence::postfix};
      });
}

std::string CPrinter::value(const Expr& expr) {
  if (expr.is<Literal>()) return literal(expr, true).text;
  if (const Expr* inner = widened(expr)) return this->expr(*inner).text;
  return this->expr(expr).text;
}

std::vector<std::string> CPrinter::values(const std::vector<Expr*>& exprs) {
  std::vector<std::string> texts;
  for (const Expr* expr : exprs) {
    // An aggregate says its type: braces alone do not convert to every parameter.
    texts.push_back(expr->is<Construct>() ? construct(*expr, false).text : value(*expr));
  }
  return texts;
}

CText CPrinter::binary(const Expr& expr, const Binary& node) {
  const Precedence op = precedence_of(node.op);
  const bool is_shift = node.op == BinaryOp::shl || node.op == BinaryOp::shr;
  const TypePtr type = node.lhs->type;
  const Expr* lhs = node.lhs;
  const Expr* rhs = node.rhs;

  // u64(i) < n says no more than i < n, as long as the other operand keeps its type.
  const Expr* plain_lhs = widened(*lhs);
  const Expr* plain_rhs = widened(*rhs);
  if (plain_lhs && promotes_to(*plain_lhs, type)) lhs = plain_lhs;
  if (plain_rhs && (is_shift || promotes_to(*plain_rhs, type))) rhs = plain_rhs;
  if (!is_shift && rhs != plain_rhs && plain_rhs && lhs != plain_lhs) {
    rhs = plain_rhs;
  } else if (!is_shift && plain_lhs && !plain_rhs) {
    lhs = plain_lhs;
  }

  // One of the two must have its type written out.
  const bool lhs_decides = is_shift || rhs->is<Literal>() || rhs != node.rhs;
  const bool rhs_decides = lhs->is<Literal>() || lhs != node.lhs;
  const auto side = [&](const Expr& operand, Side where, bool decides_type) {
    const CText text =
        is_small_integer(operand) && !decides_type ? literal(operand, true) : this->expr(operand);
    return needs_parentheses(op, where, text.precedence) ? "(" + text.text + ")" : text.text;
  };
  const std::string text = side(*lhs, Side::left, lhs_decides) + " " +
                           std::string(spelling(node.op)) + " " +
                           side(*rhs, Side::right, rhs_decides && !is_shift);
  if (is_narrow(expr.type) || (expr.type->is_bool() && !is_comparison(node.op))) {
    return {types_.name(expr.type) + "(" + text + ")", Precedence::postfix};
  }
  return {text, op};
}

CText CPrinter::literal(const Expr& expr, bool in_braces) {
  const Literal& literal = *expr.as<Literal>();
  const NamedConstant* constant = constants_.find(expr.type, literal);
  if (!constant) return c_literal(expr, literal, in_braces);
  // In braces C++ converts a constant by itself, as long as that keeps its value.
  if (in_braces || constant->type == expr.type) return {constant->declared};
  return {types_.name(expr.type) + "(" + constant->declared + ")", Precedence::postfix};
}

CText CPrinter::convert(const Expr& expr, const Convert& node) {
  const CText operand = this->expr(*node.operand);
  if (expr.type->is<RefType>() || expr.type->is<PtrType>()) {
    // They become const by themselves, but not the other way round.
    const bool writes = access_of(expr.type) == Access::read_write;
    if (!writes || access_of(node.operand->type) == Access::read_write) return operand;
    return {"const_cast<" + types_.name(expr.type) + ">(" + operand.text + ")",
            Precedence::postfix};
  }
  if (expr.type->is_bool() && node.operand->type->is<ScalarType>()) {
    const bool is_floating = node.operand->type->is_float();
    return {operand.at(Precedence::relational) + (is_floating ? " != 0.0f" : " != 0"),
            Precedence::equality};
  }
  return {types_.name(expr.type) + "(" + operand.text + ")", Precedence::postfix};
}

std::string CPrinter::subscript(const Expr& index) {
  // An address is computed modulo 2^64: a conversion to 64 bits changes nothing.
  if (const auto* convert = index.as<Convert>()) {
    const auto* from = scalar_of(convert->operand->type);
    if (from && is_integer(from->kind) && bit_width(from->kind) < size_of(index.type) * 8) {
      return this->expr(*convert->operand).text;
    }
  }
  if (index.is<Literal>()) return literal(index, true).text;
  return this->expr(index).text;
}

CText CPrinter::member(const Expr& base, const std::string& field) {
  if (const auto* deref = base.as<Deref>(); deref && !deref->pointer->is<PtrOffset>()) {
    return {this->expr(*deref->pointer).at(Precedence::postfix) + "->" + field,
            Precedence::postfix};
  }
  return {this->expr(base).at(Precedence::postfix) + "." + field, Precedence::postfix};
}

CText CPrinter::address_of(const Expr& reference) {
  if (const auto* deref = reference.as<Deref>()) return this->expr(*deref->pointer);
  if (const auto* convert = reference.as<Convert>()) return address_of(*convert->operand);
  return {"&" + this->expr(reference).at(Precedence::unary), Precedence::unary};
}

CText CPrinter::construct(const Expr& expr, bool in_braces) {
  const auto& elements = expr.as<Construct>()->elements;
  if (elements.empty() && !in_braces) {
    if (expr.type->is<PtrType>()) return {"nullptr"};
    return {types_.name(expr.type) + "{}", Precedence::postfix};
  }
  std::string text = in_braces ? "{" : types_.name(expr.type) + "{";
  if (!in_braces && expr.type->is<VectorType>()) text += "{";
  const auto* structure = expr.type->as<StructType>();
  const CStructLayout* layout = structure ? &layouts_.at(structure->decl) : nullptr;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (i != 0) text += ", ";
    if (layout && layout->fields[i].padding != 0) text += "{}, ";
    text += initializer(*elements[i]);
  }
  if (layout && layout->tail != 0 && !elements.empty()) text += ", {}";
  text += !in_braces && expr.type->is<VectorType>() ? "}}" : "}";
  return {text, Precedence::postfix};
}

std::string CPrinter::initializer(const Expr& expr) {
  return expr.is<Construct>() ? construct(expr, true).text : value(expr);
}

CText CPrinter::intrinsic(const Expr& expr, const Intrinsic& node) {
  const intrinsics::Row& row = intrinsics::find(node.id);
  const intrinsics::ScalarType type = transform::spelling_type(node);
  const intrinsics::Spelling spelling =
      row.spelling(dialect_.column(), type, options_.fp == FloatMode::fast);
  using Form = intrinsics::Spelling::Form;
  const bool is_text = spelling.form == Form::call || spelling.form == Form::expression;
  if (!is_text || row.category == intrinsics::Category::id) {
    return dialect_.intrinsic(*this, expr, node);
  }

  // The table takes addresses as "&(x)"; a marker stands for x until its own precedence is known.
  constexpr std::string_view kMarker = "\x01";
  std::vector<std::string> operands;
  for (const Expr* operand : node.operands)
    operands.push_back(this->expr(*operand).text);
  const bool has_object = !node.operands.empty() && node.operands[0]->type->is<RefType>();
  if (has_object) operands[0] = kMarker;
  std::string text = intrinsics::expand(spelling, {operands, type, node.order, node.scope});
  if (has_object) {
    replace_all(text, "&(\x01)", address_of(*node.operands[0]).text);
    replace_all(text, kMarker, this->expr(*node.operands[0]).text);
  }
  return {text, Precedence::postfix};
}

} // namespace ring::backends
