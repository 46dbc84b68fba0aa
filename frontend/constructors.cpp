// Constructors: as functions that return the object, or that fill one in place.
#include "frontend/function_lowering.h"
#include "frontend/type_facts.h"
#include "ir/analysis/properties.h"

namespace ring::frontend {

std::set<std::uint32_t>
FunctionLowering::lower_member_initializers(const clang::CXXConstructorDecl* constructor,
                                            const ir::StructDecl& decl) {
  const clang::CXXRecordDecl* record = constructor->getParent();
  std::set<std::uint32_t> written;
  for (const clang::CXXCtorInitializer* init : constructor->inits()) {
    if (init->isDelegatingInitializer()) continue;
    if (init->isBaseInitializer() && init->getBaseClass()->getAsCXXRecordDecl()->isEmpty())
      continue;
    if (init->isMemberInitializer() && has_no_room(init->getMember(), parent_.context())) continue;
    builder_.set_loc(
        parent_.loc(init->isWritten() ? init->getSourceLocation() : constructor->getLocation()));
    const std::uint32_t field =
        init->isBaseInitializer()
            ? parent_.base_index(record, init->getBaseClass()->getAsCXXRecordDecl())
            : parent_.field_index(init->getAnyMember());
    ir::Expr* value = lower_initializer(init->getInit(), decl.fields[field].type);
    if (!value) continue; // left undefined, or an error that was reported
    builder_.store(builder_.member(builder_.ref(this_), field), value);
    written.insert(field);
  }
  return written;
}

// A constructor becomes a function that returns the object.
void FunctionLowering::lower_constructor_body(const clang::CXXConstructorDecl* constructor) {
  const clang::CXXCtorInitializer* delegating = nullptr;
  for (const clang::CXXCtorInitializer* init : constructor->inits()) {
    if (init->isDelegatingInitializer()) delegating = init;
  }
  const auto* body = llvm::dyn_cast_or_null<clang::CompoundStmt>(constructor->getBody());
  ir::Expr* start = delegating ? lower_value(delegating->getInit()) : nullptr;
  if (delegating && !start) return;
  this_ = builder_.var("self", function_.result, start);
  lower_member_initializers(constructor, *function_.result->as<ir::StructType>()->decl);
  if (body) lower(body);
  builder_.set_loc(function_.loc);
  builder_.return_(builder_.load(builder_.ref(this_)));
}

bool FunctionLowering::run_construction() {
  const auto* constructor = llvm::cast<clang::CXXConstructorDecl>(declaration_);
  ir::TypeTable& types = builder_.types();
  const ir::StructDecl* decl =
      parent_.lower_record(constructor->getParent(), constructor->getLocation());
  if (!decl) return false;
  ir::TypePtr type = types.structure(decl);
  const bool failed_before = parent_.failed();
  builder_.set_block(&function_.body);
  builder_.set_loc(function_.loc);
  function_.result = types.void_type();
  this_ = builder_.module().local(ir::Local::Kind::param, "self",
                                  types.ref(type, ir::AddressSpace::generic), function_.loc);
  function_.params.push_back(this_);
  for (const clang::ParmVarDecl* param : constructor->parameters()) { // all have a default
    ir::TypePtr param_type = parent_.lower_object_type(param->getType(), param->getLocation());
    if (!param_type) return false;
    ir::Expr* value = lower_argument(param->getDefaultArg(), param_type);
    if (!value) return false;
    const std::string name = param->getName().empty() ? "unnamed" : param->getName().str();
    const bool is_object = !param_type->is<ir::RefType>() && uses_.needs_object(param);
    locals_[param] = is_object ? builder_.var(name, param_type, value) : builder_.let(name, value);
  }
  const auto inits = constructor->inits();
  if (constructor->isDelegatingConstructor()) {
    ir::Expr* start = lower_value((*inits.begin())->getInit());
    if (!start) return false;
    builder_.store(builder_.ref(this_), start);
  } else {
    const std::set<std::uint32_t> written = lower_member_initializers(constructor, *decl);
    builder_.set_loc(function_.loc);
    for (std::uint32_t field = 0; field < decl->fields.size(); ++field) {
      if (written.contains(field)) continue;
      ir::Expr* place = builder_.member(builder_.ref(this_), field);
      builder_.store(place, builder_.zero(decl->fields[field].type));
    }
  }
  if (const auto* body = llvm::dyn_cast_or_null<clang::CompoundStmt>(constructor->getBody()))
    lower(body);
  return failed_before || !parent_.failed();
}

} // namespace ring::frontend
