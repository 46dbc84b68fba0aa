#include "ir/transform/lower_memory_words.h"

#include "ir/clone.h"
#include "ir/transform/emulate_types.h"
#include "ir/walk.h"

#include <algorithm>

namespace ring::ir::transform {
namespace {

constexpr std::uint64_t kWordBytes = 4;
constexpr std::uint32_t kWordBits = 32;

bool contains_load(Expr* expr) {
  bool found = false;
  for_each_expr(expr, [&](Expr*& part) { found |= part->is<Load>(); });
  return found;
}

/// Cheap enough to be written twice.
bool is_simple(const Expr* expr) {
  if (const auto* convert = expr->as<Convert>()) return is_simple(convert->operand);
  return expr->is<Literal>() || (expr->is<LocalRef>() && !expr->type->is<RefType>());
}

bool is_zero(const Expr* value) {
  const auto* literal = value->as<Literal>();
  if (!literal) return false;
  const auto* bits = std::get_if<std::uint64_t>(&literal->value);
  const auto* truth = std::get_if<bool>(&literal->value);
  return (bits && *bits == 0) || (truth && !*truth);
}

std::uint64_t bytes_of(const Expr* scalar) { return size_in_bytes(scalar_kind(scalar->type)); }

/// How far an address can be trusted to be a multiple of something.
std::uint64_t alignment_of(const WordAddress& address) {
  std::uint64_t alignment = address.dynamic ? address.alignment : kWordBytes;
  while (address.offset % alignment != 0)
    alignment /= 2;
  return alignment;
}

} // namespace

Expr* WordMemory::copy(const Expr* expr) { return clone(b_.module(), expr); }

Expr* WordMemory::reusable(Expr* expr, const char* name) {
  if (is_simple(expr) || !can_hoist_) return expr;
  return b_.ref(b_.let(name, expr));
}

Expr* WordMemory::byte_address(const WordAddress& address) {
  Expr* bytes = copy(address.dynamic);
  return address.offset == 0 ? bytes
                             : b_.add(bytes, b_.u32(static_cast<std::uint32_t>(address.offset)));
}

Expr* WordMemory::word(const WordAddress& address) {
  const auto constant_words = static_cast<std::uint32_t>(address.offset / kWordBytes);
  Expr* index = nullptr;
  if (!address.dynamic) {
    index = b_.u32(constant_words);
  } else if (address.unit == 1) {
    index = b_.binary(BinaryOp::shr, byte_address(address), b_.u32(2));
  } else {
    index = copy(address.dynamic);
    if (constant_words != 0) index = b_.add(index, b_.u32(constant_words));
  }
  return b_.index(b_.ref(address.global), index);
}

Expr* WordMemory::shift_of(const WordAddress& address) {
  if (!address.dynamic || address.unit == kWordBytes) {
    const auto bits = static_cast<std::uint32_t>(address.offset % kWordBytes * 8);
    return bits == 0 ? nullptr : b_.u32(bits);
  }
  Expr* byte = b_.binary(BinaryOp::bit_and, byte_address(address), b_.u32(3));
  return b_.binary(BinaryOp::shl, byte, b_.u32(3));
}

Expr* WordMemory::load_bits(const WordAddress& address, std::uint64_t bytes) {
  const std::uint64_t aligned = std::min(alignment_of(address), bytes);
  if (aligned == bytes) {
    Expr* value = b_.load(word(address));
    if (bytes == kWordBytes) return value;
    Expr* shift = shift_of(address);
    return shift ? b_.binary(BinaryOp::shr, value, shift) : value;
  }
  // A packed struct: the parts that are aligned, put together.
  Expr* value = nullptr;
  for (std::uint64_t at = 0; at < bytes; at += aligned) {
    const auto mask = static_cast<std::uint32_t>((std::uint64_t{1} << (aligned * 8)) - 1);
    Expr* part = b_.binary(BinaryOp::bit_and, load_bits(address.plus(at), aligned), b_.u32(mask));
    if (at == 0) {
      value = part;
    } else {
      const auto shift = static_cast<std::uint32_t>(at * 8);
      value = b_.binary(BinaryOp::bit_or, value, b_.binary(BinaryOp::shl, part, b_.u32(shift)));
    }
  }
  return value;
}

Expr* WordMemory::from_bits(TypePtr type, Expr* bits) {
  return type->is_float() ? b_.bitcast(type, bits) : b_.convert(type, bits);
}

Expr* WordMemory::to_bits(Expr* value) {
  const TypePtr u32 = b_.types().u32();
  return value->type->is_float() ? b_.bitcast(u32, value) : b_.convert(u32, value);
}

Expr* WordMemory::load_scalar(Scalar kind, const WordAddress& address) {
  const TypePtr type = b_.types().scalar(kind);
  const std::uint64_t bytes = size_in_bytes(kind);
  if (bytes == 8) {
    const TypePtr pair = b_.types().vector(b_.types().u32(), 2);
    Expr* low = load_bits(address, kWordBytes);
    Expr* high = load_bits(address.plus(kWordBytes), kWordBytes);
    return b_.bitcast(type, b_.construct(pair, {low, high}));
  }
  Expr* bits = load_bits(address, bytes);
  if (kind == Scalar::boolean) {
    Expr* byte = b_.binary(BinaryOp::bit_and, bits, b_.u32(0xff));
    return b_.binary(BinaryOp::ne, byte, b_.u32(0));
  }
  if (is_float(kind) && bytes == 2) {
    return b_.bitcast(type, b_.convert(b_.types().scalar(Scalar::u16), bits));
  }
  return from_bits(type, bits);
}

Expr* WordMemory::load(TypePtr type, const WordAddress& address) {
  if (const auto* scalar = type->as<ScalarType>()) return load_scalar(scalar->kind, address);
  std::vector<Expr*> elements;
  if (const auto* structure = type->as<StructType>()) {
    for (const StructDecl::Field& field : structure->decl->fields) {
      elements.push_back(load(field.type, address.plus(field.offset)));
    }
  } else if (const auto* array = type->as<ArrayType>()) {
    for (std::uint64_t i = 0; i < array->count; ++i) {
      elements.push_back(load(array->element, address.plus(i * size_of(array->element))));
    }
  } else if (const auto* vector = type->as<VectorType>()) {
    for (std::uint64_t i = 0; i < vector->count; ++i) {
      elements.push_back(load(vector->element, address.plus(i * size_of(vector->element))));
    }
  }
  return b_.construct(type, std::move(elements));
}

void WordMemory::collect_leaves(Expr* value, std::uint64_t offset, std::vector<Leaf>& leaves) {
  const TypePtr type = value->type;
  if (const auto* scalar = type->as<ScalarType>()) {
    if (size_in_bytes(scalar->kind) < 8) {
      leaves.push_back({offset, value});
      return;
    }
    Expr* whole = reusable(value, "value");
    if (is_float(scalar->kind)) whole = b_.bitcast(b_.types().u64(), whole);
    Expr* top = b_.binary(BinaryOp::shr, copy(whole), b_.u32(kWordBits));
    leaves.push_back({offset, b_.convert(b_.types().u32(), whole)});
    leaves.push_back({offset + kWordBytes, b_.convert(b_.types().u32(), top)});
    return;
  }
  const auto* construct = value->as<Construct>();
  const bool has_elements = construct && !construct->elements.empty();
  const bool is_zero = construct && construct->elements.empty();
  Expr* whole = construct ? value : reusable(value, "value");
  const auto element = [&](std::uint64_t i, TypePtr element_type) {
    if (has_elements) return construct->elements[i];
    if (is_zero) return b_.zero(element_type);
    if (type->is<StructType>()) return b_.member(copy(whole), static_cast<std::uint32_t>(i));
    return b_.index(copy(whole), b_.u32(static_cast<std::uint32_t>(i)));
  };
  if (const auto* structure = type->as<StructType>()) {
    const auto& fields = structure->decl->fields;
    for (std::uint64_t i = 0; i < fields.size(); ++i) {
      collect_leaves(element(i, fields[i].type), offset + fields[i].offset, leaves);
    }
    return;
  }
  const auto* array = type->as<ArrayType>();
  const auto* vector = type->as<VectorType>();
  const TypePtr element_type = array ? array->element : vector->element;
  const std::uint64_t count = array ? array->count : vector->count;
  for (std::uint64_t i = 0; i < count; ++i) {
    collect_leaves(element(i, element_type), offset + i * size_of(element_type), leaves);
  }
}

/// The bits of a scalar of at most 32 bits in a u32, zero above its width.
Expr* WordMemory::part_bits(Expr* value) {
  const Scalar kind = scalar_kind(value->type);
  const TypePtr u32 = b_.types().u32();
  if (size_in_bytes(kind) == kWordBytes) return to_bits(value);
  if (const auto* literal = value->as<Literal>(); literal && is_integer(kind)) {
    return b_.u32(static_cast<std::uint32_t>(std::get<std::uint64_t>(literal->value)));
  }
  if (kind == Scalar::boolean) return b_.convert(u32, value);
  const TypePtr carrier = b_.types().scalar(size_in_bytes(kind) == 1 ? Scalar::u8 : Scalar::u16);
  Expr* bits = is_float(kind) ? b_.bitcast(carrier, value) : b_.convert(carrier, value);
  return b_.convert(u32, bits);
}

void WordMemory::store_full_word(const WordAddress& address, const std::vector<Leaf>& parts) {
  Expr* bits = nullptr;
  for (const Leaf& part : parts) {
    Expr* piece = part_bits(part.value);
    const auto shift = static_cast<std::uint32_t>((address.offset + part.offset) % kWordBytes * 8);
    if (shift != 0) piece = b_.binary(BinaryOp::shl, piece, b_.u32(shift));
    bits = bits ? b_.binary(BinaryOp::bit_or, bits, piece) : piece;
  }
  b_.store(word(address.plus(parts.front().offset)), bits);
}

void WordMemory::store_narrow(const WordAddress& address, Expr* value) {
  const std::uint64_t bytes = bytes_of(value);
  const std::uint64_t aligned = std::min(alignment_of(address), bytes);
  Expr* bits = reusable(part_bits(value), "bits");
  const auto mask = static_cast<std::uint32_t>((std::uint64_t{1} << (aligned * 8)) - 1);
  for (std::uint64_t at = 0; at < bytes; at += aligned) {
    const WordAddress place = address.plus(at);
    Expr* part = copy(bits);
    if (at != 0) {
      part = b_.binary(BinaryOp::shr, part, b_.u32(static_cast<std::uint32_t>(at * 8)));
    }
    if (aligned != bytes) part = b_.binary(BinaryOp::bit_and, part, b_.u32(mask));
    Expr* shift = shift_of(place);
    Expr* shifted_mask = b_.u32(mask);
    if (shift && shift->is<Literal>()) {
      const auto amount = std::get<std::uint64_t>(shift->as<Literal>()->value);
      shifted_mask = b_.u32(mask << amount);
    } else if (shift) {
      shift = reusable(shift, "shift");
      shifted_mask = b_.binary(BinaryOp::shl, shifted_mask, copy(shift));
    }
    if (shift) part = b_.binary(BinaryOp::shl, part, copy(shift));
    const TypePtr u32 = b_.types().u32();
    Expr* keep = b_.unary(UnaryOp::bit_not, shifted_mask);
    b_.eval(b_.intrinsic(u32, intrinsics::Id::atomic_and, {word(place), keep}));
    if (is_zero(value)) continue;
    b_.eval(b_.intrinsic(u32, intrinsics::Id::atomic_or, {word(place), part}));
  }
}

void WordMemory::store(const WordAddress& address, Expr* value) {
  const std::uint64_t size = size_of(value->type);
  std::vector<Leaf> leaves;
  collect_leaves(value, 0, leaves);
  if (leaves.empty()) return;
  std::stable_sort(leaves.begin(), leaves.end(),
                   [](const Leaf& a, const Leaf& b) { return a.offset < b.offset; });
  // A word whose bytes all belong to the object is written at once, its padding with zeros.
  const bool in_words = !address.dynamic || address.unit == kWordBytes;
  const auto word_of = [&](const Leaf& leaf) {
    return (address.offset + leaf.offset) / kWordBytes;
  };
  const auto is_whole = [&](std::uint64_t word_index) {
    return in_words && word_index * kWordBytes >= address.offset &&
           (word_index + 1) * kWordBytes <= address.offset + size;
  };
  const auto is_aligned = [&](const Leaf& leaf) {
    return (address.offset + leaf.offset) % bytes_of(leaf.value) == 0;
  };
  // All values come before the first store, for they may read what is about to be written.
  if (leaves.size() > 1 || !is_whole(word_of(leaves.front()))) {
    for (Leaf& leaf : leaves) {
      if (contains_load(leaf.value)) leaf.value = reusable(leaf.value, "value");
    }
  }
  for (std::size_t i = 0; i < leaves.size();) {
    const std::uint64_t word_index = word_of(leaves[i]);
    std::vector<Leaf> parts;
    bool whole = is_whole(word_index);
    for (; i < leaves.size() && word_of(leaves[i]) == word_index; ++i) {
      whole = whole && is_aligned(leaves[i]);
      parts.push_back(leaves[i]);
    }
    if (whole) {
      store_full_word(address, parts);
    } else {
      for (const Leaf& part : parts)
        store_narrow(address.plus(part.offset), part.value);
    }
  }
}

} // namespace ring::ir::transform
