#include "backends/wgsl/join_turns.h"

#include "ir/builder.h"
#include "ir/transform/returns.h"
#include "ir/walk.h"

#include <utility>

namespace ring::backends::wgsl {

using namespace ir;

namespace {

/// The rest of a turn becomes the body of a function, so to speak, whose `return` ends the turn.
class RestOfTurn {
public:
  explicit RestOfTurn(Module& module) : builder_(module) {}

  void rewrite(Block& rest) {
    end_by_return(rest, true, true);
    transform::eliminate_returns(builder_.module(), rest, nullptr);
  }

  /// In front of the rest: what those who leave write.
  void declare(Block& body) {
    for (Local* variable : {breaks_, returns_}) {
      if (variable) declare(body, variable, builder_.boolean(false));
    }
    if (result_) declare(body, result_, nullptr);
  }

  /// Behind it.
  void leave(Block& body) {
    builder_.set_block(&body);
    if (breaks_) {
      builder_.set_block(&builder_.if_(builder_.load(builder_.ref(breaks_)))->then_block);
      builder_.break_();
    }
    builder_.set_block(&body);
    if (returns_) {
      builder_.set_block(&builder_.if_(builder_.load(builder_.ref(returns_)))->then_block);
      builder_.return_(result_ ? builder_.load(builder_.ref(result_)) : nullptr);
    }
  }

private:
  /// `breaks`, `continues`: those in the block are jumps of the loop whose turn it is.
  void end_by_return(Block& block, bool breaks, bool continues) {
    const std::vector<Stmt*> statements = std::exchange(block.statements, {});
    for (Stmt* stmt : statements) {
      const bool is_loop = stmt->is<Loop>();
      for_each_block(*stmt, [&](Block& inner) {
        end_by_return(inner, breaks && !is_loop && !stmt->is<Switch>(), continues && !is_loop);
      });
      builder_.set_block(&block);
      builder_.set_loc(stmt->loc);
      if (breaks && stmt->is<Break>()) {
        set(breaks_, "breaks");
      } else if (const auto* done = stmt->as<Return>()) {
        if (done->value) {
          if (!result_) result_ = variable("result", done->value->type);
          builder_.store(builder_.ref(result_), done->value);
        }
        set(returns_, "returns");
      } else if (!continues || !stmt->is<Continue>()) {
        block.statements.push_back(stmt);
        continue;
      }
      builder_.return_();
    }
  }

  void set(Local*& flag, const char* name) {
    if (!flag) flag = variable(name, builder_.types().boolean());
    builder_.store(builder_.ref(flag), builder_.boolean(true));
  }
  Local* variable(const char* name, TypePtr type) {
    return builder_.module().local(Local::Kind::var, name, type, builder_.loc());
  }
  void declare(Block& body, Local* variable, Expr* init) {
    builder_.set_block(&body);
    builder_.append(Var{variable, init});
  }

  Builder builder_;
  Local* breaks_ = nullptr;
  Local* returns_ = nullptr;
  Local* result_ = nullptr;
};

} // namespace

void join_turns(Module& module, Loop& loop, std::size_t position) {
  auto& body = loop.body.statements;
  const auto first = body.begin() + static_cast<std::ptrdiff_t>(position);
  Block rest{{first, body.end()}};
  body.erase(first, body.end());
  RestOfTurn turn(module);
  turn.rewrite(rest);
  turn.declare(loop.body);
  body.insert(body.end(), rest.statements.begin(), rest.statements.end());
  turn.leave(loop.body);
}

} // namespace ring::backends::wgsl
