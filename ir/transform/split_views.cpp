#include "ir/transform/split_views.h"

#include "ir/analysis/properties.h"
#include "ir/builder.h"
#include "ir/clone.h"
#include "ir/transform/view_uses.h"
#include "ir/walk.h"

#include <algorithm>
#include <memory>
#include <unordered_map>
#include <unordered_set>

namespace ring::ir::transform {
namespace {

using analysis::is_view;

/// What a view local, or a field of one that is a view itself, has become.
struct Pieces {
  struct Field {
    Local* local = nullptr; // a let or a var; a field that is a reference may be a pointer var
    std::unique_ptr<Pieces> nested; // instead, for a field that is a view
    Expr* alias = nullptr;          // instead, for a name, a literal or a reference to another view
  };
  TypePtr type = nullptr;
  std::vector<Field> fields;
};

/// A value that needs no local of its own.
bool stands_for_itself(const Expr& value, bool is_object) {
  if (is_pointer_to_view(value.type)) return analysis::is_stable(value);
  const bool is_name =
      value.is<LocalRef>() || (value.is<GlobalRef>() && !value.type->is<RefType>());
  return !is_object && !is_view(value.type) && (value.is<Literal>() || is_name);
}

/// Not every target can index an array that is a value.
bool holds_array(TypePtr type) {
  if (type->is<ArrayType>()) return true;
  const auto* structure = type->as<StructType>();
  return structure && std::any_of(structure->decl->fields.begin(), structure->decl->fields.end(),
                                  [](const auto& field) { return holds_array(field.type); });
}

class ViewSplitter {
public:
  ViewSplitter(Module& module, Function& function)
      : module_(module), function_(function), builder_(module) {}

  Status run() {
    for (const Local* param : function_.params) {
      if (is_view(param->type)) refuse(param->loc, "the parameter '" + param->name + "'");
    }
    follow_view_references(module_, function_);
    changed_ = changed_locals(function_);
    split(function_.body);
    if (!problems_.empty()) return problems_;
    return Success{};
  }

private:
  void split(Block& block) {
    Block result;
    for (Stmt* stmt : block.statements) {
      builder_.set_block(&result);
      builder_.set_loc(stmt->loc);
      if (!split_statement(*stmt)) result.statements.push_back(stmt);
      for_each_block(*stmt, [&](Block& inner) { split(inner); });
    }
    block = std::move(result);
  }

  /// True if the statement was about a view and has been written anew.
  bool split_statement(Stmt& stmt) {
    for_each_root(stmt, [&](Expr*& root) {
      root = Cloner(module_).expr(with_aliases(root));
      root = rewritten(root);
    });
    if (const auto* let = stmt.as<Let>();
        let && is_pointer_to_view(let->local->type) && analysis::is_stable(*let->init)) {
      names_[let->local] = let->init;
      return true;
    }
    if (const auto* let = stmt.as<Let>(); let && is_view(let->local->type)) {
      return declare(*let->local, let->init);
    }
    if (const auto* var = stmt.as<Var>(); var && is_view(var->local->type)) {
      return declare(*var->local, var->init);
    }
    if (const auto* store = stmt.as<Store>(); store && is_view(store->value->type)) {
      if (const Pieces* target = pieces_of(*store->reference))
        assign(*target, store->value);
      else if (!analysis::holds_pointers(store->value->type))
        assign_memory(*store);
      else
        refuse(stmt.loc, "this object");
      return true;
    }
    if (auto* store = stmt.as<Store>(); store && store->value->type->is<RefType>()) {
      store->value = builder_.address_of(store->value); // a field that is a C++ reference is set
    }
    for_each_root(stmt, [&](Expr*& root) { check_gone(*root); });
    return false;
  }

  bool declare(const Local& local, Expr* init) {
    const bool is_object = local.kind == Local::Kind::var && changed_.contains(&local);
    locals_[&local] = make(local.type, local.name, is_object, init);
    return true;
  }

  std::unique_ptr<Pieces> make(TypePtr type, const std::string& name, bool is_object, Expr* init) {
    auto pieces = std::make_unique<Pieces>();
    pieces->type = type;
    const auto& fields = type->as<StructType>()->decl->fields;
    const std::vector<Expr*> values = init ? parts_of(init) : std::vector<Expr*>{};
    for (std::size_t i = 0; i < fields.size(); ++i) {
      Pieces::Field& piece = pieces->fields.emplace_back();
      Expr* value = i < values.size() ? values[i] : nullptr;
      const std::string field_name = name + "_" + fields[i].name;
      if (value && stands_for_itself(*value, is_object)) {
        piece.alias = value;
      } else if (is_view(fields[i].type)) {
        piece.nested = make(fields[i].type, field_name, is_object, value);
      } else if (is_object || !value || holds_array(fields[i].type)) {
        const auto* ref = fields[i].type->as<RefType>();
        const TypePtr object =
            ref ? module_.types.ptr(ref->pointee, ref->space, ref->access) : fields[i].type;
        if (ref && value) value = builder_.address_of(value);
        piece.local = builder_.var(field_name, object, value);
      } else {
        piece.local = builder_.let(field_name, value);
      }
    }
    return pieces;
  }

  /// The parts of a value that may mention what it is assigned to: all of it is read before any of
  /// it is written.
  std::vector<Expr*> kept_parts_of(Expr* value) {
    std::vector<Expr*> values = parts_of(value);
    for (std::size_t i = 0; i < values.size() && values.size() > 1; ++i) {
      if (is_view(values[i]->type) || analysis::is_stable(*values[i])) continue;
      values[i] = builder_.ref(builder_.let("value", values[i]));
    }
    return values;
  }

  /// An object in memory that has function objects in it: its data is stored.
  void assign_memory(const Store& store) {
    const std::vector<Expr*> values = kept_parts_of(store.value);
    for (std::size_t i = 0; i < values.size(); ++i) {
      Expr* field = builder_.member(clone(module_, store.reference), static_cast<std::uint32_t>(i));
      if (is_view(values[i]->type))
        assign_memory({field, values[i]});
      else
        builder_.store(field, values[i]);
    }
  }

  void assign(const Pieces& target, Expr* value) {
    const std::vector<Expr*> values = kept_parts_of(value);
    for (std::size_t i = 0; i < target.fields.size() && i < values.size(); ++i) {
      const Pieces::Field& field = target.fields[i];
      if (field.alias)
        refuse(values[i]->loc, "this object");
      else if (field.nested)
        assign(*field.nested, values[i]);
      else
        builder_.store(builder_.ref(field.local), as_stored(*field.local, values[i]));
    }
  }

  Expr* as_stored(const Local& local, Expr* value) {
    return local.type->is<PtrType>() && value->type->is<RefType>() ? builder_.address_of(value)
                                                                   : value;
  }

  /// The fields of a view's value.
  std::vector<Expr*> parts_of(Expr* value) {
    const auto& fields = value->type->as<StructType>()->decl->fields;
    std::vector<Expr*> parts;
    if (auto* construct = value->as<Construct>()) {
      if (!construct->elements.empty()) return construct->elements;
      for (const StructDecl::Field& field : fields) {
        if (field.type->is<RefType>())
          refuse(value->loc, "a reference to nothing");
        else
          parts.push_back(builder_.zero(field.type));
      }
      return parts;
    }
    if (auto* select = value->as<Select>()) {
      const std::vector<Expr*> a = parts_of(select->if_true);
      const std::vector<Expr*> b = parts_of(select->if_false);
      for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
        parts.push_back(builder_.select(clone(module_, select->condition), a[i], b[i]));
      }
      return parts;
    }
    const auto* load = value->as<Load>();
    const Pieces* pieces = pieces_of(load ? *load->reference : *value);
    if (!pieces && load && !analysis::holds_pointers(value->type)) {
      for (std::uint32_t i = 0; i < fields.size(); ++i) {
        parts.push_back(builder_.load(builder_.member(clone(module_, load->reference), i)));
      }
      return parts;
    }
    if (!pieces) {
      refuse(value->loc, "this value");
      return parts;
    }
    return read_all(*pieces);
  }

  std::vector<Expr*> read_all(const Pieces& pieces) {
    std::vector<Expr*> parts;
    const auto& fields = pieces.type->as<StructType>()->decl->fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      parts.push_back(read(pieces.fields[i], fields[i].type));
    }
    return parts;
  }

  Expr* read(const Pieces::Field& field, TypePtr type) {
    if (field.alias) return clone(module_, field.alias);
    if (field.nested) return builder_.construct(type, read_all(*field.nested));
    Expr* value = builder_.ref(field.local);
    if (field.local->kind == Local::Kind::var) value = builder_.load(value);
    return type->is<RefType>() && value->type->is<PtrType>() ? builder_.deref(value) : value;
  }

  /// The pieces of a view that is named directly, or null.
  const Pieces* pieces_of(const Expr& expr) const {
    if (const auto* ref = expr.as<LocalRef>()) {
      const auto found = locals_.find(ref->local);
      return found == locals_.end() ? nullptr : found->second.get();
    }
    const auto* member = expr.as<Member>();
    const Pieces* base = member ? pieces_of(*member->base) : nullptr;
    return base ? base->fields[member->field].nested.get() : nullptr;
  }

  /// The field that a Member of a split view stands for, or null.
  const Pieces::Field* field_of(const Expr& expr) const {
    const auto* member = expr.as<Member>();
    const Pieces* base = member ? pieces_of(*member->base) : nullptr;
    return base && !base->fields[member->field].nested ? &base->fields[member->field] : nullptr;
  }

  /// Puts in the views that references lead to, those in other views included.
  Expr* with_aliases(Expr* expr) {
    for_each_expr(expr, [&](Expr*& node) {
      const auto* ref = node->as<LocalRef>();
      const auto name = ref ? names_.find(ref->local) : names_.end();
      if (name != names_.end()) {
        node = clone(module_, name->second);
        return;
      }
      const auto* load = node->as<Load>();
      const Pieces::Field* field = load ? field_of(*load->reference) : nullptr;
      if (field && field->alias) node = clone(module_, field->alias);
    });
    return expr;
  }

  Expr* rewritten(Expr* expr) {
    builder_.set_loc(expr->loc);
    if (const auto* load = expr->as<Load>()) {
      if (Expr* value = loaded(load->reference)) return value;
    }
    if (const Pieces::Field* field = field_of(*expr)) {
      // A field that is a reference is reached by a Load above.
      return field->alias ? clone(module_, field->alias) : builder_.ref(field->local);
    }
    if (pieces_of(*expr)) return expr;
    if (const auto* member = expr->as<Member>(); member && is_view(member->base->type)) {
      Expr* base = rewritten(member->base);
      const std::vector<Expr*> parts = parts_of(base);
      return member->field < parts.size() ? parts[member->field] : expr;
    }
    for_each_operand(*expr, [&](Expr*& operand) { operand = rewritten(operand); });
    retype(*expr, module_);
    return expr;
  }

  /// What a Load of this reference reads, if that is (part of) a field of a view.
  Expr* loaded(Expr* reference) {
    if (const Pieces::Field* field = field_of(*reference)) {
      return read(*field, reference->type->pointee_or_self());
    }
    if (const auto* member = reference->as<Member>()) {
      Expr* whole = loaded(member->base);
      return whole ? part_of(whole, builder_.member(whole->is<Load>() ? whole->as<Load>()->reference
                                                                      : whole,
                                                    member->field))
                   : nullptr;
    }
    if (const auto* index = reference->as<Index>()) {
      Expr* whole = loaded(index->base);
      return whole ? part_of(whole, builder_.index(whole->is<Load>() ? whole->as<Load>()->reference
                                                                     : whole,
                                                   rewritten(index->index)))
                   : nullptr;
    }
    return nullptr;
  }

  Expr* part_of(const Expr* whole, Expr* part) {
    return whole->is<Load>() ? builder_.load(part) : part;
  }

  void check_gone(Expr& expr) {
    const bool is_about_views = is_view(expr.type) || is_pointer_to_view(expr.type);
    if (is_about_views && analysis::holds_pointers(expr.type->pointee_or_self())) {
      refuse(expr.loc, "this object");
      return;
    }
    for_each_operand(expr, [&](Expr*& operand) { check_gone(*operand); });
  }

  void refuse(Loc loc, const std::string& what) {
    if (!problems_.empty() && problems_.back().loc == loc) return; // one object, said once
    problems_.push_back(error(DiagnosticId::view_in_memory, loc,
                              what + " holds a reference, pointer or span, and the target has no "
                                     "pointers: keep it in a local variable of its own, not in an "
                                     "array or in memory"));
  }

  Module& module_;
  Function& function_;
  Builder builder_;
  std::unordered_map<const Local*, std::unique_ptr<Pieces>> locals_;
  std::unordered_map<const Local*, const Expr*> names_; // lets that are references to views
  std::unordered_set<const Local*> changed_;
  Diagnostics problems_;
};

} // namespace

Status split_views(Module& module) {
  Diagnostics problems;
  for (Function& function : module.functions) {
    const Status status = ViewSplitter(module, function).run();
    if (status) continue;
    problems.insert(problems.end(), status.diagnostics().begin(), status.diagnostics().end());
  }
  if (!problems.empty()) return problems;
  return Success{};
}

} // namespace ring::ir::transform
