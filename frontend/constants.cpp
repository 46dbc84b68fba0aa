// Values that Clang has evaluated, as IR expressions.
#include "frontend/module_lowering.h"
#include "frontend/type_facts.h"

#include "clang/AST/APValue.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"

namespace ring::frontend {

const clang::APValue* ModuleLowering::constant_value(const clang::VarDecl* variable) {
  if (!variable->getType().isConstQualified() && !variable->isConstexpr()) return nullptr;
  // The declaration that has the initializer: a static member may be declared elsewhere.
  const clang::VarDecl* definition = nullptr;
  const clang::Expr* init = variable->getAnyInitializer(definition);
  if (!init || init->isValueDependent() || !definition) return nullptr;
  return definition->evaluateValue();
}

ir::Expr* ModuleLowering::lower_constant(const clang::APValue& value, clang::QualType type,
                                         clang::SourceLocation where) {
  ir::TypePtr lowered = lower_object_type(type, where);
  if (!lowered) return nullptr;
  ir::Builder builder(module_);
  builder.set_loc(loc(where));
  if (value.isInt()) {
    if (lowered->is_bool()) return builder.boolean(value.getInt().getBoolValue());
    if (!lowered->is_integer()) return nullptr;
    const llvm::APSInt& bits = value.getInt();
    return builder.integer(lowered, bits.isSigned()
                                        ? static_cast<std::uint64_t>(bits.getSExtValue())
                                        : bits.getZExtValue());
  }
  if (value.isFloat()) {
    llvm::APFloat number = value.getFloat();
    bool loses = false;
    number.convert(llvm::APFloat::IEEEdouble(), llvm::APFloat::rmNearestTiesToEven, &loses);
    return builder.floating(lowered, number.convertToDouble());
  }
  if (value.isArray() && lowered->is<ir::ArrayType>()) {
    const clang::QualType element_type = context_.getAsArrayType(type)->getElementType();
    std::vector<ir::Expr*> elements;
    for (unsigned i = 0; i < value.getArraySize(); ++i) {
      const bool listed = i < value.getArrayInitializedElts();
      ir::Expr* element = lower_constant(
          listed ? value.getArrayInitializedElt(i) : value.getArrayFiller(), element_type, where);
      if (!element) return nullptr;
      elements.push_back(element);
    }
    return builder.construct(lowered, std::move(elements));
  }
  if (value.isStruct() && lowered->is<ir::StructType>()) {
    const auto* record = type->getAsCXXRecordDecl();
    std::vector<ir::Expr*> elements;
    unsigned base = 0;
    for (const clang::CXXBaseSpecifier& specifier : record->bases()) {
      const clang::APValue& part = value.getStructBase(base++);
      if (specifier.getType()->getAsCXXRecordDecl()->isEmpty()) continue;
      elements.push_back(lower_constant(part, specifier.getType(), where));
    }
    for (const clang::FieldDecl* field : record->fields()) {
      if (has_no_room(field, context_)) continue;
      elements.push_back(
          lower_constant(value.getStructField(field->getFieldIndex()), field->getType(), where));
    }
    for (ir::Expr* element : elements) {
      if (!element) return nullptr;
    }
    return builder.construct(lowered, std::move(elements));
  }
  return nullptr;
}

ir::Expr* ModuleLowering::named(ir::Expr* constant, const clang::ValueDecl* decl) {
  auto* literal = constant ? constant->as<ir::Literal>() : nullptr;
  if (literal) literal->name = name_of_constant(decl);
  return constant;
}

} // namespace ring::frontend
