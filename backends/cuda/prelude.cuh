// What generated CUDA code needs beside CUDA itself. ringcc embeds this file and prints the
// sections (see backends/common/prelude.h) that a module uses at the top of its output. It includes
// nothing: any standard header would make NVRTC many times slower. PTX stands beside what it is
// short for, so that a host compiler with a shim for CUDA's built-ins can compile and run the text.
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

  __device__ T& operator[](u64 index) const { return first[index]; }
  __device__ T* data() const { return first; }
  __device__ u64 size() const { return count; }
  /// To span<const T>.
  template <class U> __device__ operator span<U>() const { return {first, count}; }
};

//@ vec needs types
template <class T, u32 N> struct vec {
  T elements[N];

  __device__ T& operator[](u32 index) { return elements[index]; }
  __device__ const T& operator[](u32 index) const { return elements[index]; }
};

//@ atomic_access
// A volatile access is relaxed and single-copy atomic in the PTX memory model.
template <class T> __device__ inline T atomic_load(const T* object) {
  return *static_cast<const volatile T*>(object);
}
template <class T> __device__ inline void atomic_store(T* object, T value) {
  *static_cast<volatile T*>(object) = value;
}

//@ load_acquire needs types
template <class T> __device__ inline T load_acquire(const T* object) {
#ifdef __CUDA_ARCH__
  union {
    T value;
    u32 word;
    u64 wide;
  } bits;
  if (sizeof(T) == 4)
    asm volatile("ld.acquire.gpu.b32 %0, [%1];" : "=r"(bits.word) : "l"(object) : "memory");
  else
    asm volatile("ld.acquire.gpu.b64 %0, [%1];" : "=l"(bits.wide) : "l"(object) : "memory");
  return bits.value;
#else
  const T value = *static_cast<const volatile T*>(object);
  __threadfence();
  return value;
#endif
}

//@ load_acquire_system needs types
template <class T> __device__ inline T load_acquire_system(const T* object) {
#ifdef __CUDA_ARCH__
  union {
    T value;
    u32 word;
    u64 wide;
  } bits;
  if (sizeof(T) == 4)
    asm volatile("ld.acquire.sys.b32 %0, [%1];" : "=r"(bits.word) : "l"(object) : "memory");
  else
    asm volatile("ld.acquire.sys.b64 %0, [%1];" : "=l"(bits.wide) : "l"(object) : "memory");
  return bits.value;
#else
  const T value = *static_cast<const volatile T*>(object);
  __threadfence_system();
  return value;
#endif
}

//@ store_release needs types
template <class T> __device__ inline void store_release(T* object, T value) {
#ifdef __CUDA_ARCH__
  union {
    T value;
    u32 word;
    u64 wide;
  } bits = {value};
  if (sizeof(T) == 4)
    asm volatile("st.release.gpu.b32 [%0], %1;" ::"l"(object), "r"(bits.word) : "memory");
  else
    asm volatile("st.release.gpu.b64 [%0], %1;" ::"l"(object), "l"(bits.wide) : "memory");
#else
  __threadfence();
  *static_cast<volatile T*>(object) = value;
#endif
}

//@ store_release_system needs types
template <class T> __device__ inline void store_release_system(T* object, T value) {
#ifdef __CUDA_ARCH__
  union {
    T value;
    u32 word;
    u64 wide;
  } bits = {value};
  if (sizeof(T) == 4)
    asm volatile("st.release.sys.b32 [%0], %1;" ::"l"(object), "r"(bits.word) : "memory");
  else
    asm volatile("st.release.sys.b64 [%0], %1;" ::"l"(object), "l"(bits.wide) : "memory");
#else
  __threadfence_system();
  *static_cast<volatile T*>(object) = value;
#endif
}

//@ atomic_i64 needs types
// CUDA has these for unsigned 64-bit integers only.
__device__ inline i64 atomicAdd(i64* x, i64 v) { return i64(atomicAdd((u64*)x, u64(v))); }
__device__ inline i64 atomicExch(i64* x, i64 v) { return i64(atomicExch((u64*)x, u64(v))); }
__device__ inline i64 atomicCAS(i64* x, i64 expected, i64 v) {
  return i64(atomicCAS((u64*)x, u64(expected), u64(v)));
}

//@ atomic_i64_block needs types
__device__ inline i64 atomicAdd_block(i64* x, i64 v) {
  return i64(atomicAdd_block((u64*)x, u64(v)));
}
__device__ inline i64 atomicExch_block(i64* x, i64 v) {
  return i64(atomicExch_block((u64*)x, u64(v)));
}
__device__ inline i64 atomicCAS_block(i64* x, i64 expected, i64 v) {
  return i64(atomicCAS_block((u64*)x, u64(expected), u64(v)));
}

//@ atomic_i64_system needs types
__device__ inline i64 atomicAdd_system(i64* x, i64 v) {
  return i64(atomicAdd_system((u64*)x, u64(v)));
}
__device__ inline i64 atomicExch_system(i64* x, i64 v) {
  return i64(atomicExch_system((u64*)x, u64(v)));
}
__device__ inline i64 atomicCAS_system(i64* x, i64 expected, i64 v) {
  return i64(atomicCAS_system((u64*)x, u64(expected), u64(v)));
}

//@ atomic_float needs types
// Floats are compared bit for bit.
__device__ inline float atomicCAS(float* x, float expected, float v) {
  return __int_as_float(atomicCAS((i32*)x, __float_as_int(expected), __float_as_int(v)));
}
__device__ inline double atomicCAS(double* x, double expected, double v) {
  return __longlong_as_double(
      i64(atomicCAS((u64*)x, u64(__double_as_longlong(expected)), u64(__double_as_longlong(v)))));
}
__device__ inline double atomicExch(double* x, double v) {
  return __longlong_as_double(i64(atomicExch((u64*)x, u64(__double_as_longlong(v)))));
}

//@ atomic_float_block needs types
__device__ inline float atomicCAS_block(float* x, float expected, float v) {
  return __int_as_float(atomicCAS_block((i32*)x, __float_as_int(expected), __float_as_int(v)));
}
__device__ inline double atomicCAS_block(double* x, double expected, double v) {
  return __longlong_as_double(i64(
      atomicCAS_block((u64*)x, u64(__double_as_longlong(expected)), u64(__double_as_longlong(v)))));
}
__device__ inline double atomicExch_block(double* x, double v) {
  return __longlong_as_double(i64(atomicExch_block((u64*)x, u64(__double_as_longlong(v)))));
}

//@ atomic_float_system needs types
__device__ inline float atomicCAS_system(float* x, float expected, float v) {
  return __int_as_float(atomicCAS_system((i32*)x, __float_as_int(expected), __float_as_int(v)));
}
__device__ inline double atomicCAS_system(double* x, double expected, double v) {
  return __longlong_as_double(i64(atomicCAS_system((u64*)x, u64(__double_as_longlong(expected)),
                                                   u64(__double_as_longlong(v)))));
}
__device__ inline double atomicExch_system(double* x, double v) {
  return __longlong_as_double(i64(atomicExch_system((u64*)x, u64(__double_as_longlong(v)))));
}

//@ thread_index needs types
/// The thread's place in the block, x fastest: what warps are counted by.
__device__ inline u32 thread_index() {
  return (threadIdx.z * blockDim.y + threadIdx.y) * blockDim.x + threadIdx.x;
}

//@ lane_id needs thread_index
__device__ inline u32 lane_id() { return thread_index() & 31u; }

//@ warp_id needs thread_index
__device__ inline u32 warp_id() { return thread_index() >> 5; }

//@ warp_vote needs types lane_id
/// The lanes that have not returned. All of them call the operations of a warp together.
__device__ inline u32 warp_lanes() { return __ballot_sync(0xffffffffu, 1); }
__device__ inline u32 warp_ballot(bool predicate) { return __ballot_sync(0xffffffffu, predicate); }
__device__ inline bool warp_all(bool predicate) { return __all_sync(0xffffffffu, predicate) != 0; }
__device__ inline bool warp_any(bool predicate) { return __any_sync(0xffffffffu, predicate) != 0; }
__device__ inline bool warp_elect() { return __ffs(int(warp_lanes())) - 1 == int(lane_id()); }

//@ warp_shuffle needs warp_vote
/// What CUDA leaves undefined is defined here: from a lane that does not exist or has returned, a
/// lane reads its own value.
template <class T> __device__ inline T warp_shuffle(T value, u32 lane) {
  const u32 lanes = warp_lanes();
  const T other = __shfl_sync(0xffffffffu, value, int(lane & 31u));
  return lane < 32u && (lanes >> lane & 1u) != 0 ? other : value;
}
template <class T> __device__ inline T warp_shuffle_up(T value, u32 delta) {
  return warp_shuffle(value, lane_id() - delta);
}
template <class T> __device__ inline T warp_shuffle_down(T value, u32 delta) {
  return warp_shuffle(value, lane_id() + delta);
}
template <class T> __device__ inline T warp_shuffle_xor(T value, u32 mask) {
  return warp_shuffle(value, lane_id() ^ mask);
}
template <class T> __device__ inline T warp_broadcast(T value, u32 lane) {
  return warp_shuffle(value, lane);
}

//@ warp_reduce needs warp_vote
template <class T, class Op> __device__ inline T warp_reduce(T value, Op op) {
  const u32 lanes = warp_lanes();
  if (lanes == 0xffffffffu) {
    for (int mask = 16; mask > 0; mask /= 2) {
      value = op(value, __shfl_xor_sync(0xffffffffu, value, mask));
    }
    return value;
  }
  T total = __shfl_sync(lanes, value, __ffs(int(lanes)) - 1);
  for (u32 rest = lanes & (lanes - 1); rest != 0; rest &= rest - 1) {
    total = op(total, __shfl_sync(lanes, value, __ffs(int(rest)) - 1));
  }
  return total;
}
template <class T> __device__ inline T warp_reduce_add(T value) {
  return warp_reduce(value, [](T a, T b) { return a + b; });
}
template <class T> __device__ inline T warp_reduce_min(T value) {
  return warp_reduce(value, [](T a, T b) { return b < a ? b : a; });
}
template <class T> __device__ inline T warp_reduce_max(T value) {
  return warp_reduce(value, [](T a, T b) { return a < b ? b : a; });
}
template <class T> __device__ inline T warp_reduce_and(T value) {
  return warp_reduce(value, [](T a, T b) { return a & b; });
}
template <class T> __device__ inline T warp_reduce_or(T value) {
  return warp_reduce(value, [](T a, T b) { return a | b; });
}
template <class T> __device__ inline T warp_reduce_xor(T value) {
  return warp_reduce(value, [](T a, T b) { return a ^ b; });
}
