// The arena's words, and how they are read and written between host and device.
//
// On a device `words` is a buffer of the launch. On the host a thread attaches the arena that it
// works on, as it does with block-shared memory:
//
//   ring::protocol::Attached attached(arena);
#pragma once

#include "ring/detail/atomic.h"
#include "ring/detail/span.h"
#include "ring/detail/sync.h"

#include <cstdint>

namespace ring::protocol {

#ifdef __RINGCC__
RING_DETAIL_BOUND extern ring::span<std::uint32_t> words;
#else
inline thread_local ring::span<std::uint32_t> words;

/// Attaches an arena to this thread, and what was attached before at its end.
class Attached {
public:
  explicit Attached(ring::span<std::uint32_t> arena) : before_(words) { words = arena; }
  ~Attached() { words = before_; }
  Attached(const Attached&) = delete;
  Attached& operator=(const Attached&) = delete;

private:
  ring::span<std::uint32_t> before_;
};
#endif

/// The word as it is now; pairs with put() and with every release of a read-modify-write.
inline std::uint32_t observe(std::uint32_t at) {
  return ring::atomic_ref(words[at]).load(ring::acquire, ring::MemoryScope::system);
}

/// The word as it is now, which orders nothing.
inline std::uint32_t look(std::uint32_t at) {
  return ring::atomic_ref(words[at]).load(ring::relaxed, ring::MemoryScope::system);
}

/// Makes what was written before visible to who observes the word.
inline void put(std::uint32_t at, std::uint32_t value) {
  ring::atomic_ref(words[at]).store(value, ring::release, ring::MemoryScope::system);
}

/// A word of this actor that others look at now and then, and that orders nothing.
inline void tell(std::uint32_t at, std::uint32_t value) {
  ring::atomic_ref(words[at]).store(value, ring::relaxed, ring::MemoryScope::system);
}

inline void count(std::uint32_t at) { tell(at, words[at] + 1); }

inline std::uint64_t wide(std::uint32_t low, std::uint32_t high) {
  return low | std::uint64_t{high} << 32;
}

} // namespace ring::protocol
