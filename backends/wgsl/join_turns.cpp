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
  RestOfTurn(Module& module, Body kind) : builder_(module), kind_(kind) {}

  void rewrite(Block& rest) {
    end_by_return(rest, true, true);
    transform::eliminate_returns(builder_.module(), rest, nullptr);
  }

  /// In front of the rest: what those who leave write.
  void declare(Block& body) {
    builder_.set_block(&body);
    for (Local* flag : {leaves_, returns_}) {
      if (flag) builder_.append(Var{flag, builder_.boolean(false)});
    }
    if (result_) builder_.append(Var{result_, nullptr});
  }

  /// Behind it.
  void leave(Block& body) {
    const auto only_if = [&](Local* flag) {
      builder_.set_block(&body);
      builder_.set_block(&builder_.if_(builder_.load(builder_.ref(flag)))->then_block);
    };
    if (leaves_) {
      only_if(leaves_);
      if (kind_ == Body::of_loop) {
        builder_.break_();
      } else {
        builder_.continue_();
      }
    }
    if (returns_) {
      only_if(returns_);
      builder_.return_(result_ ? builder_.load(builder_.ref(result_)) : nullptr);
    }
  }

private:
  /// `breaks`, `continues`: these jumps of the block do not belong to a loop or switch in the body.
  void end_by_return(Block& block, bool breaks, bool continues) {
    const std::vector<Stmt*> statements = std::exchange(block.statements, {});
    for (Stmt* stmt : statements) {
      const bool is_loop = stmt->is<Loop>();
      for_each_block(*stmt, [&](Block& inner) {
        end_by_return(inner, breaks && !is_loop && !stmt->is<Switch>(), continues && !is_loop);
      });
      builder_.set_block(&block);
      builder_.set_loc(stmt->loc);
      const bool to_break = breaks && stmt->is<Break>();
      const bool to_continue = continues && stmt->is<Continue>();
      if (const auto* done = stmt->as<Return>()) {
        if (done->value) {
          if (!result_) result_ = variable("result", done->value->type);
          builder_.store(builder_.ref(result_), done->value);
        }
        set(returns_, "returns");
      } else if (kind_ == Body::of_loop ? to_break : to_continue) {
        set(leaves_, kind_ == Body::of_loop ? "breaks" : "continues");
      } else if (!to_break && !to_continue) {
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

  Builder builder_;
  Body kind_;
  Local* leaves_ = nullptr; // for the jump to further away than the end of the body
  Local* returns_ = nullptr;
  Local* result_ = nullptr;
};

} // namespace

void join_turns(Module& module, Block& body, std::size_t position, Body kind) {
  const auto first = body.statements.begin() + static_cast<std::ptrdiff_t>(position);
  Block rest{{first, body.statements.end()}};
  body.statements.erase(first, body.statements.end());
  RestOfTurn turn(module, kind);
  turn.rewrite(rest);
  turn.declare(body);
  body.statements.insert(body.statements.end(), rest.statements.begin(), rest.statements.end());
  turn.leave(body);
}

} // namespace ring::backends::wgsl
