#include "ir/transform/pass_ids.h"

#include "ir/builder.h"
#include "ir/intrinsic_names.h"
#include "ir/walk.h"

#include <list>
#include <map>
#include <utility>

namespace ring::ir::transform {
namespace {

using Query = std::pair<intrinsics::Id, std::uint64_t>; // the row, and the axis if it has one

struct Passed {
  Query query;
  Local* param;
};

class IdPassing {
public:
  IdPassing(Module& module, const PassIdsConfig& config)
      : module_(module), builder_(module), config_(config) {}

  void run() {
    for (Function& function : module_.functions) { // callees come first
      for_each_expr(function.body, [&](Expr*& expr) {
        builder_.set_loc(expr->loc);
        if (const auto* intrinsic = expr->as<Intrinsic>()) {
          if (is_passed(*intrinsic)) expr = value(function, query_of(*intrinsic), expr->type);
        } else if (auto* call = expr->as<Call>()) {
          for (const Passed& passed : params_[call->callee]) {
            call->arguments.push_back(value(function, passed.query, passed.param->type));
          }
        }
      });
    }
  }

private:
  bool is_passed(const Intrinsic& intrinsic) const {
    if (config_.extents_only) return intrinsic.id == intrinsics::Id::block_dim;
    return intrinsics::find(intrinsic.id).category == intrinsics::Category::id;
  }
  static Query query_of(const Intrinsic& intrinsic) {
    if (intrinsic.operands.empty()) return {intrinsic.id, 0};
    return {intrinsic.id, std::get<std::uint64_t>(intrinsic.operands[0]->as<Literal>()->value)};
  }

  Expr* value(Function& function, const Query& query, TypePtr type) {
    const auto [id, axis] = query;
    if (!function.kernel) return builder_.ref(param(function, query, type));
    if (const GlobalKernel* kernel = function.global(); kernel && id == intrinsics::Id::block_dim) {
      return builder_.u32(kernel->block[axis]);
    }
    std::vector<Expr*> operands;
    if (has_axis(id)) operands.push_back(builder_.u32(static_cast<std::uint32_t>(axis)));
    return builder_.intrinsic(type, id, std::move(operands));
  }

  Local* param(Function& function, const Query& query, TypePtr type) {
    std::list<Passed>& all = params_[&function];
    for (const Passed& passed : all) {
      if (passed.query == query) return passed.param;
    }
    std::string name(name_of(query.first));
    if (has_axis(query.first)) name += std::string("_") + "xyz"[query.second];
    Local* local = module_.local(Local::Kind::param, std::move(name), type, function.loc);
    function.params.push_back(local);
    all.push_back({query, local});
    return local;
  }

  Module& module_;
  Builder builder_;
  const PassIdsConfig& config_;
  std::map<const Function*, std::list<Passed>> params_; // in the order of the parameters
};

} // namespace

Status pass_ids(Module& module, const PassIdsConfig& config) {
  IdPassing(module, config).run();
  return Success{};
}

} // namespace ring::ir::transform
