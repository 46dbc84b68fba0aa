// Statements of WGSL.
#include "backends/common/same_expr.h"
#include "backends/common/statement_shapes.h"
#include "backends/wgsl/printer.h"
#include "ir/analysis/properties.h"
#include "ir/overloaded.h"

#include <algorithm>

namespace ring::backends::wgsl {
namespace {

using namespace ir;

/// What a `for` can say after its second semicolon: at most one assignment.
bool has_simple_step(const Loop& loop) {
  const auto& step = loop.continuing.statements;
  return !loop.break_if && (step.empty() || (step.size() == 1 && step.front()->is<Store>()));
}

/// The variable declared just before the loop at `position + 1` that belongs into its header.
const Var* counter_of(const Block& block, std::size_t position) {
  if (position + 1 >= block.statements.size()) return nullptr;
  const Var* var = block.statements[position]->as<Var>();
  const Loop* loop = block.statements[position + 1]->as<Loop>();
  if (!var || !var->init || !loop || !loop->condition || !has_simple_step(*loop)) return nullptr;
  if (!analysis::mentions(loop->continuing, var->local)) return nullptr;
  for (std::size_t i = position + 2; i < block.statements.size(); ++i) {
    if (analysis::mentions(Block{{block.statements[i]}}, var->local)) return nullptr;
  }
  return var;
}

bool is_cas(const Expr& expr) {
  const auto* intrinsic = expr.as<Intrinsic>();
  return intrinsic && intrinsic->id == intrinsics::Id::atomic_cas;
}

bool is_uniform_load(const Expr& expr) {
  const auto* intrinsic = expr.as<Intrinsic>();
  return intrinsic && intrinsic->id == intrinsics::Id::uniform_load;
}

bool is_simple(const Expr& expr) { return expr.is<Literal>() || expr.is<LocalRef>(); }

} // namespace

void Printer::block(const Block& block) {
  for (std::size_t i = 0; i < block.statements.size(); ++i) {
    if (const Var* counter = counter_of(block, i)) {
      loop(*block.statements[++i]->as<Loop>(), counter);
    } else {
      statement(*block.statements[i]);
    }
  }
}

void Printer::statement(const Stmt& stmt) {
  match(
      stmt.node, [&](const Let& s) { let(s); },
      [&](const Var& s) {
        const std::string init = s.init ? " = " + expr(*s.init).text : "";
        const std::string& declared = declare(s.local, s.local->name);
        out_.line("var " + declared + (s.init ? init : ": " + type(s.local->type)) + ";");
      },
      [&](const Store& s) { out_.line(store(s) + ";"); },
      [&](const Eval& s) { evaluate(*s.value); }, [&](const If& s) { branch(s); },
      [&](const Switch& s) { switch_(s); }, [&](const Loop& s) { loop(s, nullptr); },
      [&](const Break&) { out_.line("break;"); }, [&](const Continue&) { out_.line("continue;"); },
      [&](const Return& s) {
        out_.line(s.value ? "return " + expr(*s.value).text + ";" : "return;");
      },
      [](const ForEach&) {}); // of the CPU alone
}

void Printer::let(const Let& node) {
  const Local& local = *node.local;
  if (results_.contains(&local)) return;
  if (is_cas(*node.init)) {
    const std::string found = declare(&local, local.name);
    return compare_exchange(*node.init->as<Intrinsic>(), found);
  }
  if (is_uniform_load(*node.init)) order_storage();
  const std::string init = expr(*node.init).text; // first: the name is not visible in it
  out_.line("let " + declare(&local, local.name) + " = " + init + ";");
}

void Printer::evaluate(const Expr& value) {
  const auto* intrinsic = value.as<Intrinsic>();
  if (intrinsic && intrinsic->id == intrinsics::Id::barrier) return barrier();
  if (is_cas(value)) {
    namer_.push_scope();
    out_.open("{");
    compare_exchange(*intrinsic, namer_.declare("found"));
    out_.close("}");
    return namer_.pop_scope();
  }
  if (is_uniform_load(value)) order_storage();
  // Some built-in functions insist on a use of their value.
  const bool must_use = intrinsic && !value.type->is<VoidType>() &&
                        (intrinsic->id == intrinsics::Id::atomic_load ||
                         intrinsics::find(intrinsic->id).category != intrinsics::Category::atomic);
  const std::string text = expr(value).text;
  out_.line((must_use || !(intrinsic || value.is<Call>()) ? "_ = " : "") + text + ";");
}

/// The ring's compare-exchange is strong: it fails only if the value is another one.
void Printer::compare_exchange(const Intrinsic& cas, const std::string& found) {
  const auto operand = [&](const Expr& value, const char* wanted) {
    const std::string text = expr(value).text;
    if (is_simple(value)) return text;
    const std::string name = namer_.declare(wanted);
    out_.line("let " + name + " = " + text + ";");
    return name;
  };
  const std::string expected = operand(*cas.operands[1], "expected");
  const std::string desired = operand(*cas.operands[2], "desired");
  const std::string place = expr(*cas.operands[0]).text;
  const std::string attempt = namer_.declare("attempt");
  out_.line("var " + found + ": " + type(cas.operands[1]->type) + ";");
  out_.open("loop {");
  out_.line("let " + attempt + " = atomicCompareExchangeWeak(&" + place + ", " + expected + ", " +
            desired + ");");
  out_.line(found + " = " + attempt + ".old_value;");
  out_.line("if (" + attempt + ".exchanged || " + found + " != " + expected + ") { break; }");
  out_.close("}");
}

void Printer::barrier() {
  order_storage();
  out_.line("workgroupBarrier();");
}

/// Each of the barriers orders one kind of memory; all wait for the whole workgroup.
void Printer::order_storage() {
  if (usage_.storage_is_exchanged) out_.line("storageBarrier();");
}

std::string Printer::store(const Store& node) {
  const std::string target = expr(*node.reference).text;
  if (is_atomic(*node.reference)) {
    return "atomicStore(&" + target + ", " + expr(*node.value).text + ")";
  }
  const auto* binary = node.value->as<Binary>();
  const auto* old = binary ? binary->lhs->as<Load>() : nullptr;
  const bool is_update = old && !is_comparison(binary->op) && !node.value->type->is_bool() &&
                         same_expr(*old->reference, *node.reference);
  if (!is_update) return target + " = " + expr(*node.value).text;
  const auto* literal = binary->rhs->as<Literal>();
  const bool is_number = literal && literal->name.empty();
  const auto* bits = is_number ? std::get_if<std::uint64_t>(&literal->value) : nullptr;
  if (bits && *bits == 1 && binary->op == BinaryOp::add) return target + "++";
  if (bits && *bits == 1 && binary->op == BinaryOp::sub) return target + "--";
  const bool is_shift = binary->op == BinaryOp::shl || binary->op == BinaryOp::shr;
  return target + " " + std::string(spelling(binary->op)) + "= " +
         (is_shift ? shift_amount(*binary->rhs) : expr(*binary->rhs).text);
}

void Printer::branch(const If& node) {
  const auto condition = [&](const Expr& value) { return expr(value).text; };
  if (is_jump(node.then_block) && node.else_block.empty()) {
    const Stmt& jump = *node.then_block.statements.front();
    const auto* result = jump.as<Return>();
    if (!result || !result->value) {
      const std::string word = jump.is<Break>() ? "break" : result ? "return" : "continue";
      return out_.line("if (" + condition(*node.condition) + ") { " + word + "; }");
    }
  }
  write_if_chain(out_, node, condition, [&](const Block& inner) {
    namer_.push_scope();
    block(inner);
    namer_.pop_scope();
  });
}

void Printer::switch_(const Switch& node) {
  out_.open("switch (" + expr(*node.selector).text + ") {");
  bool has_default = false;
  for (const Switch::Case& c : node.cases) {
    std::string labels;
    for (const Literal& label : c.values) {
      const Expr value{node.selector->type, {}, label};
      labels += (labels.empty() ? "" : ", ") + expr(value).text;
    }
    if (c.is_default) labels += labels.empty() ? "default" : ", default";
    has_default |= c.is_default;
    out_.open((c.is_default && c.values.empty() ? labels : "case " + labels + ":") + " {");
    namer_.push_scope();
    block(c.body);
    namer_.pop_scope();
    out_.close("}");
  }
  if (!has_default) out_.line("default {}");
  out_.close("}");
}

void Printer::loop(const Loop& node, const Var* counter) {
  const bool is_plain = node.continuing.empty() && !node.break_if;
  if (!has_simple_step(node) || !node.condition) return general_loop(node);
  namer_.push_scope();
  if (is_plain && !counter) {
    out_.open("while (" + expr(*node.condition).text + ") {");
  } else {
    std::string init;
    if (counter) {
      const std::string value = expr(*counter->init).text;
      init = "var " + declare(counter->local, counter->local->name) + " = " + value;
    }
    std::string step;
    if (!node.continuing.empty()) step = " " + store(*node.continuing.statements[0]->as<Store>());
    out_.open("for (" + init + "; " + expr(*node.condition).text + ";" + step + ") {");
  }
  namer_.push_scope();
  block(node.body);
  namer_.pop_scope();
  out_.close("}");
  namer_.pop_scope();
}

void Printer::general_loop(const Loop& node) {
  namer_.push_scope();
  out_.open("loop {");
  if (node.condition) {
    out_.line("if (!" + expr(*node.condition).at(Precedence::unary) + ") { break; }");
  }
  block(node.body);
  if (!node.continuing.empty() || node.break_if) {
    // Sees what the body declares, as in the IR.
    out_.open("continuing {");
    block(node.continuing);
    if (node.break_if) out_.line("break if " + expr(*node.break_if).text + ";");
    out_.close("}");
  }
  out_.close("}");
  namer_.pop_scope();
}

} // namespace ring::backends::wgsl
