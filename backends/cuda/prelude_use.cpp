#include "backends/cuda/prelude_use.h"

#include "ir/overloaded.h"
#include "ir/walk.h"

namespace ring::backends::cuda {
namespace {

using namespace ir;

class Collector {
public:
  std::set<std::string> sections{"types"};

  void type(TypePtr type) {
    match(
        type->node, [](const VoidType&) {}, [](const ScalarType&) {},
        [&](const VectorType&) { sections.insert("vec"); },
        [&](const ArrayType& t) { this->type(t.element); }, [](const StructType&) {},
        [&](const RefType& t) { this->type(t.pointee); },
        [&](const PtrType& t) { this->type(t.pointee); },
        [&](const SpanType&) { sections.insert("span"); });
  }

  void intrinsic(const Intrinsic& node) {
    using intrinsics::Category;
    using intrinsics::Id;
    const intrinsics::Row& row = intrinsics::find(node.id);
    if (row.category == Category::atomic) return atomic(node);
    if (node.id == Id::lane_id) sections.insert("lane_id");
    if (node.id == Id::warp_id) sections.insert("warp_id");
    if (row.category != Category::warp) return;
    if (row.name.starts_with("shuffle") || node.id == Id::broadcast) {
      sections.insert("warp_shuffle");
    } else if (row.name.starts_with("reduce")) {
      sections.insert("warp_reduce");
    } else {
      sections.insert("warp_vote");
    }
  }

private:
  void atomic(const Intrinsic& node) {
    using intrinsics::Id;
    if (node.id == Id::atomic_load || node.id == Id::atomic_store) {
      sections.insert("atomic_access");
      return;
    }
    const std::string scope = node.scope == MemoryScope::system   ? "_system"
                              : node.scope == MemoryScope::device ? ""
                                                                  : "_block";
    const TypePtr type = node.operands[0]->type->pointee_or_self();
    const bool compares = node.id == Id::atomic_cas || node.id == Id::atomic_exchange;
    if (type->is_scalar(Scalar::i64)) sections.insert("atomic_i64" + scope);
    if (type->is_float() && compares) sections.insert("atomic_float" + scope);
  }
};

} // namespace

std::set<std::string> prelude_sections_of(const Module& module) {
  Collector collector;
  for (const StructDecl& decl : module.structs) {
    for (const StructDecl::Field& field : decl.fields)
      collector.type(field.type);
  }
  for (const Function& function : module.functions) {
    for (const Local* param : function.params)
      collector.type(param->type);
    auto& body = const_cast<Block&>(function.body); // the walkers take mutable nodes
    for_each_expr(body, [&](Expr*& expr) {
      collector.type(expr->type);
      if (const auto* intrinsic = expr->as<Intrinsic>()) collector.intrinsic(*intrinsic);
    });
  }
  return collector.sections;
}

} // namespace ring::backends::cuda
