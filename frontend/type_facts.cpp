#include "frontend/type_facts.h"

#include "frontend/annotations.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"

#include <algorithm>

namespace ring::frontend {
namespace {

/// A class of our own headers: its name says what it is.
bool is_ring_class(clang::QualType type, llvm::StringRef name) {
  const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
  return record && record->getIdentifier() && record->getName() == name &&
         record->getQualifiedNameAsString() == ("ring::" + name).str();
}

} // namespace

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

bool is_span(clang::QualType type) {
  const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
  return record && annotation_text(record, "ring.builtin_type") == "span";
}

clang::QualType content_of(clang::QualType type) {
  if (!is_span(type)) return type;
  const auto* span = llvm::cast<clang::ClassTemplateSpecializationDecl>(type->getAsCXXRecordDecl());
  return span->getTemplateArgs()[0].getAsType();
}

bool is_context(clang::QualType type) { return is_ring_class(type, "Context"); }

bool is_route(clang::QualType type) { return is_ring_class(type, "Route"); }

std::vector<clang::QualType> messages_of_route(clang::QualType route) {
  const auto* decl =
      llvm::cast<clang::ClassTemplateSpecializationDecl>(route->getAsCXXRecordDecl());
  std::vector<clang::QualType> messages;
  for (const clang::TemplateArgument& argument : decl->getTemplateArgs()[0].pack_elements()) {
    messages.push_back(argument.getAsType());
  }
  return messages;
}

bool is_bound_span(const clang::FieldDecl* field) {
  return is_span(field->getType()) && find_annotation(field, "ring.param");
}

bool has_no_room(const clang::FieldDecl* field, const clang::ASTContext& context) {
  return field->isZeroSize(context) || is_bound_span(field);
}

std::string spelled(clang::QualType type, const clang::ASTContext& context) {
  return type.getCanonicalType().getUnqualifiedType().getAsString(context.getPrintingPolicy());
}

std::string name_of_constant(const clang::ValueDecl* decl) {
  if (!decl->getIdentifier() || llvm::isa<clang::VarTemplateSpecializationDecl>(decl)) return {};
  const std::string name = decl->getName().str();
  const auto* enumeration = llvm::dyn_cast<clang::EnumDecl>(decl->getDeclContext());
  const bool is_in_scope = !enumeration || enumeration->isScoped();
  const auto* owner = llvm::dyn_cast<clang::TagDecl>(decl->getDeclContext());
  if (!owner || !owner->getIdentifier() || !is_in_scope) return name;
  return owner->getName().str() + "_" + name;
}

std::string quoted(const std::string& name) { return std::string("'").append(name).append("'"); }

} // namespace ring::frontend
