#include "ir/transform/lower_memory_plan.h"

#include "ir/overloaded.h"
#include "ir/walk.h"

#include <map>

namespace ring::ir::transform {
namespace {

constexpr std::uint64_t kWordBytes = 4;

bool is_native_scalar(Scalar kind, const CapabilitySet& capabilities) {
  switch (kind) {
  case Scalar::boolean: // a byte in C++, of no size at all elsewhere
    return false;
  case Scalar::i8:
  case Scalar::u8:
    return capabilities.has(Capability::int8);
  case Scalar::i16:
  case Scalar::u16:
    return capabilities.has(Capability::int16);
  case Scalar::f16:
    return capabilities.has(Capability::float16);
  case Scalar::bf16:
    return capabilities.has(Capability::bfloat16);
  case Scalar::f64:
    return capabilities.has(Capability::float64);
  default:
    return true;
  }
}

/// Whether members in a row with padding between them can give this layout.
bool is_word_layout(const StructDecl& decl) {
  std::uint64_t end = 0;
  for (const StructDecl::Field& field : decl.fields) {
    if (field.offset < end || field.offset % kWordBytes != 0) return false;
    end = field.offset + size_of(field.type);
  }
  return !decl.fields.empty() && decl.size >= end && decl.size % kWordBytes == 0;
}

/// What is done with a variable in the whole module.
struct Usage {
  bool float_atomic = false;
  bool atomic_in_struct = false;
  bool any_atomic = false;
  bool copied = false; // as an array or struct
};

bool goes_through_struct(const Expr* reference) {
  if (reference->is<Member>()) return true;
  const auto* index = reference->as<Index>();
  return index && goes_through_struct(index->base);
}

class UsageScan {
public:
  void scan(Module& module) {
    for (Function& function : module.functions) {
      for_each_stmt(function.body, [&](Stmt& stmt) {
        if (const auto* store = stmt.as<Store>()) copied(store->reference);
      });
      for_each_expr(function.body, [&](Expr*& expr) {
        if (const auto* load = expr->as<Load>()) copied(load->reference);
        if (const auto* intrinsic = expr->as<Intrinsic>()) atomic(*intrinsic);
      });
    }
  }
  const Usage& of(const Global& global) { return usages_[&global]; }

private:
  void copied(const Expr* reference) {
    if (reference->type->pointee_or_self()->is<ScalarType>()) return;
    if (const Global* root = root_of(reference)) usages_[root].copied = true;
  }
  void atomic(const Intrinsic& intrinsic) {
    if (intrinsics::find(intrinsic.id).category != intrinsics::Category::atomic) return;
    const Expr* reference = intrinsic.operands.front();
    const Global* root = root_of(reference);
    if (!root) return;
    Usage& usage = usages_[root];
    usage.any_atomic = true;
    usage.float_atomic |= reference->type->pointee_or_self()->is_float();
    usage.atomic_in_struct |= goes_through_struct(reference);
  }

  std::map<const Global*, Usage> usages_;
};

} // namespace

Global* root_of(const Expr* reference) {
  if (const auto* global = reference->as<GlobalRef>()) return global->global;
  if (const auto* index = reference->as<Index>()) return root_of(index->base);
  if (const auto* member = reference->as<Member>()) return root_of(member->base);
  return nullptr;
}

bool is_native(TypePtr type, const CapabilitySet& capabilities) {
  return match(
      type->node, [](const VoidType&) { return true; },
      [&](const ScalarType& t) { return is_native_scalar(t.kind, capabilities); },
      [&](const VectorType& t) { return is_native(t.element, capabilities); },
      [&](const ArrayType& t) { return is_native(t.element, capabilities); },
      [&](const StructType& t) {
        for (const StructDecl::Field& field : t.decl->fields) {
          if (!is_native(field.type, capabilities)) return false;
        }
        return capabilities.has(Capability::byte_layout) || is_word_layout(*t.decl);
      },
      [](const RefType&) { return false; }, [](const PtrType&) { return false; },
      [](const SpanType&) { return false; });
}

std::set<const Global*> plan_words(Module& module, const LowerMemoryConfig& config) {
  UsageScan scan;
  scan.scan(module);
  std::set<const Global*> words;
  for (const Global& global : module.globals) {
    if (global.space == AddressSpace::constant) continue;
    const Usage& usage = scan.of(global);
    // Nobody outside sees a shared variable, so its layout is the target's own business.
    const bool has_layout = global.space != AddressSpace::workgroup;
    if ((has_layout && !is_native(global.type, config.capabilities)) ||
        (usage.float_atomic && !config.capabilities.has(Capability::float_atomics)) ||
        (config.atomics_are_types &&
         (usage.atomic_in_struct || (usage.any_atomic && usage.copied)))) {
      words.insert(&global);
    }
  }
  return words;
}

} // namespace ring::ir::transform
