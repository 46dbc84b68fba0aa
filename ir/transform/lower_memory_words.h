// Typed values in memory that is an array of u32 words: where they are, how they are read, how they
// are written. The part of lower_memory that knows bytes.
#pragma once

#include "ir/builder.h"

#include <cstdint>
#include <vector>

namespace ring::ir::transform {

/// A place in a word array: a part that is known only at run time, and a constant number of bytes.
struct WordAddress {
  Global* global = nullptr;
  /// A u32 that may be copied freely (a local, or something pure and small); null for none.
  Expr* dynamic = nullptr;
  /// What `dynamic` counts: 4 if it counts words, else 1, and then it is a multiple of `alignment`.
  std::uint64_t unit = 4;
  std::uint64_t alignment = 4;
  std::uint64_t offset = 0; // bytes

  WordAddress plus(std::uint64_t bytes) const {
    WordAddress moved = *this;
    moved.offset += bytes;
    return moved;
  }
};

/// Writes what has to be evaluated once before the statement at hand to the builder's block.
class WordMemory {
public:
  explicit WordMemory(Builder& builder) : b_(builder) {}

  /// Whether statements may be put before the expression at hand. They may not where it is
  /// evaluated more often than the statement, or perhaps not at all; then it is copied.
  void set_can_hoist(bool can_hoist) { can_hoist_ = can_hoist; }

  /// An expression that may be copied: itself, or the let that holds its value.
  Expr* reusable(Expr* expr, const char* name);

  /// A reference to the word at the address.
  Expr* word(const WordAddress& address);
  /// The value of any storable type at the address.
  Expr* load(TypePtr type, const WordAddress& address);
  /// Statements that store the value at the address.
  void store(const WordAddress& address, Expr* value);

  /// The 32 bits of a 32-bit scalar, and back.
  Expr* to_bits(Expr* value);
  Expr* from_bits(TypePtr type, Expr* bits);

private:
  struct Leaf {
    std::uint64_t offset;
    Expr* value; // a scalar of at most 32 bits
  };

  Expr* copy(const Expr* expr);
  Expr* byte_address(const WordAddress& address);
  /// How far the value at the address is from the low end of its word, in bits; null for not at
  /// all.
  Expr* shift_of(const WordAddress& address);
  Expr* load_bits(const WordAddress& address, std::uint64_t bytes);
  Expr* load_scalar(Scalar kind, const WordAddress& address);
  /// The scalars that a value consists of, 64-bit ones in two parts.
  void collect_leaves(Expr* value, std::uint64_t offset, std::vector<Leaf>& leaves);
  void store_full_word(const WordAddress& address, const std::vector<Leaf>& parts);
  void store_narrow(const WordAddress& address, Expr* value);
  Expr* part_bits(Expr* value);

  Builder& b_;
  bool can_hoist_ = true;
};

} // namespace ring::ir::transform
