// Atomics on an lvalue: an element of a span, a member, a shared variable.
//
// The free functions are relaxed at device scope and return the value from before the operation.
// ring::atomic_ref<T>(x) takes a std::memory_order and a ring::MemoryScope; both must be constants.
// Types: 32- and 64-bit integers, float, double; the bit operations and inc and dec integers only.
#pragma once

#include "ring/detail/types.h"

namespace ring {

template <detail::Word T> RING_DETAIL_INTRINSIC("atomic_load") T atomic_load(const T& x);
template <detail::Word T> RING_DETAIL_INTRINSIC("atomic_store")
void atomic_store(T& x, detail::NonDeduced<T> value);
template <detail::Word T> RING_DETAIL_INTRINSIC("atomic_add")
T atomic_add(T& x, detail::NonDeduced<T> value);
template <detail::Word T> RING_DETAIL_INTRINSIC("atomic_sub")
T atomic_sub(T& x, detail::NonDeduced<T> value);
template <detail::Word T> RING_DETAIL_INTRINSIC("atomic_min")
T atomic_min(T& x, detail::NonDeduced<T> value);
template <detail::Word T> RING_DETAIL_INTRINSIC("atomic_max")
T atomic_max(T& x, detail::NonDeduced<T> value);
template <detail::WordInteger T> RING_DETAIL_INTRINSIC("atomic_and")
T atomic_and(T& x, detail::NonDeduced<T> value);
template <detail::WordInteger T> RING_DETAIL_INTRINSIC("atomic_or")
T atomic_or(T& x, detail::NonDeduced<T> value);
template <detail::WordInteger T> RING_DETAIL_INTRINSIC("atomic_xor")
T atomic_xor(T& x, detail::NonDeduced<T> value);
/// Adds 1 and wraps at the end of the type. (CUDA's atomicInc takes a limit; this does not.)
template <detail::WordInteger T> RING_DETAIL_INTRINSIC("atomic_inc") T atomic_inc(T& x);
/// Subtracts 1 and wraps at the end of the type.
template <detail::WordInteger T> RING_DETAIL_INTRINSIC("atomic_dec") T atomic_dec(T& x);
template <detail::Word T> RING_DETAIL_INTRINSIC("atomic_exchange")
T atomic_exchange(T& x, detail::NonDeduced<T> value);
/// Stores `desired` if the value is bit for bit `expected`; returns what was there.
template <detail::Word T> RING_DETAIL_INTRINSIC("atomic_cas")
T atomic_cas(T& x, detail::NonDeduced<T> expected, detail::NonDeduced<T> desired);

namespace detail {
// What the members of atomic_ref do on the host, where host_device.h defines it. ringcc takes the
// members by their annotation and never looks into them.
template <Word T> T host_load(const T& x, std::memory_order order);
template <Word T> void host_store(T& x, T value, std::memory_order order);
template <Word T> T host_exchange(T& x, T value, std::memory_order order);
template <Word T> T host_cas(T& x, T expected, T desired, std::memory_order order);
template <Word T> T host_add(T& x, T value, std::memory_order order);
template <Word T> T host_sub(T& x, T value, std::memory_order order);
template <Word T> T host_min(T& x, T value, std::memory_order order);
template <Word T> T host_max(T& x, T value, std::memory_order order);
template <WordInteger T> T host_and(T& x, T value, std::memory_order order);
template <WordInteger T> T host_or(T& x, T value, std::memory_order order);
template <WordInteger T> T host_xor(T& x, T value, std::memory_order order);
} // namespace detail

/// A reference to an object on which every operation is atomic. As in the standard library the
/// default order is seq_cst; the default scope is device.
template <detail::Word T> class RING_DETAIL_BUILTIN_TYPE("atomic_ref") atomic_ref {
public:
  using value_type = T;
  using Order = std::memory_order;

  explicit constexpr atomic_ref(T& object) : object_(&object) {}

  RING_DETAIL_INTRINSIC("atomic_load")
  T load(Order order = seq_cst, MemoryScope = MemoryScope::device) const {
    return detail::host_load(*object_, order);
  }

  RING_DETAIL_INTRINSIC("atomic_store")
  void store(T value, Order order = seq_cst, MemoryScope = MemoryScope::device) const {
    detail::host_store(*object_, value, order);
  }

  RING_DETAIL_INTRINSIC("atomic_exchange")
  T exchange(T value, Order order = seq_cst, MemoryScope = MemoryScope::device) const {
    return detail::host_exchange(*object_, value, order);
  }

  /// True if `desired` was stored; otherwise `expected` holds what was found.
  RING_DETAIL_INTRINSIC("atomic_compare_exchange")
  bool compare_exchange_strong(T& expected, T desired, Order order = seq_cst,
                               MemoryScope = MemoryScope::device) const {
    const T wanted = expected;
    expected = detail::host_cas(*object_, wanted, desired, order);
    return __builtin_memcmp(&expected, &wanted, sizeof(T)) == 0;
  }

  RING_DETAIL_INTRINSIC("atomic_add")
  T fetch_add(T value, Order order = seq_cst, MemoryScope = MemoryScope::device) const {
    return detail::host_add(*object_, value, order);
  }

  RING_DETAIL_INTRINSIC("atomic_sub")
  T fetch_sub(T value, Order order = seq_cst, MemoryScope = MemoryScope::device) const {
    return detail::host_sub(*object_, value, order);
  }

  RING_DETAIL_INTRINSIC("atomic_min")
  T fetch_min(T value, Order order = seq_cst, MemoryScope = MemoryScope::device) const {
    return detail::host_min(*object_, value, order);
  }

  RING_DETAIL_INTRINSIC("atomic_max")
  T fetch_max(T value, Order order = seq_cst, MemoryScope = MemoryScope::device) const {
    return detail::host_max(*object_, value, order);
  }

  RING_DETAIL_INTRINSIC("atomic_and")
  T fetch_and(T value, Order order = seq_cst, MemoryScope = MemoryScope::device) const
    requires detail::WordInteger<T>
  {
    return detail::host_and(*object_, value, order);
  }

  RING_DETAIL_INTRINSIC("atomic_or")
  T fetch_or(T value, Order order = seq_cst, MemoryScope = MemoryScope::device) const
    requires detail::WordInteger<T>
  {
    return detail::host_or(*object_, value, order);
  }

  RING_DETAIL_INTRINSIC("atomic_xor")
  T fetch_xor(T value, Order order = seq_cst, MemoryScope = MemoryScope::device) const
    requires detail::WordInteger<T>
  {
    return detail::host_xor(*object_, value, order);
  }

private:
  T* object_;
};

template <typename T> atomic_ref(T&) -> atomic_ref<T>;

} // namespace ring
