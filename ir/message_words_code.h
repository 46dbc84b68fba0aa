// The bodies of the functions that ir/message_words.h makes.
//
// What both directions share is how they go through arrays. A loop's turn handles so many elements
// that they take whole words: one of a u32, two of a u16, four of a u8 or of a struct of three
// bytes. Then each field of the turn stands at the same bits of its word in every turn, and all
// shifts are constants.
#pragma once

#include "ir/builder.h"

#include <numeric>

namespace ring::ir::words {

/// Elements that are handled by a loop, and what is left of them.
struct Turns {
  std::uint32_t count = 0;    // 0: too few for a loop
  std::uint32_t elements = 1; // in each turn
  std::uint32_t words = 0;    // that a turn goes through
};

inline Turns turns_of(const ArrayType& array) {
  constexpr std::uint64_t kWordSize = 4;
  const std::uint64_t size = size_of(array.element);
  const std::uint64_t common = std::gcd(size, kWordSize);
  Turns turns;
  turns.elements = static_cast<std::uint32_t>(kWordSize / common);
  turns.words = static_cast<std::uint32_t>(size / common);
  const std::uint64_t count = array.count / turns.elements;
  if (count > 1) turns.count = static_cast<std::uint32_t>(count);
  return turns;
}

/// Whether there is an array in the type that takes a loop.
bool needs_loop(TypePtr type);

void write_load(Module& module, Global& words, Local* at, TypePtr type, Block& body);
void write_store(Module& module, Global& words, Local* at, Local* message, Block& body);

} // namespace ring::ir::words
