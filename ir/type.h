// The IR's types. A Type is interned by its TypeTable: two equal types of one module are the same
// pointer, so passes compare types with ==.
#pragma once

#include "ir/loc.h"

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ring::ir {

enum class Scalar : std::uint8_t {
  boolean,
  i8,
  i16,
  i32,
  i64,
  u8,
  u16,
  u32,
  u64,
  f16,
  bf16,
  f32,
  f64,
};

bool is_float(Scalar kind);
bool is_integer(Scalar kind);          // bool is not an integer
bool is_signed(Scalar kind);           // signed integers only
unsigned bit_width(Scalar kind);       // bool has 1
unsigned size_in_bytes(Scalar kind);   // bool takes 1, as in C++
std::string_view name_of(Scalar kind); // "bool", "i32", "f64", ...

/// Where an object lives. `generic` is a C++ reference or pointer whose object is not known yet;
/// the targets without pointers get rid of it.
/// `launch` is of bound spans only (Global); no reference has it.
enum class AddressSpace : std::uint8_t {
  generic,
  function,
  workgroup,
  storage,
  params,
  constant,
  launch,
};
std::string_view name_of(AddressSpace space);

enum class Access : std::uint8_t { read, read_write };
std::string_view name_of(Access access);

struct Type;
using TypePtr = const Type*;

/// A C++ struct with the layout that Clang computed. Nominal: owned by the module, found by
/// pointer.
struct StructDecl {
  struct Field {
    std::string name;
    TypePtr type = nullptr;
    std::uint64_t offset = 0; // bytes
  };

  std::string name;        // unqualified, unique in the module
  std::string cpp_name;    // as C++ spells it, with namespaces and template arguments
  std::uint64_t size = 0;  // bytes
  std::uint64_t align = 1; // bytes
  std::vector<Field> fields;
  Loc loc;
};

struct VoidType {
  auto operator<=>(const VoidType&) const = default;
};
struct ScalarType {
  Scalar kind;
  auto operator<=>(const ScalarType&) const = default;
};
struct VectorType {
  TypePtr element;
  std::uint32_t count; // 2, 3 or 4
  auto operator<=>(const VectorType&) const = default;
};
struct ArrayType {
  TypePtr element;
  std::uint64_t count; // 0: sized at run time (storage buffers only)
  auto operator<=>(const ArrayType&) const = default;
};
struct StructType {
  const StructDecl* decl;
  auto operator<=>(const StructType&) const = default;
};
/// An lvalue: what Load reads and Store writes. Not storable.
struct RefType {
  TypePtr pointee;
  AddressSpace space;
  Access access;
  auto operator<=>(const RefType&) const = default;
};
/// A C++ pointer: a value that can be stored, offset and compared.
struct PtrType {
  TypePtr pointee;
  AddressSpace space;
  Access access;
  auto operator<=>(const PtrType&) const = default;
};
/// `ring::span<T>`: a pointer into storage and a number of elements.
struct SpanType {
  TypePtr element;
  Access access;
  auto operator<=>(const SpanType&) const = default;
};

struct Type {
  std::variant<VoidType, ScalarType, VectorType, ArrayType, StructType, RefType, PtrType, SpanType>
      node;

  template <class T> const T* as() const { return std::get_if<T>(&node); }
  template <class T> bool is() const { return std::holds_alternative<T>(node); }
  bool is_scalar(Scalar kind) const {
    const auto* scalar = as<ScalarType>();
    return scalar && scalar->kind == kind;
  }
  bool is_bool() const { return is_scalar(Scalar::boolean); }
  bool is_integer() const {
    const auto* scalar = as<ScalarType>();
    return scalar && ir::is_integer(scalar->kind);
  }
  bool is_float() const {
    const auto* scalar = as<ScalarType>();
    return scalar && ir::is_float(scalar->kind);
  }
  /// What a reference or a pointer points to; the type itself for everything else.
  TypePtr pointee_or_self() const;
};

/// Size and alignment in bytes, as C++ has them on a 64-bit host.
std::uint64_t size_of(TypePtr type);
std::uint64_t align_of(TypePtr type);

/// The text form: "f32", "array<u32, 4>", "span<f32, read>", "ref<f32, storage, read>", "Point".
std::string to_string(TypePtr type);

class TypeTable {
public:
  TypePtr void_type();
  TypePtr scalar(Scalar kind);
  TypePtr boolean() { return scalar(Scalar::boolean); }
  TypePtr i32() { return scalar(Scalar::i32); }
  TypePtr u32() { return scalar(Scalar::u32); }
  TypePtr i64() { return scalar(Scalar::i64); }
  TypePtr u64() { return scalar(Scalar::u64); }
  TypePtr f32() { return scalar(Scalar::f32); }
  TypePtr f64() { return scalar(Scalar::f64); }
  TypePtr vector(TypePtr element, std::uint32_t count);
  TypePtr array(TypePtr element, std::uint64_t count);
  TypePtr structure(const StructDecl* decl);
  TypePtr ref(TypePtr pointee, AddressSpace space, Access access = Access::read_write);
  TypePtr ptr(TypePtr pointee, AddressSpace space, Access access = Access::read_write);
  TypePtr span(TypePtr element, Access access);

private:
  TypePtr intern(Type type);

  std::map<decltype(Type::node), std::unique_ptr<Type>> types_;
};

} // namespace ring::ir
