// What a kernel compiled with --bounds=trap leaves behind when it reads or writes outside a span.
// It travels in the hidden last parameter `ring_trap`, a span of 8 u32. The first thread that takes
// `state` from none to claimed (compare-exchange) owns the record and writes it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ring::abi {

enum class TrapState : std::uint32_t { none = 0, claimed = 1, written = 2 };

//  byte  0       4       8       12      16      20      24       28         32
//        ├ state ┼ line ─┼ index lo, hi ─┼ size lo, hi ──┼ kernel ┼ reserved ┤
struct TrapRecord {
  TrapState state;
  std::uint32_t line;     // of the module's source file
  std::uint32_t index[2]; // low word first
  std::uint32_t size[2];  // elements of the span, low word first
  std::uint32_t kernel;   // index in the module
  std::uint32_t reserved;
};
static_assert(sizeof(TrapRecord) == 32 && alignof(TrapRecord) == 4);
static_assert(offsetof(TrapRecord, line) == 4 && offsetof(TrapRecord, index) == 8);
static_assert(offsetof(TrapRecord, size) == 16 && offsetof(TrapRecord, kernel) == 24);
static_assert(std::is_trivially_copyable_v<TrapRecord>);

inline constexpr std::uint32_t kTrapWords = sizeof(TrapRecord) / sizeof(std::uint32_t);

constexpr std::uint64_t wide(const std::uint32_t (&words)[2]) {
  return words[0] | std::uint64_t{words[1]} << 32;
}

} // namespace ring::abi
