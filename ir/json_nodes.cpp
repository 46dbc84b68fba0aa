#include "ir/intrinsic_names.h"
#include "ir/json_state.h"
#include "ir/overloaded.h"
#include "ir/printer.h"

#include <cmath>

namespace ring::ir::json {
namespace {

/// Above this a reader that keeps numbers in doubles would round.
constexpr std::uint64_t kMaxExactInteger = std::uint64_t{1} << 53;

Json integer(std::uint64_t bits) {
  return bits <= kMaxExactInteger ? Json(bits) : Json(std::to_string(bits));
}

Json literal(const Literal& literal) {
  return match(
      literal.value, [](bool value) { return Json(value); },
      [](std::uint64_t bits) { return integer(bits); },
      [](double value) -> Json {
        if (std::isfinite(value)) return value;
        if (std::isnan(value)) return "nan";
        return value < 0 ? "-inf" : "inf";
      });
}

std::string_view name_of(ForEach::Unit unit) {
  return unit == ForEach::Unit::thread ? "thread" : unit == ForEach::Unit::warp ? "warp" : "lane";
}

} // namespace

Json ModuleWriter::declare(const Local& local) {
  return {{"id", id(&local)}, {"name", local.name}, {"type", print(local.type)}};
}

Json ModuleWriter::list(const std::vector<Expr*>& items) {
  Json result = Json::array();
  for (const Expr* item : items)
    result.push_back(expr(*item));
  return result;
}

Json ModuleWriter::block(const Block& block) {
  Json result = Json::array();
  for (const Stmt* s : block.statements)
    result.push_back(stmt(*s));
  return result;
}

Json ModuleWriter::expr(const Expr& e) {
  Json fields = match(
      e.node,
      [](const Literal& n) {
        Json fields{{"kind", "literal"}, {"value", literal(n)}};
        if (!n.name.empty()) fields["name"] = n.name;
        return fields;
      },
      [&](const LocalRef& n) {
        return Json{{"kind", "local"}, {"id", id(n.local)}, {"name", n.local->name}};
      },
      [&](const GlobalRef& n) {
        return Json{{"kind", "global"}, {"id", id(n.global)}, {"name", n.global->name}};
      },
      [&](const Unary& n) {
        return Json{{"kind", "unary"}, {"op", spelling(n.op)}, {"operand", expr(*n.operand)}};
      },
      [&](const Binary& n) {
        return Json{{"kind", "binary"},
                    {"op", spelling(n.op)},
                    {"lhs", expr(*n.lhs)},
                    {"rhs", expr(*n.rhs)}};
      },
      [&](const Logical& n) {
        const char* op = n.op == LogicalOp::logical_and ? "&&" : "||";
        return Json{{"kind", "logical"}, {"op", op}, {"lhs", expr(*n.lhs)}, {"rhs", expr(*n.rhs)}};
      },
      [&](const Select& n) {
        return Json{{"kind", "select"},
                    {"condition", expr(*n.condition)},
                    {"if_true", expr(*n.if_true)},
                    {"if_false", expr(*n.if_false)}};
      },
      [&](const Convert& n) { return Json{{"kind", "convert"}, {"operand", expr(*n.operand)}}; },
      [&](const Bitcast& n) { return Json{{"kind", "bitcast"}, {"operand", expr(*n.operand)}}; },
      [&](const Index& n) {
        return Json{{"kind", "index"}, {"base", expr(*n.base)}, {"index", expr(*n.index)}};
      },
      [&](const Member& n) {
        return Json{{"kind", "member"}, {"base", expr(*n.base)}, {"field", n.field}};
      },
      [&](const Load& n) { return Json{{"kind", "load"}, {"reference", expr(*n.reference)}}; },
      [&](const AddressOf& n) {
        return Json{{"kind", "address_of"}, {"reference", expr(*n.reference)}};
      },
      [&](const Deref& n) { return Json{{"kind", "deref"}, {"pointer", expr(*n.pointer)}}; },
      [&](const PtrOffset& n) {
        return Json{
            {"kind", "ptr_offset"}, {"pointer", expr(*n.pointer)}, {"offset", expr(*n.offset)}};
      },
      [&](const PtrDifference& n) {
        return Json{{"kind", "ptr_difference"}, {"lhs", expr(*n.lhs)}, {"rhs", expr(*n.rhs)}};
      },
      [&](const SpanElement& n) {
        return Json{{"kind", "span_element"}, {"span", expr(*n.span)}, {"index", expr(*n.index)}};
      },
      [&](const SpanSize& n) { return Json{{"kind", "span_size"}, {"span", expr(*n.span)}}; },
      [&](const SpanData& n) { return Json{{"kind", "span_data"}, {"span", expr(*n.span)}}; },
      [&](const MakeSpan& n) {
        return Json{{"kind", "make_span"}, {"pointer", expr(*n.pointer)}, {"size", expr(*n.size)}};
      },
      [&](const Construct& n) {
        return Json{{"kind", "construct"}, {"elements", list(n.elements)}};
      },
      [&](const Intrinsic& n) {
        Json fields{{"kind", "intrinsic"}, {"name", ir::name_of(n.id)}};
        if (intrinsics::find(n.id).has_order_scope) {
          fields["order"] = ir::name_of(n.order);
          fields["scope"] = ir::name_of(n.scope);
        }
        fields["operands"] = list(n.operands);
        return fields;
      },
      [&](const Call& n) {
        return Json{{"kind", "call"}, {"callee", n.callee->name}, {"arguments", list(n.arguments)}};
      });
  fields["type"] = print(e.type);
  return fields;
}

Json ModuleWriter::stmt(const Stmt& stmt) {
  const auto optional = [&](Json& fields, const char* key, const Expr* value) {
    if (value) fields[key] = expr(*value);
  };
  Json fields = match(
      stmt.node,
      [&](const Let& s) {
        return Json{{"kind", "let"}, {"local", declare(*s.local)}, {"init", expr(*s.init)}};
      },
      [&](const Var& s) {
        Json fields{{"kind", "var"}, {"local", declare(*s.local)}};
        optional(fields, "init", s.init);
        return fields;
      },
      [&](const Store& s) {
        return Json{
            {"kind", "store"}, {"reference", expr(*s.reference)}, {"value", expr(*s.value)}};
      },
      [&](const Eval& s) { return Json{{"kind", "eval"}, {"value", expr(*s.value)}}; },
      [&](const If& s) {
        return Json{{"kind", "if"},
                    {"condition", expr(*s.condition)},
                    {"then", block(s.then_block)},
                    {"else", block(s.else_block)}};
      },
      [&](const Switch& s) {
        Json cases = Json::array();
        for (const Switch::Case& c : s.cases) {
          Json values = Json::array();
          for (const Literal& value : c.values)
            values.push_back(literal(value));
          cases.push_back(
              {{"values", values}, {"is_default", c.is_default}, {"body", block(c.body)}});
        }
        return Json{{"kind", "switch"}, {"selector", expr(*s.selector)}, {"cases", cases}};
      },
      [&](const Loop& s) {
        Json fields{{"kind", "loop"}};
        optional(fields, "condition", s.condition);
        fields["body"] = block(s.body);
        fields["continuing"] = block(s.continuing);
        optional(fields, "break_if", s.break_if);
        return fields;
      },
      [](const Break&) { return Json{{"kind", "break"}}; },
      [](const Continue&) { return Json{{"kind", "continue"}}; },
      [&](const Return& s) {
        Json fields{{"kind", "return"}};
        optional(fields, "value", s.value);
        return fields;
      },
      [&](const ForEach& s) {
        return Json{{"kind", "for_each"}, {"unit", name_of(s.unit)}, {"body", block(s.body)}};
      });
  fields["loc"] = place(stmt.loc);
  return fields;
}

} // namespace ring::ir::json
