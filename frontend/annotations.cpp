#include "frontend/annotations.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"

#include <vector>

namespace ring::frontend {
namespace {

/// The attributes of a declaration, or of the pattern that it was instantiated from: Clang does not
/// copy annotations to the instantiations of every kind of declaration.
const clang::AnnotateAttr* annotation_on(const clang::Decl* decl, llvm::StringRef name) {
  for (const auto* attr : decl->specific_attrs<clang::AnnotateAttr>()) {
    if (attr->getAnnotation() == name) return attr;
  }
  return nullptr;
}

const clang::Decl* pattern_of(const clang::Decl* decl) {
  if (const auto* function = llvm::dyn_cast<clang::FunctionDecl>(decl)) {
    return function->getTemplateInstantiationPattern();
  }
  if (const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(decl)) {
    return record->getTemplateInstantiationPattern();
  }
  return nullptr;
}

std::optional<std::string> text_of(const clang::Expr* expr) {
  expr = expr->IgnoreImplicit();
  if (const auto* constant = llvm::dyn_cast<clang::ConstantExpr>(expr)) {
    expr = constant->getSubExpr()->IgnoreImplicit();
  }
  if (const auto* literal = llvm::dyn_cast<clang::StringLiteral>(expr)) {
    return literal->getString().str();
  }
  return std::nullopt;
}

/// The options of an annotation, a struct; nothing if they are not constants.
std::optional<clang::APValue> options_of(const clang::AnnotateAttr* annotation,
                                         clang::ASTContext& context) {
  if (annotation->args_size() == 0) return std::nullopt;
  clang::Expr::EvalResult result;
  if (!(*annotation->args_begin())->EvaluateAsRValue(result, context)) return std::nullopt;
  if (!result.Val.isStruct() || result.Val.getStructNumFields() == 0) return std::nullopt;
  return result.Val;
}

std::uint64_t number_in(const clang::APValue& field) { return field.getInt().getZExtValue(); }

/// The text of a field `const char*`, empty where it is null; nothing if it points to no literal.
std::optional<std::string> name_in(const clang::APValue& field) {
  if (!field.isLValue()) return std::nullopt;
  if (field.isNullPointer()) return std::string();
  const auto* base = field.getLValueBase().dyn_cast<const clang::Expr*>();
  return base && field.getLValueOffset().isZero() ? text_of(base) : std::nullopt;
}

std::optional<intrinsics::ScalarType> scalar_type_of(clang::QualType type,
                                                     const clang::ASTContext& context) {
  using intrinsics::Kind;
  if (!type->isArithmeticType()) return std::nullopt;
  const auto bits = static_cast<std::uint8_t>(context.getTypeSize(type));
  if (type->isBooleanType()) return intrinsics::ScalarType{Kind::boolean, bits};
  if (type->isFloatingType()) return intrinsics::ScalarType{Kind::floating, bits};
  return intrinsics::ScalarType{type->isSignedIntegerOrEnumerationType() ? Kind::signed_integer
                                                                         : Kind::unsigned_integer,
                                bits};
}

/// True if the operands have the types of the signature: one letter, one type. (std::pow(float,
/// int) is a template of the library that computes in double, not the row.)
bool fits(const intrinsics::Row& row, const std::vector<intrinsics::ScalarType>& types) {
  if (row.operand_count() != types.size()) return false;
  const std::string_view operands = row.signature.substr(row.signature.find('(') + 1);
  std::size_t position = 0;
  for (const intrinsics::ScalarType& type : types) {
    const std::size_t end = operands.find_first_of(",)", position);
    const std::string_view letter = operands.substr(position, end - position);
    position = end + 1;
    const bool generic = letter.size() == 1 || letter == "F*";
    const bool same = type.kind == types[0].kind && type.bits == types[0].bits;
    if (generic ? !same : letter == "i32" && type.bits != 32) return false;
  }
  return true;
}

} // namespace

const clang::AnnotateAttr* find_annotation(const clang::Decl* decl, const char* name) {
  for (const clang::Decl* redecl : decl->redecls()) {
    if (const auto* attr = annotation_on(redecl, name)) return attr;
  }
  const clang::Decl* pattern = pattern_of(decl);
  return pattern ? annotation_on(pattern, name) : nullptr;
}

std::optional<std::string> annotation_text(const clang::Decl* decl, const char* name) {
  const clang::AnnotateAttr* attr = find_annotation(decl, name);
  if (!attr || attr->args_size() == 0) return std::nullopt;
  return text_of(*attr->args_begin());
}

std::optional<std::array<std::uint32_t, 3>> block_of(const clang::AnnotateAttr* annotation,
                                                     clang::ASTContext& context) {
  const auto options = options_of(annotation, context);
  if (!options) return std::nullopt;
  const clang::APValue& block = options->getStructField(0);
  if (!block.isStruct() || block.getStructNumFields() != 3) return std::nullopt;
  std::array<std::uint32_t, 3> dims{};
  for (unsigned axis = 0; axis < 3; ++axis) {
    dims[axis] = static_cast<std::uint32_t>(block.getStructField(axis).getInt().getZExtValue());
  }
  return dims;
}

std::optional<ActorOptions> actor_options_of(const clang::AnnotateAttr* annotation,
                                             clang::ASTContext& context) {
  const auto options = options_of(annotation, context);
  if (!options || options->getStructNumFields() != 6) return std::nullopt;
  const auto name = name_in(options->getStructField(0));
  if (!name) return std::nullopt;
  return ActorOptions{*name,
                      static_cast<std::uint32_t>(number_in(options->getStructField(1))),
                      static_cast<std::uint32_t>(number_in(options->getStructField(2))),
                      number_in(options->getStructField(3)) != 0,
                      static_cast<std::uint32_t>(number_in(options->getStructField(4))),
                      number_in(options->getStructField(5)) != 0};
}

std::optional<std::uint64_t> message_id_of(const clang::AnnotateAttr* annotation,
                                           clang::ASTContext& context) {
  const auto options = options_of(annotation, context);
  if (!options) return std::nullopt;
  return number_in(options->getStructField(0));
}

std::optional<std::string> param_name_of(const clang::AnnotateAttr* annotation,
                                         clang::ASTContext& context) {
  const auto options = options_of(annotation, context);
  return options ? name_in(options->getStructField(0)) : std::nullopt;
}

const intrinsics::Row* standard_row(const clang::FunctionDecl* function) {
  if (!function->getIdentifier() || llvm::isa<clang::CXXMethodDecl>(function)) return nullptr;
  const bool in_std = function->isInStdNamespace();
  const bool global = function->getDeclContext()->getRedeclContext()->isTranslationUnit();
  const std::string name = function->getName().str();
  // A global function counts only if it is the C library's; a user may have a `round` of his own.
  if (!in_std && !(global && function->getBuiltinID())) return nullptr;
  std::vector<intrinsics::ScalarType> types;
  for (const clang::ParmVarDecl* param : function->parameters()) {
    clang::QualType plain = param->getType().getNonReferenceType();
    if (plain->isPointerType()) plain = plain->getPointeeType(); // frexp's exponent
    const auto type = scalar_type_of(plain, function->getASTContext());
    if (!type) return nullptr;
    types.push_back(*type);
  }
  if (types.empty()) return nullptr;
  const intrinsics::Row* row =
      intrinsics::find_by_cpp_name(in_std ? "std::" + name : name, types[0]);
  return row && fits(*row, types) ? row : nullptr;
}

bool reads_its_arguments(const clang::FunctionDecl* function) {
  if (annotation_text(function, "ring.intrinsic")) {
    // Atomics name an object by their first parameter; spans are values.
    return function->getNumParams() == 0 ||
           !function->getParamDecl(0)->getType()->isReferenceType();
  }
  return standard_row(function) != nullptr;
}

} // namespace ring::frontend
