// The small types that the device API is made of, and the concepts that constrain its templates.
// Own traits instead of <type_traits>: that header alone would double the time to parse kernel.h.
#pragma once

#include "ring/detail/annotations.h"

// <atomic> costs about 180 ms. The enumeration may be declared opaquely where the library gives it
// the underlying type int; libc++ puts it into an inline namespace and has a small header for it.
#ifdef _LIBCPP_VERSION
#include <__atomic/memory_order.h>
#else
namespace std {
enum class memory_order : int;
}
#endif

namespace ring {

/// The threads that a memory operation or a fence is ordered for.
enum class MemoryScope : std::uint32_t { thread, warp, block, device, system };

// The values of std::memory_order, which are the same in every standard library.
inline constexpr std::memory_order relaxed{0};
inline constexpr std::memory_order acquire{2};
inline constexpr std::memory_order release{3};
inline constexpr std::memory_order acq_rel{4};
inline constexpr std::memory_order seq_cst{5};

/// A position in a block or a grid.
struct RING_DETAIL_BUILTIN_TYPE("index3") Index3 {
  std::uint32_t x = 0;
  std::uint32_t y = 0;
  std::uint32_t z = 0;

  friend constexpr bool operator==(const Index3&, const Index3&) = default;
};

namespace detail {

template <typename T> struct TypeIdentity {
  using type = T;
};

/// T, but not deduced: lets atomic_add(counter, 1) take its type from `counter` alone.
template <typename T> using NonDeduced = typename TypeIdentity<T>::type;

template <typename T> struct RemoveConst {
  using type = T;
};
template <typename T> struct RemoveConst<const T> {
  using type = T;
};

template <typename A, typename B> inline constexpr bool kSame = false;
template <typename A> inline constexpr bool kSame<A, A> = true;

template <typename T> inline constexpr bool kWord = false; // 32- and 64-bit integers
template <> inline constexpr bool kWord<int> = true;
template <> inline constexpr bool kWord<unsigned> = true;
template <> inline constexpr bool kWord<long> = true;
template <> inline constexpr bool kWord<unsigned long> = true;
template <> inline constexpr bool kWord<long long> = true;
template <> inline constexpr bool kWord<unsigned long long> = true;

/// A 32- or 64-bit integer.
template <typename T>
concept WordInteger = kWord<T>;

/// float or double.
template <typename T>
concept Float = kSame<T, float> || kSame<T, double>;

/// What atomics and warp operations work on.
template <typename T>
concept Word = WordInteger<T> || Float<T>;

} // namespace detail
} // namespace ring
