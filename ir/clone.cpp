#include "ir/clone.h"

#include "ir/overloaded.h"
#include "ir/type_rules.h"
#include "ir/walk.h"

namespace ring::ir {
namespace {

template <class Map, class Key> auto mapped(const Map& map, Key key) -> typename Map::mapped_type {
  const auto found = map.find(key);
  return found == map.end() ? const_cast<typename Map::mapped_type>(key) : found->second;
}

bool is_pointer_like(TypePtr type) {
  return type->is<RefType>() || type->is<PtrType>() || type->is<SpanType>();
}

TypePtr element_type(TypePtr aggregate) {
  if (const auto* array = aggregate->as<ArrayType>()) return array->element;
  if (const auto* vector = aggregate->as<VectorType>()) return vector->element;
  return nullptr;
}

/// C++ reaches an object through its address all the time, and converts references to weaker ones;
/// what was substituted shows that there was no need to.
Expr* without_detour(Expr* expr) {
  if (const auto* deref = expr->as<Deref>()) {
    if (const auto* address = deref->pointer->as<AddressOf>()) return address->reference;
  }
  const auto* convert = expr->as<Convert>();
  const auto* bitcast = expr->as<Bitcast>();
  Expr* operand = convert ? convert->operand : bitcast ? bitcast->operand : nullptr;
  if (!operand || !is_pointer_like(expr->type)) return expr;
  // A cast that takes const away stays: it says more than its operand.
  const bool same = assignable(operand->type, expr->type);
  return same ? operand : expr;
}

/// The type that both arms of a choice can be seen as.
TypePtr common_type(TypePtr a, TypePtr b, TypeTable& types) {
  if (a == b) return a;
  const auto merged = [](const auto& x, const auto& y) {
    auto result = x;
    if (x.space != y.space) result.space = AddressSpace::generic;
    if (y.access == Access::read) result.access = Access::read;
    return result;
  };
  if (const auto* ref = a->as<RefType>()) {
    if (!b->is<RefType>()) return a;
    const RefType result = merged(*ref, *b->as<RefType>());
    return types.ref(result.pointee, result.space, result.access);
  }
  if (const auto* ptr = a->as<PtrType>()) {
    if (!b->is<PtrType>()) return a;
    const PtrType result = merged(*ptr, *b->as<PtrType>());
    return types.ptr(result.pointee, result.space, result.access);
  }
  const auto* span = b->as<SpanType>();
  return span && span->access == Access::read ? b : a;
}

} // namespace

void retype(Expr& expr, Module& module) {
  if (!is_pointer_like(expr.type)) return;
  TypeTable& types = module.types;
  const auto like = [&](const RefType& base, TypePtr pointee) {
    expr.type = types.ref(pointee, base.space, base.access);
  };
  if (const auto* e = expr.as<LocalRef>()) {
    expr.type = e->local->kind == Local::Kind::var
                    ? types.ref(e->local->type, AddressSpace::function)
                    : e->local->type;
  } else if (const auto* e = expr.as<Index>()) {
    if (const auto* ref = e->base->type->as<RefType>()) like(*ref, element_type(ref->pointee));
  } else if (const auto* e = expr.as<Member>()) {
    if (const auto* ref = e->base->type->as<RefType>()) {
      like(*ref, ref->pointee->as<StructType>()->decl->fields[e->field].type);
    }
  } else if (const auto* e = expr.as<AddressOf>()) {
    const auto& ref = *e->reference->type->as<RefType>();
    expr.type = types.ptr(ref.pointee, ref.space, ref.access);
  } else if (const auto* e = expr.as<Deref>()) {
    const auto& ptr = *e->pointer->type->as<PtrType>();
    expr.type = types.ref(ptr.pointee, ptr.space, ptr.access);
  } else if (const auto* e = expr.as<PtrOffset>()) {
    expr.type = e->pointer->type;
  } else if (const auto* e = expr.as<SpanElement>()) {
    const auto& span = *e->span->type->as<SpanType>();
    expr.type = types.ref(span.element, AddressSpace::storage, span.access);
  } else if (const auto* e = expr.as<SpanData>()) {
    const auto& span = *e->span->type->as<SpanType>();
    expr.type = types.ptr(span.element, AddressSpace::storage, span.access);
  } else if (auto* e = expr.as<Select>()) {
    expr.type = common_type(e->if_true->type, e->if_false->type, types);
    if (expr.type == e->if_true->type || expr.type == e->if_false->type) return;
    e->if_true = module.expr(expr.type, Bitcast{e->if_true}, e->if_true->loc);
    e->if_false = module.expr(expr.type, Bitcast{e->if_false}, e->if_false->loc);
  }
}

void retype(Block& block, Module& module) {
  for_each_stmt(block, [&](Stmt& stmt) {
    for_each_root(stmt, [&](Expr*& root) {
      for_each_expr(root, [&](Expr*& expr) {
        retype(*expr, module);
        expr = without_detour(expr);
      });
    });
    const auto* let = stmt.as<Let>();
    if (let && is_pointer_like(let->init->type)) let->local->type = let->init->type;
  });
}

TypePtr Cloner::type(TypePtr source) {
  if (!crosses_ || !source) return source;
  TypePtr& slot = types_[source];
  if (slot) return slot;
  TypeTable& types = to_.types;
  const TypePtr made = match(
      source->node, [&](const VoidType&) { return types.void_type(); },
      [&](const ScalarType& t) { return types.scalar(t.kind); },
      [&](const VectorType& t) { return types.vector(type(t.element), t.count); },
      [&](const ArrayType& t) { return types.array(type(t.element), t.count); },
      [&](const StructType& t) { return types.structure(mapped(structs, t.decl)); },
      [&](const RefType& t) { return types.ref(type(t.pointee), t.space, t.access); },
      [&](const PtrType& t) { return types.ptr(type(t.pointee), t.space, t.access); },
      [&](const SpanType& t) { return types.span(type(t.element), t.access); });
  return types_[source] = made;
}

Local* Cloner::declare(const Local* source) {
  return locals[source] = to_.local(source->kind, source->name, type(source->type), source->loc);
}

Expr* Cloner::expr(const Expr* source) {
  if (!source) return nullptr;
  if (const auto* ref = source->as<LocalRef>()) {
    if (const auto found = values.find(ref->local); found != values.end()) {
      return clone(to_, found->second);
    }
  }
  Expr* copy = to_.expr(type(source->type), source->node, source->loc);
  for_each_operand(*copy, [&](Expr*& operand) { operand = expr(operand); });
  if (auto* e = copy->as<LocalRef>()) {
    e->local = mapped(locals, const_cast<const Local*>(e->local));
  } else if (auto* e = copy->as<GlobalRef>()) {
    e->global = mapped(globals, const_cast<const Global*>(e->global));
  } else if (auto* e = copy->as<Call>()) {
    e->callee = mapped(functions, const_cast<const Function*>(e->callee));
  }
  retype(*copy, to_);
  return without_detour(copy);
}

Stmt* Cloner::stmt(const Stmt& source) {
  Stmt* copy = to_.stmt(Break{}, source.loc);
  match(
      source.node,
      [&](const Let& s) {
        Expr* init = expr(s.init);
        Local* local = declare(s.local);
        if (is_pointer_like(init->type)) local->type = init->type;
        copy->node = Let{local, init};
      },
      [&](const Var& s) {
        Expr* init = expr(s.init);
        copy->node = Var{declare(s.local), init};
      },
      [&](const Store& s) { copy->node = Store{expr(s.reference), expr(s.value)}; },
      [&](const Eval& s) { copy->node = Eval{expr(s.value)}; },
      [&](const If& s) {
        Expr* condition = expr(s.condition);
        Block then_block = block(s.then_block);
        copy->node = If{condition, std::move(then_block), block(s.else_block)};
      },
      [&](const Switch& s) {
        Switch made{expr(s.selector), {}};
        for (const Switch::Case& c : s.cases) {
          made.cases.push_back({c.values, c.is_default, block(c.body)});
        }
        copy->node = std::move(made);
      },
      [&](const Loop& s) {
        Expr* condition = expr(s.condition);
        Block body = block(s.body);
        Block continuing = block(s.continuing);
        copy->node = Loop{condition, std::move(body), std::move(continuing), expr(s.break_if)};
      },
      [&](const Break&) { copy->node = Break{}; },
      [&](const Continue&) { copy->node = Continue{}; },
      [&](const Return& s) { copy->node = Return{expr(s.value)}; },
      [&](const ForEach& s) { copy->node = ForEach{s.unit, block(s.body)}; });
  return copy;
}

Block Cloner::block(const Block& source) {
  Block copy;
  for (const Stmt* statement : source.statements)
    copy.statements.push_back(stmt(*statement));
  return copy;
}

Expr* clone(Module& module, const Expr* source) { return Cloner(module).expr(source); }

namespace {

/// Lets the facts of an actor speak of the copies.
void move_facts(RingKernel& kernel, Cloner& cloner) {
  const auto move = [&](std::vector<RingKernel::Message>& messages) {
    for (RingKernel::Message& message : messages)
      message.type = cloner.structs.at(message.type);
  };
  if (kernel.state) kernel.state = cloner.structs.at(kernel.state);
  move(kernel.receives);
  move(kernel.replies);
  for (RingKernel::Argument& argument : kernel.arguments) {
    argument.type = cloner.type(argument.type);
    if (argument.bound) argument.bound = cloner.globals.at(argument.bound);
    move(argument.messages);
  }
}

} // namespace

Module clone(const Module& source) {
  Module copy;
  copy.name = source.name;
  copy.files = source.files;
  Cloner cloner(copy, source);
  for (const StructDecl& decl : source.structs) {
    cloner.structs[&decl] = &copy.structs.emplace_back(decl);
  }
  for (StructDecl& made : copy.structs) { // a struct may hold a pointer to one that comes later
    for (StructDecl::Field& field : made.fields)
      field.type = cloner.type(field.type);
  }
  for (const Global& global : source.globals) {
    Global& made = copy.globals.emplace_back(global);
    cloner.globals[&global] = &made;
    made.type = cloner.type(global.type);
    made.initializer = cloner.expr(global.initializer);
  }
  for (const Function& function : source.functions) {
    cloner.functions[&function] = &copy.functions.emplace_back();
  }
  for (const Function& function : source.functions) {
    Function& made = *cloner.functions[&function];
    made.name = function.name;
    made.cpp_name = function.cpp_name;
    made.loc = function.loc;
    made.has_side_effects = function.has_side_effects;
    made.is_collective = function.is_collective;
    made.result = cloner.type(function.result);
    for (const Local* param : function.params)
      made.params.push_back(cloner.declare(param));
    made.body = cloner.block(function.body);
    made.kernel = function.kernel;
    if (!made.kernel) continue;
    for (Global*& binding : made.kernel->bindings)
      binding = cloner.globals.at(binding);
    if (auto* ring = std::get_if<RingKernel>(&made.kernel->kind)) move_facts(*ring, cloner);
  }
  return copy;
}

} // namespace ring::ir
