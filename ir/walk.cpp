#include "ir/walk.h"

#include "ir/overloaded.h"

namespace ring::ir {

void for_each_operand(Expr& expr, const ExprVisitor& visit) {
  match(
      expr.node, [](Literal&) {}, [](LocalRef&) {}, [](GlobalRef&) {},
      [&](Unary& e) { visit(e.operand); },
      [&](Binary& e) {
        visit(e.lhs);
        visit(e.rhs);
      },
      [&](Logical& e) {
        visit(e.lhs);
        visit(e.rhs);
      },
      [&](Select& e) {
        visit(e.condition);
        visit(e.if_true);
        visit(e.if_false);
      },
      [&](Convert& e) { visit(e.operand); }, [&](Bitcast& e) { visit(e.operand); },
      [&](Index& e) {
        visit(e.base);
        visit(e.index);
      },
      [&](Member& e) { visit(e.base); }, [&](Load& e) { visit(e.reference); },
      [&](AddressOf& e) { visit(e.reference); }, [&](Deref& e) { visit(e.pointer); },
      [&](PtrOffset& e) {
        visit(e.pointer);
        visit(e.offset);
      },
      [&](PtrDifference& e) {
        visit(e.lhs);
        visit(e.rhs);
      },
      [&](SpanElement& e) {
        visit(e.span);
        visit(e.index);
      },
      [&](SpanSize& e) { visit(e.span); }, [&](SpanData& e) { visit(e.span); },
      [&](MakeSpan& e) {
        visit(e.pointer);
        visit(e.size);
      },
      [&](Construct& e) {
        for (Expr*& element : e.elements)
          visit(element);
      },
      [&](Intrinsic& e) {
        for (Expr*& operand : e.operands)
          visit(operand);
      },
      [&](Call& e) {
        for (Expr*& argument : e.arguments)
          visit(argument);
      });
}

void for_each_expr(Expr*& root, const ExprVisitor& visit) {
  for_each_operand(*root, [&](Expr*& operand) { for_each_expr(operand, visit); });
  visit(root);
}

void for_each_root(Stmt& stmt, const ExprVisitor& visit) {
  const auto visit_if = [&](Expr*& expr) {
    if (expr) visit(expr);
  };
  match(
      stmt.node, [&](Let& s) { visit(s.init); }, [&](Var& s) { visit_if(s.init); },
      [&](Store& s) {
        visit(s.reference);
        visit(s.value);
      },
      [&](Eval& s) { visit(s.value); }, [&](If& s) { visit(s.condition); },
      [&](Switch& s) { visit(s.selector); },
      [&](Loop& s) {
        visit_if(s.condition);
        visit_if(s.break_if);
      },
      [](Break&) {}, [](Continue&) {}, [&](Return& s) { visit_if(s.value); }, [](ForEach&) {});
}

void for_each_block(Stmt& stmt, const BlockVisitor& visit) {
  match(
      stmt.node, [](Let&) {}, [](Var&) {}, [](Store&) {}, [](Eval&) {},
      [&](If& s) {
        visit(s.then_block);
        visit(s.else_block);
      },
      [&](Switch& s) {
        for (Switch::Case& c : s.cases)
          visit(c.body);
      },
      [&](Loop& s) {
        visit(s.body);
        visit(s.continuing);
      },
      [](Break&) {}, [](Continue&) {}, [](Return&) {}, [&](ForEach& s) { visit(s.body); });
}

void for_each_stmt(Block& block, const StmtVisitor& visit) {
  for (Stmt* stmt : block.statements) {
    visit(*stmt);
    for_each_block(*stmt, [&](Block& inner) { for_each_stmt(inner, visit); });
  }
}

void for_each_expr(Block& block, const ExprVisitor& visit) {
  for_each_stmt(block, [&](Stmt& stmt) {
    for_each_root(stmt, [&](Expr*& root) { for_each_expr(root, visit); });
  });
}

} // namespace ring::ir
