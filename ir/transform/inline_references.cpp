#include "ir/transform/inline_references.h"

#include "ir/analysis/properties.h"
#include "ir/builder.h"
#include "ir/clone.h"
#include "ir/transform/erase.h"
#include "ir/transform/flatten.h"
#include "ir/transform/returns.h"
#include "ir/walk.h"

#include <algorithm>
#include <set>

namespace ring::ir::transform {
namespace {

using analysis::is_stable;

/// Short enough to be written at each use: a name, a field or element of something cheap.
bool is_cheap(const Expr& expr) {
  if (expr.is<Literal>() || expr.is<LocalRef>() || expr.is<GlobalRef>()) return true;
  if (const auto* e = expr.as<Member>()) return is_cheap(*e->base);
  if (const auto* e = expr.as<Index>()) return is_cheap(*e->base) && is_cheap(*e->index);
  if (const auto* e = expr.as<SpanElement>()) return is_cheap(*e->span) && is_cheap(*e->index);
  if (const auto* e = expr.as<AddressOf>()) return is_cheap(*e->reference);
  if (const auto* e = expr.as<Deref>()) return is_cheap(*e->pointer);
  if (const auto* e = expr.as<Convert>()) return is_cheap(*e->operand);
  if (const auto* e = expr.as<Construct>()) return e->elements.empty();
  return false;
}

bool is_repeatable(const Expr& expr) { return is_cheap(expr) && is_stable(expr); }

class Inliner {
public:
  Inliner(Module& module, const InlineReferencesConfig& config)
      : module_(module), builder_(module) {
    for (const Function& function : module.functions) {
      if (config.must_inline(function)) inlined_.insert(&function);
    }
  }

  void run() {
    const auto is_inlined_call = [&](const Expr& expr) { return inlined_callee(expr) != nullptr; };
    FlattenConfig calls;
    calls.hoist = is_inlined_call;
    for (Function& function : module_.functions) { // callees come first
      retype(function.body, module_);
      for_each_expr(function.body, [&](Expr*& expr) { substitute_expression(expr); });
      flatten(module_, function.body, calls);
      inline_calls(function.body);
      retype(function.body, module_);
      if (inlined_.contains(&function)) fold_returns(module_, function.body);
    }
    erase_functions(module_, [&](const Function& function) {
      return inlined_.contains(&function) && !function.kernel;
    });
  }

private:
  Function* inlined_callee(const Expr& expr) const {
    const auto* call = expr.as<Call>();
    return call && inlined_.contains(call->callee) ? call->callee : nullptr;
  }

  /// Replaces a call of a function that is one expression, if no argument has to be named for it.
  void substitute_expression(Expr*& expr) {
    const Function* callee = inlined_callee(*expr);
    if (!callee || callee->body.statements.size() != 1) return;
    const auto* done = callee->body.statements.front()->as<Return>();
    if (!done || !done->value) return;
    Cloner cloner(module_);
    const auto& arguments = expr->as<Call>()->arguments;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      if (!is_repeatable(*arguments[i]) && uses(*done->value, callee->params[i]) > 1) return;
      cloner.values[callee->params[i]] = arguments[i];
    }
    expr = cloner.expr(done->value);
  }

  static unsigned uses(Expr& tree, const Local* local) {
    unsigned count = 0;
    Expr* root = &tree;
    for_each_expr(root, [&](Expr*& expr) {
      const auto* ref = expr->as<LocalRef>();
      count += ref && ref->local == local;
    });
    return count;
  }

  void inline_calls(Block& block) {
    Block result;
    for (Stmt* stmt : block.statements) {
      for_each_block(*stmt, [&](Block& inner) { inline_calls(inner); });
      auto* let = stmt->as<Let>();
      auto* eval = stmt->as<Eval>();
      Expr* root = let ? let->init : eval ? eval->value : nullptr;
      if (!root || !inlined_callee(*root)) {
        result.statements.push_back(stmt);
        continue;
      }
      builder_.set_block(&result);
      builder_.set_loc(stmt->loc);
      Expr* value = inline_call(*root->as<Call>(), let ? let->local : nullptr);
      if (!let) continue;
      let->init = value;
      result.statements.push_back(stmt);
    }
    block = std::move(result);
  }

  /// Writes the callee's body to the current block. Gives its value if there is a local to hold it.
  Expr* inline_call(const Call& call, const Local* wanted) {
    const Function& callee = *call.callee;
    Block& out = *builder_.block();
    Cloner cloner(module_);
    for (std::size_t i = 0; i < callee.params.size(); ++i) {
      Local* param = callee.params[i];
      Expr* argument = call.arguments[i];
      if (is_repeatable(*argument))
        cloner.values[param] = argument;
      else
        cloner.locals[param] = builder_.let(param->name, argument);
    }
    Block body = cloner.block(callee.body);
    if (body.empty() && !wanted) return nullptr;

    Expr* value = take_single_return(body);
    if (!value)
      value = take_result(callee, body, wanted, out);
    else if (wanted)
      value = take_named(body, value);
    out.statements.insert(out.statements.end(), body.statements.begin(), body.statements.end());
    return value;
  }

  /// For a body that returns in several places: the result goes through a variable.
  Expr* take_result(const Function& callee, Block& body, const Local* wanted, Block& out) {
    if (!wanted || callee.result->is<VoidType>()) {
      eliminate_returns(module_, body, nullptr);
      return nullptr;
    }
    TypePtr type = callee.result;
    const auto* reference = type->as<RefType>();
    if (reference) {
      type = module_.types.ptr(reference->pointee, reference->space, reference->access);
      for_each_stmt(body, [&](Stmt& stmt) {
        if (auto* done = stmt.as<Return>()) done->value = builder_.address_of(done->value);
      });
    }
    builder_.set_block(&out);
    Local* result = builder_.var(wanted->name, type);
    eliminate_returns(module_, body, result);
    Expr* value = builder_.load(builder_.ref(result));
    return reference ? builder_.deref(value) : value;
  }

  /// `let t = e; return t` needs no t.
  static Expr* take_named(Block& body, Expr* value) {
    const auto* ref = value->as<LocalRef>();
    if (!ref || body.empty()) return value;
    const auto* let = body.statements.back()->as<Let>();
    if (!let || let->local != ref->local) return value;
    body.statements.pop_back();
    return let->init;
  }

  Module& module_;
  Builder builder_;
  std::set<const Function*> inlined_;
};

} // namespace

bool passes_references(const Function& function) {
  const auto passes = [](TypePtr type) {
    return analysis::holds_pointers(type) || analysis::is_view(type);
  };
  return passes(function.result) ||
         std::any_of(function.params.begin(), function.params.end(),
                     [&](const Local* param) { return passes(param->type); });
}

Status inline_references(Module& module, const InlineReferencesConfig& config) {
  Inliner(module, config).run();
  return Success{};
}

} // namespace ring::ir::transform
