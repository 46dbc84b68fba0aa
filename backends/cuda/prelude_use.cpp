#include "backends/cuda/prelude_use.h"

#include "backends/common/prelude.h"
#include "backends/cuda/atomic_access.h"
#include "ir/walk.h"

namespace ring::backends::cuda {
namespace {

using namespace ir;
using intrinsics::Id;

void add_atomic(const Intrinsic& node, std::set<std::string>& sections) {
  if (node.id == Id::atomic_load || node.id == Id::atomic_store) {
    sections.insert(is_ordered_access(node) ? access_function(node) : "atomic_access");
    return;
  }
  const TypePtr type = node.operands[0]->type->pointee_or_self();
  const bool compares = node.id == Id::atomic_cas || node.id == Id::atomic_exchange;
  if (type->is_scalar(Scalar::i64))
    sections.insert("atomic_i64" + std::string(scope_suffix(node.scope)));
  if (type->is_float() && compares)
    sections.insert("atomic_float" + std::string(scope_suffix(node.scope)));
}

void add_sections(const Intrinsic& node, std::set<std::string>& sections) {
  const intrinsics::Row& row = intrinsics::find(node.id);
  if (row.category == intrinsics::Category::atomic) return add_atomic(node, sections);
  if (node.id == Id::lane_id) sections.insert("lane_id");
  if (node.id == Id::warp_id) sections.insert("warp_id");
  if (row.category != intrinsics::Category::warp) return;
  if (row.name.starts_with("shuffle") || node.id == Id::broadcast) {
    sections.insert("warp_shuffle");
  } else if (row.name.starts_with("reduce")) {
    sections.insert("warp_reduce");
  } else {
    sections.insert("warp_vote");
  }
}

} // namespace

std::set<std::string> prelude_sections_of(const Module& module) {
  std::set<std::string> sections = sections_of_types(module);
  for (const Function& function : module.functions) {
    for_each_expr(const_cast<Block&>(function.body), [&](Expr*& expr) {
      if (const auto* intrinsic = expr->as<Intrinsic>()) add_sections(*intrinsic, sections);
    });
  }
  return sections;
}

} // namespace ring::backends::cuda
