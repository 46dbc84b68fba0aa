// Statements of the C family.
#include "backends/common/c_printer.h"
#include "backends/common/same_expr.h"
#include "backends/common/statement_shapes.h"
#include "ir/analysis/properties.h"
#include "ir/overloaded.h"

#include <algorithm>

namespace ring::backends {
namespace {

using namespace ir;

constexpr std::size_t kShortLine = 80;

/// Whether the block has a `continue` that belongs to the loop around it.
bool continues_outside(const Block& block) {
  return std::any_of(block.statements.begin(), block.statements.end(), [](const Stmt* stmt) {
    return match(
        stmt->node, [](const Continue&) { return true; },
        [](const If& s) {
          return continues_outside(s.then_block) || continues_outside(s.else_block);
        },
        [](const Switch& s) {
          return std::any_of(s.cases.begin(), s.cases.end(),
                             [](const Switch::Case& c) { return continues_outside(c.body); });
        },
        [](const auto&) { return false; });
  });
}

} // namespace

void CPrinter::line_directive(Loc loc) {
  if (!options_.line_directives || !loc.valid() || loc.file >= module_.files.size()) return;
  out_.set_line(module_.files[loc.file].name, loc.line);
}

void CPrinter::block(const Block& block) {
  namer_.push_scope();
  for (std::size_t i = 0; i < block.statements.size(); ++i) {
    const Stmt& stmt = *block.statements[i];
    if (const Var* counter = counter_of(block, i)) {
      const Stmt& loop_stmt = *block.statements[++i];
      loop(loop_stmt, *loop_stmt.as<Loop>(), counter);
    } else if (const std::optional<Expr> choice = choice_of(block, i)) {
      const Local& local = *stmt.as<Var>()->local;
      line_directive(block.statements[++i]->loc);
      const std::string init = initializer(*choice);
      out_.line(types_.declare(local.type, declare(local)) + " = " + init + ";");
    } else {
      statement(stmt);
    }
  }
  namer_.pop_scope();
}

/// The value of a variable that the next statement sets in both of its arms, where C++ has an
/// expression for it: what has effects stands in an arm of its own in the IR.
std::optional<Expr> CPrinter::choice_of(const Block& block, std::size_t position) const {
  if (position + 1 >= block.statements.size()) return std::nullopt;
  const Var* var = block.statements[position]->as<Var>();
  const If* branch = block.statements[position + 1]->as<If>();
  if (!var || var->init || !branch || !var->local->type->is<ScalarType>()) return std::nullopt;
  const auto value_in = [&](const Block& arm) -> Expr* {
    for (const Stmt* stmt : arm.statements) {
      const auto* let = stmt->as<Let>();
      if (let && results_.contains(let->local)) continue; // printed where it is used
      const auto* store = stmt->as<Store>();
      const auto* target = store ? store->reference->as<LocalRef>() : nullptr;
      const bool is_last = stmt == arm.statements.back();
      return is_last && target && target->local == var->local ? store->value : nullptr;
    }
    return nullptr;
  };
  Expr* if_true = value_in(branch->then_block);
  Expr* if_false = value_in(branch->else_block);
  if (!if_true || !if_false) return std::nullopt;
  const auto is_known = [](const Expr* value, bool truth) {
    const auto* literal = value->as<Literal>();
    return literal && literal->name.empty() &&
           literal->value == std::variant<bool, std::uint64_t, double>(truth);
  };
  const TypePtr type = var->local->type;
  if (is_known(if_true, true))
    return Expr{type, {}, Logical{LogicalOp::logical_or, branch->condition, if_false}};
  if (is_known(if_false, false))
    return Expr{type, {}, Logical{LogicalOp::logical_and, branch->condition, if_true}};
  return Expr{type, {}, Select{branch->condition, if_true, if_false}};
}

void CPrinter::statement(const Stmt& stmt) {
  if (const auto* var = stmt.as<Var>(); var && taken_.contains(var->local)) return;
  if (!stmt.is<Loop>() && !stmt.is<ForEach>()) line_directive(stmt.loc);
  match(
      stmt.node, [&](const Let& s) { let(s); },
      [&](const Var& s) {
        const std::string init = s.init ? " = " + initializer(*s.init) : "";
        out_.line(types_.declare(s.local->type, declare(*s.local)) + init + ";");
      },
      [&](const Store& s) { out_.line(store(s) + ";"); },
      [&](const Eval& s) { evaluate(*s.value); }, [&](const If& s) { branch(stmt, s); },
      [&](const Switch& s) { switch_(s); }, [&](const Loop& s) { loop(stmt, s, nullptr); },
      [&](const Break&) { out_.line("break;"); },
      [&](const Continue&) {
        const std::string& label = continue_labels_.empty() ? "" : continue_labels_.back();
        out_.line(label.empty() ? "continue;" : "goto " + label + ";");
      },
      [&](const Return& s) { out_.line(return_(s)); },
      [&](const ForEach& s) {
        continue_labels_.emplace_back();
        dialect_.for_each(*this, s);
        continue_labels_.pop_back();
      });
}

std::string CPrinter::return_(const Return& node) {
  if (!node.value) return "return;";
  const bool is_aggregate = node.value->is<Construct>();
  return "return " + (is_aggregate ? construct(*node.value, true).text : value(*node.value)) + ";";
}

void CPrinter::let(const Let& node) {
  const Local& local = *node.local;
  if (results_.contains(&local)) return;
  const auto* effect = node.init->as<Intrinsic>();
  if (effect) {
    for (const std::string& line : dialect_.before(*effect))
      out_.line(line);
  }
  // The initializer first: the name is not visible in it.
  const std::string init =
      local.type->is<RefType>() ? expr(*node.init).text : initializer(*node.init);
  const bool is_const = !local.type->is<RefType>() && !local.type->is<PtrType>();
  const std::string& declared = declare(local);
  out_.line((is_const ? types_.declare_const(local.type, declared)
                      : types_.declare(local.type, declared)) +
            " = " + init + ";");
  if (effect) {
    for (const std::string& line : dialect_.after(*effect))
      out_.line(line);
  }
}

void CPrinter::evaluate(const Expr& value) {
  const auto* effect = value.as<Intrinsic>();
  if (effect) {
    for (const std::string& line : dialect_.before(*effect))
      out_.line(line);
  }
  const std::string text = expr(value).text;
  if (!text.empty()) out_.line(text + ";");
  if (effect) {
    for (const std::string& line : dialect_.after(*effect))
      out_.line(line);
  }
}

std::string CPrinter::store(const Store& node) {
  const std::string target = expr(*node.reference).text;
  const auto* binary = node.value->as<Binary>();
  const auto* old = binary ? binary->lhs->as<Load>() : nullptr;
  const bool is_update = old && !is_comparison(binary->op) && node.value->type->is<ScalarType>() &&
                         same_expr(*old->reference, *node.reference);
  if (!is_update) {
    const bool is_aggregate = node.value->is<Construct>();
    return target + " = " +
           (is_aggregate ? construct(*node.value, false).text : value(*node.value));
  }
  const auto* literal = binary->rhs->as<Literal>();
  const bool is_number = literal && literal->name.empty();
  const auto* bits = is_number ? std::get_if<std::uint64_t>(&literal->value) : nullptr;
  if (bits && *bits == 1 && binary->op == BinaryOp::add) return "++" + target;
  if (bits && *bits == 1 && binary->op == BinaryOp::sub) return "--" + target;
  return target + " " + std::string(spelling(binary->op)) + "= " + value(*binary->rhs);
}

/// What stands behind a condition without braces: a jump, or what stood there in the source.
std::string CPrinter::short_arm(const Stmt& branch, const Block& block) {
  if (block.statements.size() != 1) return "";
  const Stmt& only = *block.statements.front();
  if (only.is<Break>()) return "break;";
  const bool is_labelled = !continue_labels_.empty() && !continue_labels_.back().empty();
  if (only.is<Continue>()) return is_labelled ? "" : "continue;";
  if (const auto* result = only.as<Return>()) return return_(*result);
  if (!only.loc.valid() || only.loc.file != branch.loc.file || only.loc.line != branch.loc.line)
    return "";
  if (const auto* target = only.as<Store>()) return store(*target) + ";";
  const auto* effect = only.as<Eval>();
  return effect && effect->value->is<Call>() ? expr(*effect->value).text + ";" : "";
}

void CPrinter::branch(const Stmt& stmt, const If& node) {
  const auto condition = [&](const Expr& value) { return expr(value).text; };
  const std::string arm = node.else_block.empty() ? short_arm(stmt, node.then_block) : "";
  const std::string line = "if (" + condition(*node.condition) + ") " + arm;
  if (!arm.empty() && line.size() <= kShortLine) return out_.line(line);
  write_if_chain(out_, node, condition, [&](const Block& inner) { block(inner); });
}

void CPrinter::switch_(const Switch& node) {
  const bool is_region =
      node.cases.size() == 1 && node.cases.front().is_default && node.cases.front().values.empty();
  if (is_region && !continues_outside(node.cases.front().body)) {
    out_.open("do {");
    block(node.cases.front().body);
    out_.close("} while (false);");
    return;
  }
  out_.line("switch (" + expr(*node.selector).text + ") {");
  for (const Switch::Case& c : node.cases) {
    std::string labels;
    for (const Literal& label : c.values)
      labels += "case " + value(Expr{node.selector->type, {}, label}) + ": ";
    if (c.is_default) labels += "default: ";
    out_.open(labels + "{");
    block(c.body);
    if (!analysis::ends_in_jump(c.body)) out_.line("break;");
    out_.close("}");
  }
  out_.line("}");
}

const Var* CPrinter::counter_of(const Block& block, std::size_t position) const {
  if (position + 1 >= block.statements.size()) return nullptr;
  const Var* var = block.statements[position]->as<Var>();
  const Loop* loop = block.statements[position + 1]->as<Loop>();
  if (!var || !var->init || !loop || !loop->condition || loop->break_if) return nullptr;
  if (var->local->type->is<ArrayType>() || taken_.contains(var->local) ||
      !analysis::mentions(loop->continuing, var->local))
    return nullptr;
  for (std::size_t i = position + 2; i < block.statements.size(); ++i) {
    const Block rest{{block.statements[i]}};
    if (analysis::mentions(rest, var->local)) return nullptr;
  }
  const bool steps_simply =
      std::all_of(loop->continuing.statements.begin(), loop->continuing.statements.end(),
                  [](const Stmt* stmt) { return stmt->is<Store>(); });
  return steps_simply ? var : nullptr;
}

void CPrinter::loop(const Stmt& stmt, const Loop& node, const Var* counter) {
  line_directive(stmt.loc);
  const auto& step = node.continuing.statements;
  const bool steps_simply =
      std::all_of(step.begin(), step.end(), [](const Stmt* s) { return s->is<Store>(); });
  if (!steps_simply || (node.break_if && (node.condition || !step.empty())))
    return plain_loop(node);

  namer_.push_scope();
  continue_labels_.emplace_back();
  if (node.break_if) {
    const auto* negated = node.break_if->as<Unary>();
    const bool is_not = negated && negated->op == UnaryOp::logical_not;
    out_.open("do {");
    block(node.body);
    const std::string again =
        is_not ? expr(*negated->operand).text : "!" + expr(*node.break_if).at(Precedence::unary);
    out_.close("} while (" + again + ");");
  } else {
    std::string init;
    if (counter) {
      init = types_.declare(counter->local->type, declare(*counter->local)) + " = " +
             initializer(*counter->init);
    }
    const std::string condition = node.condition ? expr(*node.condition).text : "";
    std::string steps;
    for (const Stmt* s : step) {
      if (!steps.empty()) steps += ", ";
      steps += store(*s->as<Store>());
    }
    if (init.empty() && steps.empty()) {
      out_.open("while (" + (condition.empty() ? "true" : condition) + ") {");
    } else {
      out_.open("for (" + init + ";" + (condition.empty() ? "" : " " + condition) + ";" +
                (steps.empty() ? "" : " " + steps) + ") {");
    }
    block(node.body);
    out_.close("}");
  }
  continue_labels_.pop_back();
  namer_.pop_scope();
}

void CPrinter::plain_loop(const Loop& node) {
  namer_.push_scope();
  out_.open("while (" + (node.condition ? expr(*node.condition).text : "true") + ") {");
  // C++ has no place for a continuing part of several statements, so `continue` jumps to it.
  const bool needs_label = continues_outside(node.body);
  continue_labels_.push_back(needs_label ? namer_.declare("next") : "");
  if (needs_label) {
    out_.open("{");
    block(node.body);
    out_.close("}");
    out_.line(continue_labels_.back() + ":;");
  } else {
    // The continuing part sees what the body declares, as in the IR.
    for (const Stmt* stmt : node.body.statements)
      statement(*stmt);
  }
  continue_labels_.back().clear();
  for (const Stmt* stmt : node.continuing.statements)
    statement(*stmt);
  if (node.break_if) out_.line("if (" + expr(*node.break_if).text + ") break;");
  continue_labels_.pop_back();
  out_.close("}");
  namer_.pop_scope();
}

} // namespace ring::backends
