// C++ types to IR types, with the layout that Clang computed.
#include "frontend/annotations.h"
#include "frontend/module_lowering.h"
#include "frontend/type_facts.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecordLayout.h"

namespace ring::frontend {
namespace {

using ir::DiagnosticId;

/// The local memory of a thread of CUDA (CUDA C++ Programming Guide, Compute Capabilities); no
/// other target has more. What is larger would fill the compiler's own memory first.
constexpr std::int64_t kMaxObjectBytes = 512 * 1024;

std::optional<ir::Scalar> scalar_of(const clang::BuiltinType* type, clang::ASTContext& context) {
  if (type->getKind() == clang::BuiltinType::Bool) return ir::Scalar::boolean;
  if (type->isInteger()) {
    const bool is_signed = type->isSignedInteger();
    switch (context.getTypeSize(type)) {
    case 8:
      return is_signed ? ir::Scalar::i8 : ir::Scalar::u8;
    case 16:
      return is_signed ? ir::Scalar::i16 : ir::Scalar::u16;
    case 32:
      return is_signed ? ir::Scalar::i32 : ir::Scalar::u32;
    case 64:
      return is_signed ? ir::Scalar::i64 : ir::Scalar::u64;
    default:
      return std::nullopt;
    }
  }
  switch (type->getKind()) {
  case clang::BuiltinType::Half:
  case clang::BuiltinType::Float16:
    return ir::Scalar::f16;
  case clang::BuiltinType::BFloat16:
    return ir::Scalar::bf16;
  case clang::BuiltinType::Float:
    return ir::Scalar::f32;
  case clang::BuiltinType::Double:
    return ir::Scalar::f64;
  default:
    return std::nullopt;
  }
}

ir::Access access_of(clang::QualType pointee) {
  return pointee.isConstQualified() ? ir::Access::read : ir::Access::read_write;
}

clang::QualType first_template_argument(const clang::CXXRecordDecl* record) {
  const auto* instance = llvm::cast<clang::ClassTemplateSpecializationDecl>(record);
  return instance->getTemplateArgs()[0].getAsType();
}

std::string record_name(const clang::CXXRecordDecl* record) {
  if (record->isLambda()) return "Lambda";
  return record->getIdentifier() ? record->getName().str() : "Anonymous";
}

/// What no target can lay out, although C++ can; empty if there is nothing.
std::string layout_problem(const ir::StructDecl& decl) {
  const ir::StructDecl::Field* last = nullptr;
  for (const ir::StructDecl::Field& field : decl.fields) {
    if (field.offset % ir::align_of(field.type) != 0 || decl.align < ir::align_of(field.type)) {
      return "is packed: '" + field.name +
             "' is not aligned, which no target can express; order the members by size instead";
    }
    if (last && field.offset < last->offset + ir::size_of(last->type)) {
      return "keeps '" + field.name + "' in the tail padding of '" + last->name +
             "', which no target can express; hold that one as an ordinary member";
    }
    last = &field;
  }
  return {};
}

} // namespace

ir::TypePtr ModuleLowering::lower_type(clang::QualType type, clang::SourceLocation where) {
  type = type.getCanonicalType();
  ir::TypeTable& types = module_.types;
  const auto refuse = [&](const std::string& why) -> ir::TypePtr {
    error(DiagnosticId::unsupported_type, where, "type '" + type.getAsString() + "' " + why);
    return nullptr;
  };
  if (type->isVoidType()) return types.void_type();
  if (const auto* reference = type->getAs<clang::ReferenceType>()) {
    const clang::QualType pointee = reference->getPointeeType();
    ir::TypePtr lowered = lower_type(pointee, where);
    if (!lowered) return nullptr;
    return types.ref(lowered, ir::AddressSpace::generic, access_of(pointee));
  }
  if (const auto* pointer = type->getAs<clang::PointerType>()) {
    const clang::QualType pointee = pointer->getPointeeType();
    if (pointee->isFunctionType()) return refuse("is a function pointer; call functions by name");
    if (pointee->isVoidType()) return refuse("has no element type; use a pointer to the element");
    ir::TypePtr lowered = lower_type(pointee, where);
    if (!lowered) return nullptr;
    return types.ptr(lowered, ir::AddressSpace::generic, access_of(pointee));
  }
  if (const auto* array = context_.getAsConstantArrayType(type)) {
    ir::TypePtr element = lower_type(array->getElementType(), where);
    if (!element) return nullptr;
    const std::uint64_t count = array->getSize().getZExtValue();
    if (count == 0) return refuse("has no elements");
    return types.array(element, count);
  }
  if (const auto* enumeration = type->getAs<clang::EnumType>()) {
    return lower_type(enumeration->getDecl()->getIntegerType(), where);
  }
  if (const auto* builtin = type->getAs<clang::BuiltinType>()) {
    if (const auto scalar = scalar_of(builtin, context_)) return types.scalar(*scalar);
    return refuse("is not available in kernels");
  }
  if (const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl()) {
    const auto builtin = annotation_text(record, "ring.builtin_type");
    if (builtin == "span") {
      const clang::QualType argument = first_template_argument(record);
      ir::TypePtr element = lower_type(argument, where);
      return element ? types.span(element, access_of(argument)) : nullptr;
    }
    if (builtin == "atomic_ref") {
      ir::TypePtr element = lower_type(first_template_argument(record), where);
      return element ? types.ptr(element, ir::AddressSpace::generic) : nullptr;
    }
    const ir::StructDecl* decl = lower_record(record, where);
    return decl ? types.structure(decl) : nullptr;
  }
  return refuse("is not available in kernels");
}

ir::TypePtr ModuleLowering::lower_object_type(clang::QualType type, clang::SourceLocation where) {
  ir::TypePtr lowered = lower_type(type, where);
  if (!lowered || lowered->is<ir::RefType>() || lowered->is<ir::VoidType>()) return lowered;
  const std::int64_t bytes = context_.getTypeSizeInChars(type).getQuantity();
  if (bytes <= kMaxObjectBytes) return lowered;
  error(DiagnosticId::unsupported_type, where,
        "type '" + type.getAsString() + "' has " + std::to_string(bytes) +
            " bytes; a variable or value of a kernel has at most " +
            std::to_string(kMaxObjectBytes) + ", use a ring::span");
  return nullptr;
}

const ir::StructDecl* ModuleLowering::lower_record(const clang::CXXRecordDecl* record,
                                                   clang::SourceLocation where) {
  record = record->getDefinition();
  const auto known = structs_.find(record);
  if (known != structs_.end()) return known->second;

  const std::string cpp_name =
      context_.getRecordType(record).getAsString(context_.getPrintingPolicy());
  const auto refuse = [&](const std::string& why,
                          clang::SourceLocation place = {}) -> const ir::StructDecl* {
    error(DiagnosticId::unsupported_type, where, "type '" + cpp_name + "' " + why,
          {note(place.isValid() ? place : record->getLocation(), "'" + cpp_name + "' is here")});
    structs_[record] = nullptr;
    return nullptr;
  };
  if (record->isUnion()) return refuse("is a union; use std::bit_cast to look at bits");
  if (record->isPolymorphic()) {
    return refuse("has virtual functions; use a template or an enum with a switch");
  }
  if (record->getNumVBases() != 0) return refuse("has a virtual base class");
  if (!record->isLambda() && !record->hasTrivialDestructor()) {
    return refuse("has a destructor that does something; kernels have no scope-exit actions");
  }
  for (const clang::FieldDecl* field : record->fields()) {
    if (field->isBitField()) {
      return refuse("has a bit-field; use an integer and masks", field->getLocation());
    }
  }
  if (is_active(record)) return refuse("holds a pointer to itself; keep an index into an array");
  if (record->isInvalidDecl()) return nullptr;

  ir::StructDecl decl;
  decl.cpp_name = cpp_name;
  decl.loc = loc(record->getLocation());
  const clang::ASTRecordLayout& layout = context_.getASTRecordLayout(record);
  decl.size = static_cast<std::uint64_t>(layout.getSize().getQuantity());
  decl.align = static_cast<std::uint64_t>(layout.getAlignment().getQuantity());
  active_.push_back({record, where});
  const bool lowered = lower_fields(record, decl);
  active_.pop_back();
  if (!lowered) return structs_[record] = nullptr;
  if (const std::string problem = layout_problem(decl); !problem.empty()) return refuse(problem);
  // The kernel has the name of its actor.
  const bool is_actor = find_annotation(record, "ring.actor") != nullptr;
  decl.name = unique_name(record_name(record) + (is_actor ? "_state" : ""));
  return structs_[record] = &module_.structs.emplace_back(std::move(decl));
}

/// Base classes are fields; what is empty takes no room and is none (see empty_object()).
bool ModuleLowering::lower_fields(const clang::CXXRecordDecl* record, ir::StructDecl& decl) {
  const clang::ASTRecordLayout& layout = context_.getASTRecordLayout(record);
  for (const clang::CXXBaseSpecifier& base : record->bases()) {
    const clang::CXXRecordDecl* base_record = base.getType()->getAsCXXRecordDecl();
    if (base_record->isEmpty()) continue;
    ir::TypePtr type = lower_type(base.getType(), base.getBeginLoc());
    if (!type) return false;
    decl.fields.push_back(
        {record_name(base_record) + "_base", type,
         static_cast<std::uint64_t>(layout.getBaseClassOffset(base_record).getQuantity())});
  }
  for (const clang::FieldDecl* field : record->fields()) {
    if (find_annotation(field, "ring.param") && !find_annotation(record, "ring.actor")) {
      error(DiagnosticId::bad_actor, field->getLocation(),
            "RING_PARAM() marks a field of an actor; '" + record->getNameAsString() + "' is none");
      return false;
    }
    if (has_no_room(field, context_)) continue;
    ir::TypePtr type = lower_type(field->getType(), field->getLocation());
    if (!type) return false;
    const auto index = static_cast<std::uint32_t>(decl.fields.size());
    field_indices_[field] = index;
    std::string name = field->getName().str();
    if (record->isLambda()) name = "capture_" + std::to_string(index);
    if (name.empty()) name = "field_" + std::to_string(index);
    decl.fields.push_back(
        {std::move(name), type, layout.getFieldOffset(field->getFieldIndex()) / 8});
  }
  if (record->isLambda()) {
    // Captures have the names of what they capture.
    llvm::DenseMap<const clang::ValueDecl*, clang::FieldDecl*> captures;
    clang::FieldDecl* this_capture = nullptr;
    record->getCaptureFields(captures, this_capture);
    for (const auto& [variable, field] : captures) {
      decl.fields[field_indices_[field]].name = variable->getName().str();
    }
    if (this_capture) decl.fields[field_indices_[this_capture]].name = "self";
  }
  return true;
}

std::uint32_t ModuleLowering::field_index(const clang::FieldDecl* field) {
  return field_indices_.at(field);
}

std::uint32_t ModuleLowering::base_index(const clang::CXXRecordDecl* derived,
                                         const clang::CXXRecordDecl* base) {
  std::uint32_t index = 0;
  for (const clang::CXXBaseSpecifier& specifier : derived->bases()) {
    const clang::CXXRecordDecl* record = specifier.getType()->getAsCXXRecordDecl();
    if (record->getCanonicalDecl() == base->getCanonicalDecl()) return index;
    if (!record->isEmpty()) ++index;
  }
  return 0;
}

} // namespace ring::frontend
