// What generated CPU code needs beside C++ itself. ringcc embeds this file and prints the sections
// (see backends/common/prelude.h) that a module uses at the top of its output, in an unnamed
// namespace.
#pragma once

//@ types
using i8 = signed char;
using u8 = unsigned char;
using i16 = short;
using u16 = unsigned short;
using i32 = int;
using u32 = unsigned int;
using i64 = long long;
using u64 = unsigned long long;

//@ span needs types
/// A buffer: a pointer and a number of elements.
template <class T> struct span {
  T* first;
  u64 count;

  T& operator[](u64 index) const { return first[index]; }
  T* data() const { return first; }
  u64 size() const { return count; }
  /// To span<const T>.
  template <class U> operator span<U>() const { return {first, count}; }
};

//@ vec needs types
template <class T, u32 N> struct vec {
  T elements[N];

  T& operator[](u32 index) { return elements[index]; }
  const T& operator[](u32 index) const { return elements[index]; }
};

//@ argument
template <class T> inline const T& argument(const void* value) {
  return *static_cast<const T*>(value);
}

//@ relax needs types
// A pause as long as switching threads takes, then the others, then sleep.
inline void relax(u32 turns) {
  if (turns < 64) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
  } else if (turns < 1024) {
    ring_cpu_yield();
  } else {
    ring_cpu_sleep(turns - 1024 < 50 ? turns - 1024 : 50);
  }
}

//@ atomic_access
// The built-ins in their general form take floats, too, and compare them bit for bit.
template <class T> inline T atomic_load(const T* object, int order) {
  T value;
  __atomic_load(object, &value, order);
  return value;
}
template <class T> inline void atomic_store(T* object, T value, int order) {
  __atomic_store(object, &value, order);
}
template <class T> inline T atomic_exchange(T* object, T value, int order) {
  T old;
  __atomic_exchange(object, &value, &old, order);
  return old;
}
template <class T>
inline T atomic_cas(T* object, T expected, T desired, int order, int order_of_failure) {
  __atomic_compare_exchange(object, &expected, &desired, false, order, order_of_failure);
  return expected;
}
