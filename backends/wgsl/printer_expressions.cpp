// Expressions of WGSL.
#include "backends/wgsl/literal.h"
#include "backends/wgsl/printer.h"
#include "ir/intrinsic_names.h"
#include "ir/overloaded.h"
#include "ir/transform/lower_intrinsics.h"

#include <bit>
#include <cassert>

namespace ring::backends::wgsl {
namespace {

using namespace ir;

/// WGSL takes "--" for an operator that it reserves.
std::string after_minus(const std::string& text) {
  return text.starts_with('-') ? "(" + text + ")" : text;
}

std::string zero_of(TypePtr type) {
  if (type->is_float()) return "0.0f";
  return type->is_scalar(Scalar::i32) ? "0i" : "0u";
}

} // namespace

CText Printer::expr(const Expr& expr) {
  const auto unreachable = [](const char* what) {
    assert(false && "a node that legalize should have removed");
    return CText{std::string("/* ") + what + " */"};
  };
  return match(
      expr.node, [&](const Literal& e) { return literal(expr, e); },
      [&](const LocalRef& e) {
        const auto result = results_.find(e.local);
        return result == results_.end() ? CText{name(e.local)} : this->expr(*result->second);
      },
      [&](const GlobalRef& e) { return CText{name(e.global)}; },
      [&](const Unary& e) { return unary(expr, e); }, [&](const Binary& e) { return binary(e); },
      [&](const Logical& e) {
        const Precedence op = precedence_of(e.op);
        const CText lhs = this->expr(*e.lhs);
        const CText rhs = this->expr(*e.rhs);
        const auto side = [&](const CText& text, Side where) {
          return needs_parentheses(op, where, text.precedence) ? "(" + text.text + ")" : text.text;
        };
        const char* word = e.op == LogicalOp::logical_and ? " && " : " || ";
        return CText{side(lhs, Side::left) + word + side(rhs, Side::right), op};
      },
      [&](const Select& e) { return call("select", {e.if_false, e.if_true, e.condition}); },
      [&](const Convert& e) { return convert(expr, e); },
      [&](const Bitcast& e) {
        const auto* bits = e.operand->as<Literal>();
        if (bits && expr.type->is_scalar(Scalar::f32)) {
          return special(static_cast<std::uint32_t>(std::get<std::uint64_t>(bits->value)));
        }
        return call("bitcast<" + type(expr.type) + ">", {e.operand});
      },
      [&](const Index& e) {
        return CText{this->expr(*e.base).at(Precedence::postfix) + "[" + subscript(*e.index) + "]",
                     Precedence::postfix};
      },
      [&](const Member& e) {
        const StructDecl* decl = e.base->type->pointee_or_self()->as<StructType>()->decl;
        return CText{this->expr(*e.base).at(Precedence::postfix) + "." +
                         name(&decl->fields[e.field]),
                     Precedence::postfix};
      },
      [&](const Load& e) {
        const CText reference = this->expr(*e.reference);
        if (!is_atomic(*e.reference)) return reference;
        return CText{"atomicLoad(&" + reference.text + ")", Precedence::postfix};
      },
      [&](const Construct& e) { return call(type(expr.type), e.elements); },
      [&](const Intrinsic& e) { return intrinsic(expr, e); },
      [&](const Call& e) { return call(name(e.callee), e.arguments); },
      [&](const AddressOf&) { return unreachable("address of"); },
      [&](const Deref&) { return unreachable("dereference"); },
      [&](const PtrOffset&) { return unreachable("pointer"); },
      [&](const PtrDifference&) { return unreachable("pointer difference"); },
      [&](const SpanElement&) { return unreachable("span element"); },
      [&](const SpanSize&) { return unreachable("span size"); },
      [&](const SpanData&) { return unreachable("span data"); },
      [&](const MakeSpan&) { return unreachable("span"); });
}

CText Printer::literal(const Expr& expr, const Literal& literal) {
  if (is_special(expr.type, literal)) return special(special_bits(literal));
  const NamedConstant* constant = constants_.find(expr.type, literal);
  if (!constant) return wgsl::literal(expr.type, literal);
  if (constant->type == expr.type) return {constant->declared};
  return {type(expr.type) + "(" + constant->declared + ")", Precedence::postfix};
}

/// A float that WGSL refuses as a constant: its bits come out of a variable.
CText Printer::special(std::uint32_t bits) {
  const auto found = special_names_.find(bits);
  if (found == special_names_.end()) {
    const Literal value{static_cast<double>(std::bit_cast<float>(bits))};
    return wgsl::literal(ir::TypeTable().f32(), value);
  }
  return {"bitcast<f32>(" + found->second + ")", Precedence::postfix};
}

CText Printer::unary(const Expr& expr, const Unary& node) {
  const CText operand = this->expr(*node.operand);
  if (node.op == UnaryOp::negate && expr.type->is_scalar(Scalar::u32)) {
    return {"0u - " + operand.at(Precedence::multiplicative), Precedence::additive};
  }
  const std::string text = operand.at(Precedence::unary);
  if (node.op == UnaryOp::negate) return {"-" + after_minus(text), Precedence::unary};
  return {std::string(spelling(node.op)) + text, Precedence::unary};
}

CText Printer::binary(const Binary& node) {
  const Precedence op = precedence_of(node.op);
  const auto side = [&](const CText& text, Side where) {
    return needs_parentheses(op, where, text.precedence) ? "(" + text.text + ")" : text.text;
  };
  const std::string lhs = side(expr(*node.lhs), Side::left);
  if (node.op == BinaryOp::shl || node.op == BinaryOp::shr) {
    return {lhs + " " + std::string(spelling(node.op)) + " " + shift_amount(*node.rhs), op};
  }
  if (node.op == BinaryOp::bit_xor && node.lhs->type->is_bool()) { // has no such operator on bool
    return {expr(*node.lhs).at(Precedence::shift) + " != " + expr(*node.rhs).at(Precedence::shift),
            Precedence::equality};
  }
  return {lhs + " " + std::string(spelling(node.op)) + " " + side(expr(*node.rhs), Side::right),
          op};
}

/// A u32, as WGSL wants it.
std::string Printer::shift_amount(const Expr& amount) {
  if (const auto* literal = amount.as<Literal>()) {
    constexpr std::uint64_t kWordBits = 32; // a constant past that is refused
    const bool is_u32 = amount.type->is_scalar(Scalar::u32);
    if (is_u32 && bits_of(*literal) < kWordBits) return expr(amount).text;
    return std::to_string(bits_of(*literal) % kWordBits) + "u";
  }
  if (amount.type->is_scalar(Scalar::u32)) return expr(amount).at(Precedence::unary);
  return "u32(" + expr(amount).text + ")";
}

std::string Printer::subscript(const Expr& index) {
  const auto* literal = index.as<Literal>();
  if (literal && literal->name.empty()) return std::to_string(bits_of(*literal));
  return expr(index).text;
}

CText Printer::convert(const Expr& expr, const Convert& node) {
  if (expr.type == node.operand->type) return this->expr(*node.operand);
  if (expr.type->is_bool()) {
    return {this->expr(*node.operand).at(Precedence::shift) + " != " + zero_of(node.operand->type),
            Precedence::equality};
  }
  return call(type(expr.type), {node.operand});
}

std::string Printer::arguments(const std::vector<Expr*>& exprs) {
  std::string text;
  for (const Expr* argument : exprs) {
    if (!text.empty()) text += ", ";
    text += expr(*argument).text;
  }
  return text;
}

CText Printer::call(const std::string& callee, const std::vector<Expr*>& operands) {
  return {callee + "(" + arguments(operands) + ")", Precedence::postfix};
}

CText Printer::intrinsic(const Expr& expr, const Intrinsic& node) {
  using Form = intrinsics::Spelling::Form;
  const intrinsics::Row& row = intrinsics::find(node.id);
  const intrinsics::ScalarType type = transform::spelling_type(node);
  const intrinsics::Spelling spelling = row.spelling(intrinsics::Target::wgsl, type);
  if (row.category == intrinsics::Category::id) {
    std::string text = id_names_.at(node.id);
    if (has_axis(node.id)) {
      const auto axis = std::get<std::uint64_t>(node.operands.front()->as<Literal>()->value);
      text += std::string(".") + "xyz"[axis];
    }
    return {text, Precedence::postfix};
  }
  std::vector<std::string> operands;
  for (const Expr* operand : node.operands) {
    const bool is_address = operand->type->is<RefType>() && spelling.form == Form::call;
    operands.push_back((is_address ? "&" : "") + this->expr(*operand).text);
  }
  const std::string text = intrinsics::expand(spelling, {operands, type, node.order, node.scope});
  // countOneBits and its like answer in the type of their operand.
  if (row.category == intrinsics::Category::integer && spelling.form == Form::call &&
      expr.type->is_scalar(Scalar::i32) && node.operands.front()->type->is_scalar(Scalar::u32)) {
    return {"i32(" + text + ")", Precedence::postfix};
  }
  return {text, Precedence::postfix};
}

bool Printer::is_atomic(const Expr& reference) const {
  const Global* root = root_of(reference);
  return root && usage_.atomic.contains(root);
}

} // namespace ring::backends::wgsl
