// switch. The IR's cases never fall through: a case that does gets a copy of what follows it, up to
// the first statement that leaves.
#include "frontend/function_lowering.h"
#include "frontend/type_facts.h"

namespace ring::frontend {
namespace {

using ir::DiagnosticId;

/// The labels in front of one run of statements, and the run.
struct Segment {
  std::vector<const clang::SwitchCase*> labels;
  std::vector<const clang::Stmt*> statements;
};

/// True if control never reaches the end of the statement. Sees what people write at the end of a
/// case; anything cleverer is treated as falling through, which is still right.
bool always_leaves(const clang::Stmt* stmt) {
  if (llvm::isa<clang::BreakStmt, clang::ReturnStmt, clang::ContinueStmt>(stmt)) return true;
  if (const auto* block = llvm::dyn_cast<clang::CompoundStmt>(stmt)) {
    return !block->body_empty() && always_leaves(block->body_back());
  }
  if (const auto* branch = llvm::dyn_cast<clang::IfStmt>(stmt)) {
    return branch->getElse() && always_leaves(branch->getThen()) &&
           always_leaves(branch->getElse());
  }
  return false;
}

std::vector<Segment> split(const clang::Stmt* body) {
  std::vector<Segment> segments;
  const auto add = [&](const clang::Stmt* stmt) {
    bool first_label = true;
    while (const auto* label = llvm::dyn_cast<clang::SwitchCase>(stmt)) {
      const bool continues =
          !first_label || (!segments.empty() && segments.back().statements.empty());
      if (!continues) segments.emplace_back();
      segments.back().labels.push_back(label);
      first_label = false;
      stmt = label->getSubStmt();
    }
    // What stands before the first label is never reached.
    if (!segments.empty()) segments.back().statements.push_back(stmt);
  };
  if (const auto* block = llvm::dyn_cast<clang::CompoundStmt>(body)) {
    for (const clang::Stmt* stmt : block->body())
      add(stmt);
  } else {
    add(body);
  }
  return segments;
}

/// The name of the enumerator that a label is, or nothing.
std::string name_of_label(const clang::Expr* label, const llvm::APSInt& value) {
  if (const auto* constant = llvm::dyn_cast<clang::ConstantExpr>(label))
    label = constant->getSubExpr();
  const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(label->IgnoreParenCasts());
  if (!reference) return {};
  const auto* enumerator = llvm::dyn_cast<clang::EnumConstantDecl>(reference->getDecl());
  const bool same =
      !enumerator || llvm::APSInt::isSameValue(enumerator->getInitVal(), value); // not so if cast
  return same ? name_of_constant(reference->getDecl()) : "";
}

} // namespace

void FunctionLowering::lower_switch(const clang::SwitchStmt* stmt) {
  if (stmt->getInit()) lower(stmt->getInit());
  if (stmt->getConditionVariable()) lower_variable(stmt->getConditionVariable());
  ir::Expr* selector = lower_value(stmt->getCond());
  if (!selector) return;
  if (selector->type->is_bool()) selector = builder_.convert(builder_.types().i32(), selector);
  builder_.set_loc(loc(stmt));
  const ir::Scalar kind = selector->type->as<ir::ScalarType>()->kind;
  ir::Stmt* lowered = builder_.append(ir::Switch{selector, {}});

  const std::vector<Segment> segments = split(stmt->getBody());
  for (std::size_t i = 0; i < segments.size(); ++i) {
    ir::Switch::Case entry;
    for (const clang::SwitchCase* label : segments[i].labels) {
      const auto* value = llvm::dyn_cast<clang::CaseStmt>(label);
      if (!value) {
        entry.is_default = true;
        continue;
      }
      if (value->caseStmtIsGNURange()) {
        return unsupported(value, "a range of case values", "list the values");
      }
      const llvm::APSInt bits = value->getLHS()->EvaluateKnownConstInt(parent_.context());
      entry.values.push_back(
          {ir::truncate_bits(static_cast<std::uint64_t>(bits.getExtValue()), kind),
           name_of_label(value->getLHS(), bits)});
    }
    // This segment and all those it falls into.
    std::vector<const clang::Stmt*> run;
    for (std::size_t j = i; j < segments.size(); ++j) {
      run.insert(run.end(), segments[j].statements.begin(), segments[j].statements.end());
      if (!segments[j].statements.empty() && always_leaves(segments[j].statements.back())) break;
    }
    ir::Block* outer = builder_.block();
    builder_.set_block(&entry.body);
    for (const clang::Stmt* inner : run)
      lower(inner);
    builder_.set_block(outer);
    // The break at the end is what a case does anyway.
    auto& statements = entry.body.statements;
    if (!statements.empty() && statements.back()->is<ir::Break>()) statements.pop_back();
    lowered->as<ir::Switch>()->cases.push_back(std::move(entry));
  }
}

} // namespace ring::frontend
