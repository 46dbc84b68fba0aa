// The device API on the host: what kernel.h declares, implemented for any compiler but ringcc.
//
// Ids, barriers and warp operations ask the grid runner (<ring/host.h>, target ring_host) about the
// thread that runs; atomics and arithmetic need nothing.
#pragma once

#include "ring/detail/types.h"

namespace ring {
namespace host::detail {

/// Where the running thread stands. Written by the grid runner, read by the id functions.
struct Position {
  Index3 thread, block, block_dim, grid_dim;
  std::uint32_t lane, warp, warp_size;
};

enum class WarpOp : std::uint32_t {
  barrier,
  shuffle,
  shuffle_up,
  shuffle_down,
  shuffle_xor,
  ballot,
  all,
  any,
  elect,
  reduce_add,
  reduce_min,
  reduce_max,
  reduce_and,
  reduce_or,
  reduce_xor,
};

enum class Kind : std::uint32_t { i32, u32, i64, u64, f32, f64 };

/// The thread that runs on this OS thread, or null outside of a launch.
extern constinit thread_local const Position* current;

/// Stops with a message if no launch is running.
const Position& position();

/// Waits for the threads of the block.
void block_barrier();

/// Exchanges `bits` (a value of `kind`) with the other lanes; `argument` is the lane, delta or
/// mask.
std::uint64_t warp_operation(WarpOp op, Kind kind, std::uint64_t bits, std::uint32_t argument);

} // namespace host::detail

namespace detail {

template <Word T> constexpr host::detail::Kind host_kind() {
  using host::detail::Kind;
  if constexpr (Float<T>)
    return sizeof(T) == 4 ? Kind::f32 : Kind::f64;
  else if constexpr (T(-1) < T(0))
    return sizeof(T) == 4 ? Kind::i32 : Kind::i64;
  else
    return sizeof(T) == 4 ? Kind::u32 : Kind::u64;
}

template <Word T> T host_warp(host::detail::WarpOp op, T value, std::uint32_t argument = 0) {
  std::uint64_t bits = 0;
  __builtin_memcpy(&bits, &value, sizeof(T));
  bits = host::detail::warp_operation(op, host_kind<T>(), bits, argument);
  __builtin_memcpy(&value, &bits, sizeof(T));
  return value;
}

inline std::uint32_t host_vote(host::detail::WarpOp op, bool predicate) {
  return static_cast<std::uint32_t>(
      host::detail::warp_operation(op, host::detail::Kind::u32, predicate, 0));
}

// The orders have the values of __ATOMIC_*. A load cannot release and a store cannot acquire, so
// the half that makes no sense is dropped.
constexpr int host_order(std::memory_order order) { return static_cast<int>(order); }
constexpr int host_load_order(std::memory_order order) {
  return order == release   ? __ATOMIC_RELAXED
         : order == acq_rel ? __ATOMIC_ACQUIRE
                            : host_order(order);
}
constexpr int host_store_order(std::memory_order order) {
  return order == acquire   ? __ATOMIC_RELAXED
         : order == acq_rel ? __ATOMIC_RELEASE
                            : host_order(order);
}

template <Word T> T host_load(const T& x, std::memory_order order) {
  T value;
  __atomic_load(const_cast<T*>(&x), &value, host_load_order(order));
  return value;
}

template <Word T> void host_store(T& x, T value, std::memory_order order) {
  __atomic_store(&x, &value, host_store_order(order));
}

template <Word T> T host_exchange(T& x, T value, std::memory_order order) {
  T old;
  __atomic_exchange(&x, &value, &old, host_order(order));
  return old;
}

template <Word T> T host_cas(T& x, T expected, T desired, std::memory_order order) {
  __atomic_compare_exchange(&x, &expected, &desired, false, host_order(order),
                            host_load_order(order));
  return expected;
}

/// Replaces x by f(x), atomically; returns what was there.
template <Word T, typename F> T host_update(T& x, std::memory_order order, F f) {
  T old;
  __atomic_load(&x, &old, __ATOMIC_RELAXED);
  for (;;) {
    T next = f(old);
    if (__atomic_compare_exchange(&x, &old, &next, true, host_order(order), __ATOMIC_RELAXED))
      return old;
  }
}

// Unsigned inside, so that signed counters wrap as they do on devices.
template <Word T> T host_wrapping_add(T a, T b) {
  if constexpr (Float<T>)
    return a + b;
  else if constexpr (sizeof(T) == 4)
    return static_cast<T>(static_cast<std::uint32_t>(a) + static_cast<std::uint32_t>(b));
  else
    return static_cast<T>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

template <Word T> T host_negate(T a) {
  if constexpr (Float<T>)
    return -a;
  else if constexpr (sizeof(T) == 4)
    return static_cast<T>(0u - static_cast<std::uint32_t>(a));
  else
    return static_cast<T>(std::uint64_t{0} - static_cast<std::uint64_t>(a));
}

template <Word T> T host_add(T& x, T value, std::memory_order order) {
  return host_update(x, order, [=](T old) { return host_wrapping_add(old, value); });
}
template <Word T> T host_sub(T& x, T value, std::memory_order order) {
  return host_update(x, order, [=](T old) { return host_wrapping_add(old, host_negate(value)); });
}
template <Word T> T host_min(T& x, T value, std::memory_order order) {
  return host_update(x, order, [=](T old) { return value < old ? value : old; });
}
template <Word T> T host_max(T& x, T value, std::memory_order order) {
  return host_update(x, order, [=](T old) { return old < value ? value : old; });
}
template <WordInteger T> T host_and(T& x, T value, std::memory_order order) {
  return __atomic_fetch_and(&x, value, host_order(order));
}
template <WordInteger T> T host_or(T& x, T value, std::memory_order order) {
  return __atomic_fetch_or(&x, value, host_order(order));
}
template <WordInteger T> T host_xor(T& x, T value, std::memory_order order) {
  return __atomic_fetch_xor(&x, value, host_order(order));
}

} // namespace detail

inline Index3 thread_id() { return host::detail::position().thread; }
inline Index3 block_id() { return host::detail::position().block; }
inline Index3 block_dim() { return host::detail::position().block_dim; }
inline Index3 grid_dim() { return host::detail::position().grid_dim; }
inline Index3 global_id() {
  const auto& p = host::detail::position();
  return {p.block.x * p.block_dim.x + p.thread.x, p.block.y * p.block_dim.y + p.thread.y,
          p.block.z * p.block_dim.z + p.thread.z};
}
inline std::uint32_t lane_id() { return host::detail::position().lane; }
inline std::uint32_t warp_id() { return host::detail::position().warp; }
inline std::uint32_t warp_size() { return host::detail::position().warp_size; }

inline void barrier() { host::detail::block_barrier(); }
inline std::uint32_t detail::uniform_load(std::uint32_t& shared) {
  barrier();
  const std::uint32_t value = shared;
  barrier();
  return value;
}
inline void warp_barrier() { detail::host_vote(host::detail::WarpOp::barrier, false); }
inline void fence(MemoryScope) { __atomic_thread_fence(__ATOMIC_SEQ_CST); }
inline void fence(std::memory_order order, MemoryScope) {
  __atomic_thread_fence(detail::host_order(order));
}

template <detail::Word T> T atomic_load(const T& x) { return detail::host_load(x, relaxed); }
template <detail::Word T> void atomic_store(T& x, detail::NonDeduced<T> value) {
  detail::host_store(x, value, relaxed);
}
template <detail::Word T> T atomic_add(T& x, detail::NonDeduced<T> value) {
  return detail::host_add(x, value, relaxed);
}
template <detail::Word T> T atomic_sub(T& x, detail::NonDeduced<T> value) {
  return detail::host_sub(x, value, relaxed);
}
template <detail::Word T> T atomic_min(T& x, detail::NonDeduced<T> value) {
  return detail::host_min(x, value, relaxed);
}
template <detail::Word T> T atomic_max(T& x, detail::NonDeduced<T> value) {
  return detail::host_max(x, value, relaxed);
}
template <detail::WordInteger T> T atomic_and(T& x, detail::NonDeduced<T> value) {
  return detail::host_and(x, value, relaxed);
}
template <detail::WordInteger T> T atomic_or(T& x, detail::NonDeduced<T> value) {
  return detail::host_or(x, value, relaxed);
}
template <detail::WordInteger T> T atomic_xor(T& x, detail::NonDeduced<T> value) {
  return detail::host_xor(x, value, relaxed);
}
template <detail::WordInteger T> T atomic_inc(T& x) { return detail::host_add(x, T{1}, relaxed); }
template <detail::WordInteger T> T atomic_dec(T& x) { return detail::host_sub(x, T{1}, relaxed); }
template <detail::Word T> T atomic_exchange(T& x, detail::NonDeduced<T> value) {
  return detail::host_exchange(x, value, relaxed);
}
template <detail::Word T>
T atomic_cas(T& x, detail::NonDeduced<T> expected, detail::NonDeduced<T> desired) {
  return detail::host_cas(x, expected, desired, relaxed);
}

template <detail::Word T> T shuffle(T value, std::uint32_t lane) {
  return detail::host_warp(host::detail::WarpOp::shuffle, value, lane);
}
template <detail::Word T> T shuffle_up(T value, std::uint32_t delta) {
  return detail::host_warp(host::detail::WarpOp::shuffle_up, value, delta);
}
template <detail::Word T> T shuffle_down(T value, std::uint32_t delta) {
  return detail::host_warp(host::detail::WarpOp::shuffle_down, value, delta);
}
template <detail::Word T> T shuffle_xor(T value, std::uint32_t mask) {
  return detail::host_warp(host::detail::WarpOp::shuffle_xor, value, mask);
}
template <detail::Word T> T broadcast(T value, std::uint32_t lane) { return shuffle(value, lane); }

inline std::uint32_t ballot(bool predicate) {
  return detail::host_vote(host::detail::WarpOp::ballot, predicate);
}
inline bool all(bool predicate) {
  return detail::host_vote(host::detail::WarpOp::all, predicate) != 0;
}
inline bool any(bool predicate) {
  return detail::host_vote(host::detail::WarpOp::any, predicate) != 0;
}
inline bool elect() { return detail::host_vote(host::detail::WarpOp::elect, true) != 0; }

template <detail::Word T> T reduce_add(T value) {
  return detail::host_warp(host::detail::WarpOp::reduce_add, value);
}
template <detail::Word T> T reduce_min(T value) {
  return detail::host_warp(host::detail::WarpOp::reduce_min, value);
}
template <detail::Word T> T reduce_max(T value) {
  return detail::host_warp(host::detail::WarpOp::reduce_max, value);
}
template <detail::WordInteger T> T reduce_and(T value) {
  return detail::host_warp(host::detail::WarpOp::reduce_and, value);
}
template <detail::WordInteger T> T reduce_or(T value) {
  return detail::host_warp(host::detail::WarpOp::reduce_or, value);
}
template <detail::WordInteger T> T reduce_xor(T value) {
  return detail::host_warp(host::detail::WarpOp::reduce_xor, value);
}

inline float rsqrt(float x) { return 1.0f / __builtin_sqrtf(x); }
inline double rsqrt(double x) { return 1.0 / __builtin_sqrt(x); }
inline float saturate(float x) { return x > 0.0f ? (x < 1.0f ? x : 1.0f) : 0.0f; }
inline double saturate(double x) { return x > 0.0 ? (x < 1.0 ? x : 1.0) : 0.0; }

template <detail::WordInteger T> T mul_hi(T a, detail::NonDeduced<T> b) {
  if constexpr (sizeof(T) == 8) {
    __extension__ using Wide = __int128;
    __extension__ using UnsignedWide = unsigned __int128;
    if constexpr (T(-1) < T(0))
      return static_cast<T>((static_cast<Wide>(a) * b) >> 64);
    else
      return static_cast<T>((static_cast<UnsignedWide>(a) * b) >> 64);
  } else if constexpr (T(-1) < T(0)) {
    return static_cast<T>((static_cast<std::int64_t>(a) * b) >> 32);
  } else {
    return static_cast<T>((static_cast<std::uint64_t>(a) * b) >> 32);
  }
}

inline std::uint32_t dot4_add_u8(std::uint32_t a, std::uint32_t b, std::uint32_t sum) {
  for (int shift = 0; shift < 32; shift += 8)
    sum += (a >> shift & 0xff) * (b >> shift & 0xff);
  return sum;
}
inline std::int32_t dot4_add_i8(std::int32_t a, std::int32_t b, std::int32_t sum) {
  auto wrapping = static_cast<std::uint32_t>(sum);
  for (int shift = 0; shift < 32; shift += 8) {
    const int product = static_cast<std::int8_t>(a >> shift) * static_cast<std::int8_t>(b >> shift);
    wrapping += static_cast<std::uint32_t>(product);
  }
  return static_cast<std::int32_t>(wrapping);
}

inline std::uint16_t byteswap(std::uint16_t x) { return __builtin_bswap16(x); }
inline std::uint32_t byteswap(std::uint32_t x) { return __builtin_bswap32(x); }
inline std::uint64_t byteswap(std::uint64_t x) { return __builtin_bswap64(x); }

inline std::uint32_t bit_reverse(std::uint32_t x) {
  x = ((x >> 1) & 0x55555555u) | ((x & 0x55555555u) << 1);
  x = ((x >> 2) & 0x33333333u) | ((x & 0x33333333u) << 2);
  x = ((x >> 4) & 0x0f0f0f0fu) | ((x & 0x0f0f0f0fu) << 4);
  return byteswap(x);
}
inline std::uint64_t bit_reverse(std::uint64_t x) {
  return static_cast<std::uint64_t>(bit_reverse(static_cast<std::uint32_t>(x))) << 32 |
         bit_reverse(static_cast<std::uint32_t>(x >> 32));
}

} // namespace ring
