#include "ir/equal.h"

#include "ir/intrinsic_names.h"
#include "ir/overloaded.h"

#include <algorithm>
#include <bit>
#include <unordered_map>

namespace ring::ir {
namespace {

class Comparison {
public:
  bool modules(const Module& a, const Module& b) {
    if (a.name != b.name || a.files.size() != b.files.size()) return false;
    for (std::size_t i = 0; i < a.files.size(); ++i) {
      if (a.files[i].name != b.files[i].name ||
          a.files[i].include_spelling != b.files[i].include_spelling) {
        return false;
      }
    }
    if (!pair(a.structs, b.structs) || !pair(a.globals, b.globals) ||
        !pair(a.functions, b.functions)) {
      return false;
    }
    const auto same = [this](const auto& x, const auto& y) { return this->same(x, y); };
    return std::equal(a.structs.begin(), a.structs.end(), b.structs.begin(), same) &&
           std::equal(a.globals.begin(), a.globals.end(), b.globals.begin(), same) &&
           std::equal(a.functions.begin(), a.functions.end(), b.functions.begin(), same);
  }

private:
  /// Notes what of b stands for what of a, before anything refers to it.
  template <class List> bool pair(const List& a, const List& b) {
    if (a.size() != b.size()) return false;
    auto partner = b.begin();
    for (const auto& element : a)
      partners_[&element] = &*partner++;
    return true;
  }
  bool paired(const void* a, const void* b) const {
    const auto found = partners_.find(a);
    return a == nullptr ? b == nullptr : found != partners_.end() && found->second == b;
  }

  bool same(const StructDecl& a, const StructDecl& b) const {
    return a.name == b.name && a.cpp_name == b.cpp_name && a.size == b.size && a.align == b.align &&
           a.loc == b.loc &&
           std::equal(a.fields.begin(), a.fields.end(), b.fields.begin(), b.fields.end(),
                      [&](const auto& x, const auto& y) {
                        return x.name == y.name && x.offset == y.offset && same(x.type, y.type);
                      });
  }
  bool same(const Global& a, const Global& b) {
    return a.name == b.name && same(a.type, b.type) && a.space == b.space && a.access == b.access &&
           same(a.initializer, b.initializer) && a.binding == b.binding && a.loc == b.loc;
  }
  bool same(const Function& a, const Function& b) {
    if (a.name != b.name || a.cpp_name != b.cpp_name || !same(a.result, b.result) ||
        a.loc != b.loc || a.has_side_effects != b.has_side_effects ||
        a.is_collective != b.is_collective || a.kernel.has_value() != b.kernel.has_value() ||
        a.params.size() != b.params.size()) {
      return false;
    }
    for (std::size_t i = 0; i < a.params.size(); ++i) {
      if (!declare(a.params[i], b.params[i])) return false;
    }
    return (!a.kernel || same(*a.kernel, *b.kernel)) && same(a.body, b.body);
  }
  bool same(const Kernel& a, const Kernel& b) const {
    const bool same_kind = match(
        a.kind,
        [&](const GlobalKernel& kind) {
          const auto* other = std::get_if<GlobalKernel>(&b.kind);
          return other && kind.block == other->block;
        },
        [&](const RingKernel& kind) {
          const auto* other = std::get_if<RingKernel>(&b.kind);
          return other && same(kind, *other);
        });
    return same_kind &&
           std::equal(a.bindings.begin(), a.bindings.end(), b.bindings.begin(), b.bindings.end(),
                      [&](const Global* x, const Global* y) { return paired(x, y); });
  }

  bool same(const RingKernel& a, const RingKernel& b) const {
    return a.actor == b.actor && a.scope == b.scope && a.lanes == b.lanes &&
           a.mailbox == b.mailbox && a.priorities == b.priorities && paired(a.state, b.state) &&
           same(a.receives, b.receives) && same(a.replies, b.replies) &&
           std::equal(a.arguments.begin(), a.arguments.end(), b.arguments.begin(),
                      b.arguments.end(),
                      [&](const RingKernel::Argument& x, const RingKernel::Argument& y) {
                        return x.kind == y.kind && x.name == y.name && same(x.type, y.type) &&
                               x.word == y.word && paired(x.bound, y.bound) &&
                               same(x.messages, y.messages);
                      });
  }
  bool same(const std::vector<RingKernel::Message>& a,
            const std::vector<RingKernel::Message>& b) const {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](const RingKernel::Message& x, const RingKernel::Message& y) {
                        return x.id == y.id && paired(x.type, y.type);
                      });
  }

  bool declare(const Local* a, const Local* b) {
    partners_[a] = b;
    return a->kind == b->kind && a->name == b->name && same(a->type, b->type);
  }

  bool same(TypePtr a, TypePtr b) const {
    if (!a || !b) return a == b;
    if (a->node.index() != b->node.index()) return false;
    const auto pointers = [&](const auto& x, const auto& y) {
      return x.space == y.space && x.access == y.access && same(x.pointee, y.pointee);
    };
    return match(
        a->node, [](const VoidType&) { return true; },
        [&](const ScalarType& t) { return t == *b->as<ScalarType>(); },
        [&](const VectorType& t) {
          return t.count == b->as<VectorType>()->count &&
                 same(t.element, b->as<VectorType>()->element);
        },
        [&](const ArrayType& t) {
          return t.count == b->as<ArrayType>()->count &&
                 same(t.element, b->as<ArrayType>()->element);
        },
        [&](const StructType& t) { return paired(t.decl, b->as<StructType>()->decl); },
        [&](const RefType& t) { return pointers(t, *b->as<RefType>()); },
        [&](const PtrType& t) { return pointers(t, *b->as<PtrType>()); },
        [&](const SpanType& t) {
          return t.access == b->as<SpanType>()->access &&
                 same(t.element, b->as<SpanType>()->element);
        });
  }

  bool same(const std::vector<Expr*>& a, const std::vector<Expr*>& b) const {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](const Expr* x, const Expr* y) { return same(x, y); });
  }

  bool same(const Expr* a, const Expr* b) const {
    if (!a || !b) return a == b;
    if (!same(a->type, b->type) || a->node.index() != b->node.index()) return false;
    return match(a->node, [&]<class Node>(const Node& node) { return same(node, *b->as<Node>()); });
  }

  bool same(const Literal& a, const Literal& b) const {
    const auto* x = std::get_if<double>(&a.value);
    const auto* y = std::get_if<double>(&b.value);
    if (!x || !y) return a.value == b.value;
    return std::bit_cast<std::uint64_t>(*x) == std::bit_cast<std::uint64_t>(*y);
  }
  bool same_values(const Switch::Case& a, const Switch::Case& b) const {
    return std::equal(a.values.begin(), a.values.end(), b.values.begin(), b.values.end(),
                      [&](const Literal& x, const Literal& y) { return same(x, y); });
  }
  bool same(const LocalRef& a, const LocalRef& b) const { return paired(a.local, b.local); }
  bool same(const GlobalRef& a, const GlobalRef& b) const { return paired(a.global, b.global); }
  bool same(const Unary& a, const Unary& b) const {
    return a.op == b.op && same(a.operand, b.operand);
  }
  bool same(const Binary& a, const Binary& b) const {
    return a.op == b.op && same(a.lhs, b.lhs) && same(a.rhs, b.rhs);
  }
  bool same(const Logical& a, const Logical& b) const {
    return a.op == b.op && same(a.lhs, b.lhs) && same(a.rhs, b.rhs);
  }
  bool same(const Select& a, const Select& b) const {
    return same(a.condition, b.condition) && same(a.if_true, b.if_true) &&
           same(a.if_false, b.if_false);
  }
  bool same(const Convert& a, const Convert& b) const { return same(a.operand, b.operand); }
  bool same(const Bitcast& a, const Bitcast& b) const { return same(a.operand, b.operand); }
  bool same(const Index& a, const Index& b) const {
    return same(a.base, b.base) && same(a.index, b.index);
  }
  bool same(const Member& a, const Member& b) const {
    return a.field == b.field && same(a.base, b.base);
  }
  bool same(const Load& a, const Load& b) const { return same(a.reference, b.reference); }
  bool same(const AddressOf& a, const AddressOf& b) const { return same(a.reference, b.reference); }
  bool same(const Deref& a, const Deref& b) const { return same(a.pointer, b.pointer); }
  bool same(const PtrOffset& a, const PtrOffset& b) const {
    return same(a.pointer, b.pointer) && same(a.offset, b.offset);
  }
  bool same(const PtrDifference& a, const PtrDifference& b) const {
    return same(a.lhs, b.lhs) && same(a.rhs, b.rhs);
  }
  bool same(const SpanElement& a, const SpanElement& b) const {
    return same(a.span, b.span) && same(a.index, b.index);
  }
  bool same(const SpanSize& a, const SpanSize& b) const { return same(a.span, b.span); }
  bool same(const SpanData& a, const SpanData& b) const { return same(a.span, b.span); }
  bool same(const MakeSpan& a, const MakeSpan& b) const {
    return same(a.pointer, b.pointer) && same(a.size, b.size);
  }
  bool same(const Construct& a, const Construct& b) const { return same(a.elements, b.elements); }
  bool same(const Intrinsic& a, const Intrinsic& b) const {
    const bool same_order = a.order == b.order && a.scope == b.scope;
    return a.id == b.id && (same_order || !has_order_scope(a.id)) && same(a.operands, b.operands);
  }
  bool same(const Call& a, const Call& b) const {
    return paired(a.callee, b.callee) && same(a.arguments, b.arguments);
  }

  bool same(const Block& a, const Block& b) {
    return std::equal(a.statements.begin(), a.statements.end(), b.statements.begin(),
                      b.statements.end(),
                      [&](const Stmt* x, const Stmt* y) { return same(*x, *y); });
  }
  bool same(const Stmt& a, const Stmt& b) {
    if (a.loc != b.loc || a.node.index() != b.node.index()) return false;
    return match(a.node, [&]<class Node>(const Node& node) { return same(node, *b.as<Node>()); });
  }
  bool same(const Let& a, const Let& b) {
    return same(a.init, b.init) && declare(a.local, b.local);
  }
  bool same(const Var& a, const Var& b) {
    return same(a.init, b.init) && declare(a.local, b.local);
  }
  bool same(const Store& a, const Store& b) {
    return same(a.reference, b.reference) && same(a.value, b.value);
  }
  bool same(const Eval& a, const Eval& b) { return same(a.value, b.value); }
  bool same(const If& a, const If& b) {
    return same(a.condition, b.condition) && same(a.then_block, b.then_block) &&
           same(a.else_block, b.else_block);
  }
  bool same(const Switch& a, const Switch& b) {
    return same(a.selector, b.selector) &&
           std::equal(a.cases.begin(), a.cases.end(), b.cases.begin(), b.cases.end(),
                      [&](const Switch::Case& x, const Switch::Case& y) {
                        return same_values(x, y) && x.is_default == y.is_default &&
                               same(x.body, y.body);
                      });
  }
  bool same(const Loop& a, const Loop& b) {
    return same(a.condition, b.condition) && same(a.body, b.body) &&
           same(a.continuing, b.continuing) && same(a.break_if, b.break_if);
  }
  bool same(const Break&, const Break&) { return true; }
  bool same(const Continue&, const Continue&) { return true; }
  bool same(const Return& a, const Return& b) { return same(a.value, b.value); }
  bool same(const ForEach& a, const ForEach& b) { return a.unit == b.unit && same(a.body, b.body); }

  std::unordered_map<const void*, const void*> partners_; // looked up only, never walked
};

} // namespace

bool equal(const Module& a, const Module& b) { return Comparison().modules(a, b); }

} // namespace ring::ir
