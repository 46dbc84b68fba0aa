#include "ir/type.h"

#include "ir/overloaded.h"

#include <algorithm>
#include <array>

namespace ring::ir {
namespace {

struct ScalarFacts {
  std::string_view name;
  unsigned bits;
  bool floating;
  bool is_signed;
};

constexpr std::array<ScalarFacts, 13> kScalars{{
    {"bool", 1, false, false},
    {"i8", 8, false, true},
    {"i16", 16, false, true},
    {"i32", 32, false, true},
    {"i64", 64, false, true},
    {"u8", 8, false, false},
    {"u16", 16, false, false},
    {"u32", 32, false, false},
    {"u64", 64, false, false},
    {"f16", 16, true, false},
    {"bf16", 16, true, false},
    {"f32", 32, true, false},
    {"f64", 64, true, false},
}};

const ScalarFacts& facts(Scalar kind) { return kScalars[static_cast<std::size_t>(kind)]; }

constexpr std::uint64_t kPointerSize = 8;
constexpr std::uint64_t kSpanSize = 16;

} // namespace

bool is_float(Scalar kind) { return facts(kind).floating; }
bool is_integer(Scalar kind) { return kind != Scalar::boolean && !facts(kind).floating; }
bool is_signed(Scalar kind) { return facts(kind).is_signed; }
unsigned bit_width(Scalar kind) { return facts(kind).bits; }
unsigned size_in_bytes(Scalar kind) { return (facts(kind).bits + 7) / 8; }
std::string_view name_of(Scalar kind) { return facts(kind).name; }

std::string_view name_of(AddressSpace space) {
  constexpr std::array<std::string_view, 7> kNames{"generic", "function", "workgroup", "storage",
                                                   "params",  "constant", "launch"};
  return kNames[static_cast<std::size_t>(space)];
}

std::string_view name_of(Access access) { return access == Access::read ? "read" : "read_write"; }

TypePtr Type::pointee_or_self() const {
  if (const auto* ref = as<RefType>()) return ref->pointee;
  if (const auto* ptr = as<PtrType>()) return ptr->pointee;
  return this;
}

std::uint64_t size_of(TypePtr type) {
  return match(
      type->node, [](const VoidType&) -> std::uint64_t { return 0; },
      [](const ScalarType& t) -> std::uint64_t { return size_in_bytes(t.kind); },
      [](const VectorType& t) { return size_of(t.element) * t.count; },
      [](const ArrayType& t) { return size_of(t.element) * t.count; },
      [](const StructType& t) { return t.decl->size; }, [](const RefType&) { return kPointerSize; },
      [](const PtrType&) { return kPointerSize; }, [](const SpanType&) { return kSpanSize; });
}

std::uint64_t align_of(TypePtr type) {
  return match(
      type->node, [](const VoidType&) -> std::uint64_t { return 1; },
      [](const ScalarType& t) -> std::uint64_t { return size_in_bytes(t.kind); },
      [](const VectorType& t) { return align_of(t.element); },
      [](const ArrayType& t) { return align_of(t.element); },
      [](const StructType& t) { return t.decl->align; },
      [](const RefType&) { return kPointerSize; }, [](const PtrType&) { return kPointerSize; },
      [](const SpanType&) { return kPointerSize; });
}

std::string to_string(TypePtr type) {
  const auto pointer_like = [](std::string_view word, const auto& t) {
    return std::string(word) + "<" + to_string(t.pointee) + ", " + std::string(name_of(t.space)) +
           ", " + std::string(name_of(t.access)) + ">";
  };
  return match(
      type->node, [](const VoidType&) { return std::string("void"); },
      [](const ScalarType& t) { return std::string(name_of(t.kind)); },
      [](const VectorType& t) {
        return "vec" + std::to_string(t.count) + "<" + to_string(t.element) + ">";
      },
      [](const ArrayType& t) {
        if (t.count == 0) return "array<" + to_string(t.element) + ">";
        return "array<" + to_string(t.element) + ", " + std::to_string(t.count) + ">";
      },
      [](const StructType& t) { return t.decl->name; },
      [&](const RefType& t) { return pointer_like("ref", t); },
      [&](const PtrType& t) { return pointer_like("ptr", t); },
      [](const SpanType& t) {
        return "span<" + to_string(t.element) + ", " + std::string(name_of(t.access)) + ">";
      });
}

TypePtr TypeTable::intern(Type type) {
  auto& slot = types_[type.node];
  if (!slot) slot = std::make_unique<Type>(type);
  return slot.get();
}

TypePtr TypeTable::void_type() { return intern({VoidType{}}); }
TypePtr TypeTable::scalar(Scalar kind) { return intern({ScalarType{kind}}); }
TypePtr TypeTable::vector(TypePtr element, std::uint32_t count) {
  return intern({VectorType{element, count}});
}
TypePtr TypeTable::array(TypePtr element, std::uint64_t count) {
  return intern({ArrayType{element, count}});
}
TypePtr TypeTable::structure(const StructDecl* decl) { return intern({StructType{decl}}); }
TypePtr TypeTable::ref(TypePtr pointee, AddressSpace space, Access access) {
  return intern({RefType{pointee, space, access}});
}
TypePtr TypeTable::ptr(TypePtr pointee, AddressSpace space, Access access) {
  return intern({PtrType{pointee, space, access}});
}
TypePtr TypeTable::span(TypePtr element, Access access) {
  return intern({SpanType{element, access}});
}

} // namespace ring::ir
