#include "ir/transform/pass_spans.h"

#include "ir/builder.h"
#include "ir/transform/bound_spans.h"
#include "ir/transform/erase.h"
#include "ir/walk.h"

#include <algorithm>

namespace ring::ir::transform {
namespace {

class SpanPassing {
public:
  explicit SpanPassing(Module& module)
      : module_(module), builder_(module), used_(used_bound_spans(module)) {}

  Status run() {
    for (Function& function : module_.functions)
      pass(function);
    if (!problems_.empty()) return problems_;
    const bool has_actors = std::any_of(module_.functions.begin(), module_.functions.end(),
                                        [](const Function& f) { return f.ring() != nullptr; });
    if (!has_actors) {
      erase_globals(module_, [](const Global& g) { return g.space == AddressSpace::launch; });
    }
    return Success{};
  }

private:
  void pass(Function& function) {
    const auto spans = used_.find(&function);
    if (spans == used_.end()) return;
    std::unordered_map<const Global*, Local*> params;
    // An actor has no launch of its own and keeps the spans: expand-actors makes its kernels.
    const bool is_actor = function.ring() != nullptr;
    for (Global* span : spans->second) {
      if (!is_actor) params[span] = param(function, *span);
    }
    if (!problems_.empty()) return;
    const auto value = [&](Global* span) {
      return is_actor ? builder_.ref(span) : builder_.ref(params.at(span));
    };
    for_each_expr(function.body, [&](Expr*& expr) {
      builder_.set_loc(expr->loc);
      const auto* ref = expr->as<GlobalRef>();
      if (ref && ref->global->space == AddressSpace::launch) {
        expr = value(ref->global);
      } else if (auto* call = expr->as<Call>()) {
        const auto wanted = used_.find(call->callee);
        if (wanted == used_.end()) return;
        for (Global* span : wanted->second)
          call->arguments.push_back(value(span));
      }
    });
  }

  Local* param(Function& function, const Global& span) {
    if (function.kernel) return bound_param(module_, function, span, problems_);
    Local* local = module_.local(Local::Kind::param, span.name, span.type, function.loc);
    function.params.push_back(local);
    return local;
  }

  Module& module_;
  Builder builder_;
  std::unordered_map<const Function*, std::vector<Global*>> used_;
  Diagnostics problems_;
};

} // namespace

Status pass_spans(Module& module) { return SpanPassing(module).run(); }

} // namespace ring::ir::transform
