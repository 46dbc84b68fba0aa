// Made by ringcc from reduce_sum.cpp. Compile with -fwrapv -ffp-contract=off.

// What a CPU kernel is called with. The CPU backend prints, for each kernel of a module,
//
//   extern "C" void <module>_<kernel>_cpu(const ring::abi::CpuBlock* block, void* const* args);
//
// which runs one block. args[i] points to parameter i: the value itself, or a SpanView.

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ring::abi {

//  byte  0         4         8         12        16        20        24
//        ├ block_id.x, y, z ───────────┼ grid_dim.x, y, z ───────────┤
struct CpuBlock {
  std::uint32_t block_id[3];
  std::uint32_t grid_dim[3]; // in blocks
};
static_assert(sizeof(CpuBlock) == 24 && alignof(CpuBlock) == 4);
static_assert(offsetof(CpuBlock, grid_dim) == 12);
static_assert(std::is_trivially_copyable_v<CpuBlock>);

using CpuEntry = void (*)(const CpuBlock* block, void* const* args);

} // namespace ring::abi

namespace {

using i8 = signed char;
using u8 = unsigned char;
using i16 = short;
using u16 = unsigned short;
using i32 = int;
using u32 = unsigned int;
using i64 = long long;
using u64 = unsigned long long;

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

template <class T> inline const T& argument(const void* value) {
  return *static_cast<const T*>(value);
}

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

#line 35 "ring/library/float_format.h"
inline u32 to_bits(float x) {
#line 35
  return __builtin_bit_cast(u32, x);
}

#line 16 "ring/library/atomic.h"
inline bool same(float a, float b) {
#line 16
  return to_bits(a) == to_bits(b);
}

inline float add(float& x, float value) {
  const float old = atomic_load(&x, __ATOMIC_RELAXED);
#line 20
  float seen = old;
  while (true) {
    const float found = atomic_cas(&x, seen, seen + value, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
    if (same(found, seen)) return seen;
    seen = found;
  }
}

#line 50
inline float atomic_add(float& x, float value) {
  return add(x, value);
}

} // namespace

#line 4 "reduce_sum.cpp"
extern "C" void reduce_sum_reduce_sum_cpu(const ring::abi::CpuBlock* block, void* const* args) {
  const span<const float> in = argument<span<const float>>(args[0]);
  const span<float> out = argument<span<float>>(args[1]);
  const u32 block_id_x = block->block_id[0];
  if (block_id_x > 33554430u) __builtin_unreachable();
#line 5
  alignas(64) float partial[128];
  for (u32 thread_x = 0; thread_x < 128; ++thread_x) {
#line 6
    const u32 t = thread_x;
    const u32 i = block_id_x * 128 + thread_x;
    partial[t] = i < in.size() ? in[i] : 0.0f;
  }
  for (u32 width = 64; width > 0; width /= 2) {
    for (u32 thread_x = 0; thread_x < 128; ++thread_x) {
#line 6
      const u32 t = thread_x;
#line 11
      if (t < width) partial[t] += partial[t + width];
    }
  }
  for (u32 thread_x = 0; thread_x < 128; ++thread_x) {
#line 6
    const u32 t = thread_x;
#line 14
    if (t == 0) atomic_add(out[0], partial[0]);
  }
}
