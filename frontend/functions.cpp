// Kernels, the functions that they call, and the variables of the module.
#include "frontend/annotations.h"
#include "frontend/function_lowering.h"
#include "frontend/side_effects.h"
#include "frontend/type_facts.h"
#include "ir/analysis/properties.h"
#include "ir/message_words.h"

#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"

#include <algorithm>

namespace ring::frontend {
namespace {

using ir::DiagnosticId;

/// Functions and classes of a translation unit that carry one of some annotations, in the order of
/// the source.
class Annotated : public clang::RecursiveASTVisitor<Annotated> {
public:
  struct Found {
    const clang::NamedDecl* decl = nullptr;
    const clang::AnnotateAttr* annotation = nullptr;
  };

  explicit Annotated(std::vector<const char*> annotations) : annotations_(std::move(annotations)) {}

  bool shouldVisitTemplateInstantiations() const { return true; }

  bool VisitFunctionDecl(clang::FunctionDecl* function) {
    add(function, function->isThisDeclarationADefinition() && !function->isDependentContext());
    return true;
  }

  bool VisitCXXRecordDecl(clang::CXXRecordDecl* record) {
    if (record->isThisDeclarationADefinition()) add(record, !record->isDependentContext());
    return true;
  }

  std::vector<Found> found;
  std::vector<Found> without_code; // templates and declarations

private:
  void add(const clang::NamedDecl* decl, bool is_code) {
    for (const char* name : annotations_) {
      if (const clang::AnnotateAttr* annotation = find_annotation(decl, name))
        (is_code ? found : without_code).push_back({decl, annotation});
    }
  }

  std::vector<const char*> annotations_;
};

Annotated all_with(clang::ASTContext& context, std::vector<const char*> annotations) {
  Annotated visitor(std::move(annotations));
  // Not what a precompiled header holds: it has no kernels of this file, and a walk loads it all.
  for (clang::Decl* decl : context.getTranslationUnitDecl()->noload_decls()) {
    if (!decl->isFromASTFile()) visitor.TraverseDecl(decl);
  }
  return visitor;
}

std::string base_name(const clang::FunctionDecl* function) {
  if (const auto* constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(function)) {
    return "make_" + constructor->getParent()->getName().str();
  }
  if (const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(function)) {
    if (method->getParent()->isLambda()) return "lambda";
  }
  if (llvm::isa<clang::CXXConversionDecl>(function)) return "convert";
  if (!function->isOverloadedOperator()) return function->getNameAsString();
  switch (function->getOverloadedOperator()) {
  case clang::OO_Plus:
    return "add";
  case clang::OO_Minus:
    return function->param_size() == 2 ? "subtract" : "negate";
  case clang::OO_Star:
    return "multiply";
  case clang::OO_Slash:
    return "divide";
  case clang::OO_Call:
    return "call";
  case clang::OO_Subscript:
    return "at";
  case clang::OO_EqualEqual:
    return "equal";
  case clang::OO_Less:
    return "less";
  case clang::OO_Equal:
    return "assign";
  case clang::OO_PlusEqual:
    return "add_to";
  case clang::OO_MinusEqual:
    return "subtract_from";
  case clang::OO_StarEqual:
    return "multiply_by";
  case clang::OO_PlusPlus:
    return "increment";
  case clang::OO_MinusMinus:
    return "decrement";
  default:
    return "operator";
  }
}

} // namespace

void ModuleLowering::lower_kernels() {
  const clang::SourceManager& sources = context_.getSourceManager();
  const auto is_ours = [&](const Annotated::Found& found) {
    return sources.isInMainFile(sources.getFileLoc(found.decl->getLocation()));
  };
  Annotated annotated = all_with(context_, {"ring.global", "ring.kernel", "ring.actor"});
  std::erase_if(annotated.found, [&](const auto& found) { return !is_ours(found); });
  for (const Annotated::Found& found : annotated.found)
    names_.insert(found.decl->getNameAsString()); // kernels keep their names, whatever comes first
  names_.insert("words");                         // and so does the arena
  for (const auto& [decl, annotation] : annotated.found) {
    if (const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(decl)) {
      lower_actor(record, annotation);
    } else if (annotation->getAnnotation() == "ring.kernel") {
      lower_ring_function(llvm::cast<clang::FunctionDecl>(decl), annotation);
    } else {
      lower_kernel(llvm::cast<clang::FunctionDecl>(decl), annotation);
    }
  }
  for (const Annotated::Found& found : annotated.without_code) {
    if (is_ours(found)) refuse_without_code(found.decl, !annotated.found.empty());
  }
  if (annotated.found.empty() && !failed()) {
    error(DiagnosticId::no_kernel, sources.getLocForStartOfFile(sources.getMainFileID()),
          "no kernel in this file; put RING_GLOBAL(.block = {256}) before a function");
  }
}

void ModuleLowering::refuse_without_code(const clang::NamedDecl* decl, bool has_kernels) {
  if (llvm::isa<clang::CXXRecordDecl>(decl)) {
    error(DiagnosticId::bad_actor, decl->getLocation(),
          "an actor cannot be a template; hold the template as a member of an actor");
    return;
  }
  if (has_kernels) return; // a declaration of one of them
  error(DiagnosticId::bad_kernel_signature, decl->getLocation(),
        llvm::cast<clang::FunctionDecl>(decl)->isDependentContext()
            ? "a kernel cannot be a template; call the template from a kernel, or instantiate it"
            : "a kernel needs its body in this file");
}

void ModuleLowering::lower_library() {
  names_.insert("words");
  for (const auto& [decl, annotation] : all_with(context_, {"ring.library"}).found) {
    const auto* function = llvm::dyn_cast<clang::FunctionDecl>(decl);
    if (function) lower_function(function, function->getLocation());
  }
}

void ModuleLowering::lower_kernel(const clang::FunctionDecl* function,
                                  const clang::AnnotateAttr* annotation) {
  const auto block = block_of(annotation, context_);
  if (!block) {
    error(DiagnosticId::bad_annotation, annotation->getLocation(),
          "the options of RING_GLOBAL must be constants");
    return;
  }
  const std::uint64_t threads = std::uint64_t{(*block)[0]} * (*block)[1] * (*block)[2];
  if (threads == 0 || threads > ir::kMaxBlockThreads) {
    error(DiagnosticId::bad_annotation, annotation->getLocation(),
          "a block has 1 to 1024 threads, this one " + std::to_string(threads));
    return;
  }
  if (!function->getReturnType()->isVoidType()) {
    error(DiagnosticId::bad_kernel_signature, function->getReturnTypeSourceRange().getBegin(),
          "a kernel returns void; write its results to a ring::span");
    return;
  }
  if (llvm::isa<clang::CXXMethodDecl>(function)) {
    error(DiagnosticId::bad_kernel_signature, function->getLocation(),
          "a kernel is a free function, not a member");
    return;
  }
  lower_kernel_parameters(function);
  if (failed()) return;
  if (!check_kernel_name(function)) return;
  ir::Function* lowered = lower_definition(function, function->getNameAsString(), {});
  if (lowered) lowered->kernel = ir::Kernel{ir::GlobalKernel{*block}, {}};
}

bool ModuleLowering::check_kernel_name(const clang::NamedDecl* decl) {
  for (const ir::Function& other : module_.functions) {
    if (!other.kernel || other.name != decl->getNameAsString()) continue;
    error(DiagnosticId::bad_kernel_signature, decl->getLocation(),
          "two kernels are called '" + other.name + "'; their names are global");
    return false;
  }
  return true;
}

void ModuleLowering::lower_kernel_parameters(const clang::FunctionDecl* function) {
  for (const clang::ParmVarDecl* param : function->parameters()) {
    const clang::QualType type = param->getType().getCanonicalType();
    const auto refuse = [&](const std::string& remedy) {
      error(DiagnosticId::bad_kernel_signature, param->getLocation(),
            "a kernel cannot take '" + param->getType().getAsString() + "'; " + remedy);
    };
    if (type->isReferenceType()) {
      refuse("take scalars and structs by value, buffers as ring::span");
    } else if (type->isPointerType()) {
      refuse("use ring::span, which also knows its size");
    } else if (const auto* record = type->getAsCXXRecordDecl();
               record && record->getDefinition() && !annotation_text(record, "ring.builtin_type") &&
               !type.isTriviallyCopyableType(context_)) {
      refuse("its type is not trivially copyable");
    } else if (holds_address(content_of(type))) {
      refuse("a pointer of the host means nothing on a device: take each buffer as a ring::span "
             "of its own");
    }
  }
}

ir::Function* ModuleLowering::lower_function(const clang::FunctionDecl* function,
                                             clang::SourceLocation use) {
  std::string name = base_name(function);
  const auto message = message_argument(function); // reply_Balance, send_Movement
  const clang::CXXRecordDecl* record = message ? (*message)->getAsCXXRecordDecl() : nullptr;
  if (record) name += "_" + record->getName().str();
  return lower_function(function, use, name);
}

ir::Function* ModuleLowering::lower_function(const clang::FunctionDecl* function,
                                             clang::SourceLocation use, const std::string& name) {
  const auto known = functions_.find(function->getCanonicalDecl());
  if (known != functions_.end()) return known->second;

  if (is_active(function->getCanonicalDecl())) {
    const std::string cpp_name = function->getQualifiedNameAsString();
    error(DiagnosticId::recursion, use, "'" + cpp_name + "' calls itself; write a loop",
          {note(function->getLocation(), "'" + cpp_name + "' is here")});
    return nullptr;
  }
  const clang::FunctionDecl* definition = definition_of(function, use);
  if (!definition) return functions_[function->getCanonicalDecl()] = nullptr;
  return lower_definition(definition, unique_name(name), use);
}

const clang::FunctionDecl* ModuleLowering::definition_of(const clang::FunctionDecl* function,
                                                         clang::SourceLocation use) {
  const clang::FunctionDecl* definition = nullptr;
  if (function->hasBody(definition) || (definition = function->getDefinition())) return definition;
  const std::string name = function->getQualifiedNameAsString();
  error(DiagnosticId::no_definition, use,
        "'" + name +
            "' has no body here; kernels can call only what is defined in the same "
            "file or a header",
        {note(function->getLocation(), "'" + name + "' is declared here")});
  return nullptr;
}

ir::Function* ModuleLowering::lower_definition(const clang::FunctionDecl* definition,
                                               std::string name, clang::SourceLocation use) {
  const clang::FunctionDecl* key = definition->getCanonicalDecl();
  active_.push_back({key, use});
  ir::Function function;
  function.name = std::move(name);
  function.cpp_name = definition->getQualifiedNameAsString();
  function.loc = loc(definition->getLocation());
  const bool lowered = FunctionLowering(*this, function, definition).run();
  active_.pop_back();
  if (!lowered) return functions_[key] = nullptr;
  function.has_side_effects = has_side_effects(function);
  function.is_collective = find_annotation(definition, "ring.collective") != nullptr;
  ir::Function* added = &module_.functions.emplace_back(std::move(function));
  if (const auto message = message_argument(definition);
      message && definition->getName() == "reply") {
    if (const auto* reply = lower_message(*message, use)) replies_[added] = *reply;
  }
  return functions_[key] = added;
}

ir::Function* ModuleLowering::lower_construction(const clang::CXXConstructorDecl* constructor,
                                                 const std::string& name) {
  active_.push_back({constructor, constructor->getLocation()});
  ir::Function function;
  function.name = unique_name(name);
  function.cpp_name = constructor->getQualifiedNameAsString();
  function.loc = loc(constructor->getLocation());
  const bool lowered = FunctionLowering(*this, function, constructor).run_construction();
  active_.pop_back();
  if (!lowered) return nullptr;
  function.has_side_effects = true;
  return &module_.functions.emplace_back(std::move(function));
}

ir::Global* ModuleLowering::lower_global(const clang::VarDecl* variable,
                                         clang::SourceLocation use) {
  const auto known = globals_.find(variable->getCanonicalDecl());
  if (known != globals_.end()) return known->second;
  ir::Global*& slot = globals_[variable->getCanonicalDecl()];

  if (find_annotation(variable, "ring.bound")) { // the arena, which the functions of messages share
    slot = &ir::message_words(module_);
    slot->loc = loc(variable->getLocation());
    return slot;
  }
  const std::string name = variable->getNameAsString();
  ir::Global global;
  global.loc = loc(variable->getLocation());
  global.type = lower_object_type(variable->getType(), variable->getLocation());
  if (!global.type) return nullptr;
  if (find_annotation(variable, "ring.shared")) {
    const clang::Expr* init = variable->getInit();
    if (init && !llvm::isa<clang::CXXConstructExpr>(init->IgnoreImplicit())) {
      error(DiagnosticId::bad_variable, variable->getLocation(),
            "shared memory starts undefined; write it, then call ring::barrier()");
      return nullptr;
    }
    global.space = ir::AddressSpace::workgroup;
  } else {
    const clang::APValue* value = constant_value(variable);
    if (!value) {
      error(DiagnosticId::bad_variable, use,
            "'" + name +
                "' is a variable outside of the kernel; pass it as a parameter, make it "
                "constexpr, or mark it RING_SHARED",
            {note(variable->getLocation(), "'" + name + "' is here")});
      return nullptr;
    }
    global.space = ir::AddressSpace::constant;
    global.access = ir::Access::read;
    global.initializer = lower_constant(*value, variable->getType(), variable->getLocation());
    if (!global.initializer) {
      error(DiagnosticId::bad_variable, use, "the value of '" + name + "' has no form on a device");
      return nullptr;
    }
  }
  global.name = unique_name(name);
  return slot = &module_.globals.emplace_back(std::move(global));
}

FunctionLowering::FunctionLowering(ModuleLowering& parent, ir::Function& function,
                                   const clang::FunctionDecl* declaration)
    : parent_(parent), function_(function), declaration_(declaration), builder_(parent.module()),
      uses_(declaration->getBody()) {}

bool FunctionLowering::run() {
  builder_.set_block(&function_.body);
  builder_.set_loc(function_.loc);
  if (!lower_parameters()) return false;
  const bool failed_before = parent_.failed();
  if (const auto* constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(declaration_)) {
    lower_constructor_body(constructor);
  } else {
    lower(declaration_->getBody());
  }
  // Coming to the end without a return is undefined; here it gives the zero value.
  const bool has_result =
      !function_.result->is<ir::VoidType>() && !function_.result->is<ir::RefType>();
  if (has_result && ir::analysis::reaches_end(function_.body)) {
    builder_.set_block(&function_.body);
    builder_.set_loc(function_.loc);
    builder_.return_(builder_.zero(function_.result));
  }
  return failed_before || !parent_.failed();
}

bool FunctionLowering::lower_parameters() {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(declaration_);
  const bool is_constructor = llvm::isa<clang::CXXConstructorDecl>(declaration_);
  ir::TypeTable& types = builder_.types();
  if (method && method->isInstance() && !is_constructor) {
    const clang::QualType object = method->getFunctionObjectParameterType();
    ir::TypePtr type = parent_.lower_type(object, method->getLocation());
    if (!type) return false;
    const ir::Access access = object.isConstQualified() ? ir::Access::read : ir::Access::read_write;
    this_ =
        builder_.module().local(ir::Local::Kind::param, "self",
                                types.ref(type, ir::AddressSpace::generic, access), function_.loc);
    function_.params.push_back(this_);
  }
  for (const clang::ParmVarDecl* declared : declaration_->parameters()) {
    ir::TypePtr type = parent_.lower_object_type(declared->getType(), declared->getLocation());
    if (!type) return false;
    const std::string name = declared->getName().empty() ? "unnamed" : declared->getName().str();
    builder_.set_loc(parent_.loc(declared->getLocation()));
    ir::Local* param = builder_.module().local(ir::Local::Kind::param, name, type, builder_.loc());
    function_.params.push_back(param);
    const bool is_value = !type->is<ir::RefType>();
    const bool is_object = is_value && uses_.needs_object(declared);
    locals_[declared] = is_object ? builder_.var(name, type, builder_.ref(param)) : param;
  }
  if (is_constructor) {
    const auto* record = method->getParent();
    const ir::StructDecl* decl = parent_.lower_record(record, declaration_->getLocation());
    if (!decl) return false;
    function_.result = types.structure(decl);
  } else {
    function_.result =
        parent_.lower_object_type(declaration_->getReturnType(), declaration_->getLocation());
  }
  return function_.result != nullptr;
}

} // namespace ring::frontend
