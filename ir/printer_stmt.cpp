#include "ir/overloaded.h"
#include "ir/printer_state.h"

namespace ring::ir::text {
namespace {

std::string_view name_of(ForEach::Unit unit) {
  switch (unit) {
  case ForEach::Unit::thread:
    return "thread";
  case ForEach::Unit::warp:
    return "warp";
  case ForEach::Unit::lane:
    return "lane";
  }
  return "thread";
}

/// The statement of an else block that is written `else if`.
const Stmt* only_if(const Block& block) {
  if (block.statements.size() != 1) return nullptr;
  return block.statements[0]->is<If>() ? block.statements[0] : nullptr;
}

} // namespace

void Printer::block(const Block& block) {
  for (const Stmt* s : block.statements)
    stmt(*s);
}

void Printer::stmt(const Stmt& stmt) {
  const auto end = [&] { out_ += place(stmt.loc) + "\n"; };
  const auto declare = [&](std::string_view word, const Local* local, const Expr* init) {
    // The name is taken before the init is printed: names are numbered by declaration.
    out_ += word;
    out_ += locals_.spell('%', local) + ": " + spell_type(local->type);
    if (init) {
      out_ += " = ";
      expr(init, kSelectPrecedence, local->type);
    }
    end();
  };
  begin_line();
  match(
      stmt.node, [&](const Let& s) { declare("let ", s.local, s.init); },
      [&](const Var& s) { declare("var ", s.local, s.init); },
      [&](const Store& s) {
        out_ += "store ";
        expr(s.reference, kSelectPrecedence, nullptr);
        out_ += ", ";
        expr(s.value, kSelectPrecedence, s.reference->type->pointee_or_self());
        end();
      },
      [&](const Eval& s) {
        out_ += "eval ";
        expr(s.value, kSelectPrecedence, nullptr);
        end();
      },
      [&](const If& s) {
        if_chain(s, stmt.loc);
        out_ += '\n';
      },
      [&](const Switch& s) {
        out_ += "switch (";
        expr(s.selector, kSelectPrecedence, nullptr);
        out_ += ')';
        open(stmt.loc);
        switch_cases(s);
        close();
        out_ += '\n';
      },
      [&](const Loop& s) {
        out_ += "loop";
        if (s.condition) {
          out_ += " while (";
          expr(s.condition, kSelectPrecedence, nullptr);
          out_ += ')';
        }
        open(stmt.loc);
        block(s.body);
        close();
        if (!s.continuing.empty()) {
          out_ += " continuing";
          open({});
          block(s.continuing);
          close();
        }
        if (s.break_if) {
          out_ += " until (";
          expr(s.break_if, kSelectPrecedence, nullptr);
          out_ += ')';
        }
        out_ += '\n';
      },
      [&](const Break&) {
        out_ += "break";
        end();
      },
      [&](const Continue&) {
        out_ += "continue";
        end();
      },
      [&](const Return& s) {
        out_ += "return";
        if (s.value) {
          out_ += ' ';
          expr(s.value, kSelectPrecedence, s.value->type);
        }
        end();
      },
      [&](const ForEach& s) {
        out_ += "for_each ";
        out_ += name_of(s.unit);
        open(stmt.loc);
        block(s.body);
        close();
        out_ += '\n';
      });
}

void Printer::if_chain(const If& stmt, Loc loc) {
  out_ += "if (";
  expr(stmt.condition, kSelectPrecedence, nullptr);
  out_ += ')';
  open(loc);
  block(stmt.then_block);
  close();
  if (stmt.else_block.empty()) return;
  if (const Stmt* next = only_if(stmt.else_block)) {
    out_ += " else ";
    if_chain(*next->as<If>(), next->loc);
    return;
  }
  out_ += " else";
  open({});
  block(stmt.else_block);
  close();
}

void Printer::switch_cases(const Switch& stmt) {
  for (const Switch::Case& c : stmt.cases) {
    begin_line();
    std::string labels;
    for (const Literal& value : c.values) {
      labels += labels.empty() ? "case " : ", ";
      labels += spell_literal(value, stmt.selector->type, stmt.selector->type);
    }
    if (c.is_default) labels += labels.empty() ? "default" : ", default";
    out_ += labels.empty() ? "case" : labels;
    open({});
    block(c.body);
    close();
    out_ += '\n';
  }
}

} // namespace ring::ir::text
