// Kernels, the functions that they call, and the variables of the module.
#include "frontend/annotations.h"
#include "frontend/function_lowering.h"
#include "frontend/side_effects.h"
#include "ir/analysis/properties.h"

#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"

#include <algorithm>

namespace ring::frontend {
namespace {

using ir::DiagnosticId;

constexpr std::uint32_t kMaxBlockThreads = 1024;

/// Functions of a translation unit that carry an annotation, in the order of the source.
class AnnotatedFunctions : public clang::RecursiveASTVisitor<AnnotatedFunctions> {
public:
  explicit AnnotatedFunctions(const char* annotation) : annotation_(annotation) {}

  bool shouldVisitTemplateInstantiations() const { return true; }

  bool VisitFunctionDecl(clang::FunctionDecl* function) {
    if (!find_annotation(function, annotation_)) return true;
    const bool is_code =
        function->isThisDeclarationADefinition() && !function->isDependentContext();
    (is_code ? found : without_code).push_back(function);
    return true;
  }

  std::vector<const clang::FunctionDecl*> found;
  std::vector<const clang::FunctionDecl*> without_code; // templates and declarations

private:
  const char* annotation_;
};

AnnotatedFunctions functions_with(clang::ASTContext& context, const char* annotation) {
  AnnotatedFunctions visitor(annotation);
  // Not what a precompiled header holds: it has no kernels of this file, and a walk loads it all.
  for (clang::Decl* decl : context.getTranslationUnitDecl()->noload_decls()) {
    if (!decl->isFromASTFile()) visitor.TraverseDecl(decl);
  }
  return visitor;
}

/// True for pointers, references and spans, and for what has one inside.
bool holds_address(clang::QualType type) {
  type = type.getCanonicalType();
  if (type->isAnyPointerType() || type->isReferenceType()) return true;
  if (type->isArrayType()) {
    return holds_address(clang::QualType(type->getArrayElementTypeNoTypeQual(), 0));
  }
  const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
  if (!record || !record->getDefinition()) return false;
  if (annotation_text(record, "ring.builtin_type")) return true;
  record = record->getDefinition();
  const auto base_holds = [](const auto& base) { return holds_address(base.getType()); };
  const auto field_holds = [](const auto* field) { return holds_address(field->getType()); };
  return std::any_of(record->bases_begin(), record->bases_end(), base_holds) ||
         std::any_of(record->field_begin(), record->field_end(), field_holds);
}

/// What a kernel parameter holds: the element of a span, or the type itself.
clang::QualType content_of(clang::QualType type) {
  const auto* record = type->getAsCXXRecordDecl();
  const auto* span = llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(record);
  if (!span || annotation_text(record, "ring.builtin_type") != "span") return type;
  return span->getTemplateArgs()[0].getAsType();
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
  const AnnotatedFunctions annotated = functions_with(context_, "ring.global");
  bool any = false;
  for (const clang::FunctionDecl* function : annotated.found) {
    if (!sources.isInMainFile(sources.getFileLoc(function->getLocation()))) continue;
    any = true;
    names_.insert(function->getNameAsString()); // kernels keep their names, whatever comes first
  }
  for (const clang::FunctionDecl* function : annotated.found) {
    if (!sources.isInMainFile(sources.getFileLoc(function->getLocation()))) continue;
    lower_kernel(function, find_annotation(function, "ring.global"));
  }
  for (const clang::FunctionDecl* function : annotated.without_code) {
    if (any || !sources.isInMainFile(sources.getFileLoc(function->getLocation()))) continue;
    error(DiagnosticId::bad_kernel_signature, function->getLocation(),
          function->isDependentContext()
              ? "a kernel cannot be a template; call the template from a kernel, or instantiate it"
              : "a kernel needs its body in this file");
  }
  if (!any && !failed()) {
    error(DiagnosticId::no_kernel, sources.getLocForStartOfFile(sources.getMainFileID()),
          "no kernel in this file; put RING_GLOBAL(.block = {256}) before a function");
  }
}

void ModuleLowering::lower_library() {
  for (const clang::FunctionDecl* function : functions_with(context_, "ring.library").found) {
    lower_function(function, function->getLocation());
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
  if (threads == 0 || threads > kMaxBlockThreads) {
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
  for (const ir::Function& other : module_.functions) {
    if (other.kernel && other.name == function->getNameAsString()) {
      error(DiagnosticId::bad_kernel_signature, function->getLocation(),
            "two kernels are called '" + other.name + "'; their names are global");
      return;
    }
  }
  ir::Function* lowered = lower_definition(function, function->getNameAsString(), {});
  if (lowered) lowered->kernel = ir::Kernel{ir::GlobalKernel{*block}, {}};
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
  const auto known = functions_.find(function->getCanonicalDecl());
  if (known != functions_.end()) return known->second;

  const std::string name = function->getQualifiedNameAsString();
  if (is_active(function->getCanonicalDecl())) {
    error(DiagnosticId::recursion, use, "'" + name + "' calls itself; write a loop",
          {note(function->getLocation(), "'" + name + "' is here")});
    return nullptr;
  }
  const clang::FunctionDecl* definition = nullptr;
  if (!function->hasBody(definition) && !(definition = function->getDefinition())) {
    error(DiagnosticId::no_definition, use,
          "'" + name +
              "' has no body here; kernels can call only what is defined in the same "
              "file or a header",
          {note(function->getLocation(), "'" + name + "' is declared here")});
    return functions_[function->getCanonicalDecl()] = nullptr;
  }
  return lower_definition(definition, unique_name(base_name(function)), use);
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
  return functions_[key] = &module_.functions.emplace_back(std::move(function));
}

ir::Global* ModuleLowering::lower_global(const clang::VarDecl* variable,
                                         clang::SourceLocation use) {
  const auto known = globals_.find(variable->getCanonicalDecl());
  if (known != globals_.end()) return known->second;
  ir::Global*& slot = globals_[variable->getCanonicalDecl()];

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

// A constructor becomes a function that returns the object.
void FunctionLowering::lower_constructor_body(const clang::CXXConstructorDecl* constructor) {
  const clang::CXXRecordDecl* record = constructor->getParent();
  const auto initializer_type = [&](const clang::CXXCtorInitializer* init, std::uint32_t& field) {
    const ir::StructDecl* decl = function_.result->as<ir::StructType>()->decl;
    if (init->isBaseInitializer()) {
      field = parent_.base_index(record, init->getBaseClass()->getAsCXXRecordDecl());
    } else {
      field = parent_.field_index(init->getAnyMember());
    }
    return decl->fields[field].type;
  };
  const clang::CXXCtorInitializer* delegating = nullptr;
  for (const clang::CXXCtorInitializer* init : constructor->inits()) {
    if (init->isDelegatingInitializer()) delegating = init;
  }
  const auto* body = llvm::dyn_cast_or_null<clang::CompoundStmt>(constructor->getBody());
  ir::Expr* start = delegating ? lower_value(delegating->getInit()) : nullptr;
  if (delegating && !start) return;
  this_ = builder_.var("self", function_.result, start);
  for (const clang::CXXCtorInitializer* init : constructor->inits()) {
    if (init->isDelegatingInitializer()) continue;
    if (init->isBaseInitializer() && init->getBaseClass()->getAsCXXRecordDecl()->isEmpty())
      continue;
    if (init->isMemberInitializer() && init->getMember()->isZeroSize(parent_.context())) continue;
    builder_.set_loc(
        parent_.loc(init->isWritten() ? init->getSourceLocation() : constructor->getLocation()));
    std::uint32_t field = 0;
    ir::TypePtr type = initializer_type(init, field);
    ir::Expr* value = lower_initializer(init->getInit(), type);
    if (!value) continue; // left undefined, or an error that was reported
    builder_.store(builder_.member(builder_.ref(this_), field), value);
  }
  if (body) lower(body);
  builder_.set_loc(function_.loc);
  builder_.return_(builder_.load(builder_.ref(this_)));
}

} // namespace ring::frontend
