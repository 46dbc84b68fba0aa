// CUDA's atomic functions for exactly the types that CUDA has them for. All are sequentially
// consistent, which is more than CUDA's relaxed ones promise; a missing fence does not show here.
#pragma once

#include "engine.h"

namespace cuda_shim {

/// Replaces *p by f(*p); returns what was there.
template <class T, class F> T update(T* p, F f) {
  T old, next;
  __atomic_load(p, &old, __ATOMIC_SEQ_CST);
  do
    next = f(old);
  while (!__atomic_compare_exchange(p, &old, &next, true, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
  return old;
}

template <class T> T exchange(T* p, T value) {
  T old;
  __atomic_exchange(p, &value, &old, __ATOMIC_SEQ_CST);
  return old;
}

template <class T> T compare_exchange(T* p, T expected, T desired) {
  __atomic_compare_exchange(p, &expected, &desired, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
  return expected;
}

} // namespace cuda_shim

// Each function comes in three scopes.
#define CUDA_SHIM_RMW(name, suffix, T, next)                                                       \
  inline T name##suffix(T* p, T v) {                                                               \
    return cuda_shim::update(p, [v](T old) -> T { return next; });                                 \
  }
#define CUDA_SHIM_ATOMIC(name, T, next)                                                            \
  CUDA_SHIM_RMW(name, , T, next)                                                                   \
  CUDA_SHIM_RMW(name, _block, T, next)                                                             \
  CUDA_SHIM_RMW(name, _system, T, next)
#define CUDA_SHIM_SWAP(suffix, T)                                                                  \
  inline T atomicExch##suffix(T* p, T v) { return cuda_shim::exchange(p, v); }
#define CUDA_SHIM_CAS(suffix, T)                                                                   \
  inline T atomicCAS##suffix(T* p, T expected, T v) {                                              \
    return cuda_shim::compare_exchange(p, expected, v);                                            \
  }
#define CUDA_SHIM_SCOPES(M, T) M(, T) M(_block, T) M(_system, T)

using CudaShimU64 = unsigned long long;

// Unsigned inside, so that signed sums wrap as they do on a device.
CUDA_SHIM_ATOMIC(atomicAdd, int,
                 static_cast<int>(static_cast<unsigned>(old) + static_cast<unsigned>(v)))
CUDA_SHIM_ATOMIC(atomicAdd, unsigned, old + v)
CUDA_SHIM_ATOMIC(atomicAdd, CudaShimU64, old + v)
CUDA_SHIM_ATOMIC(atomicAdd, float, old + v)
CUDA_SHIM_ATOMIC(atomicAdd, double, old + v)
CUDA_SHIM_ATOMIC(atomicSub, int,
                 static_cast<int>(static_cast<unsigned>(old) - static_cast<unsigned>(v)))
CUDA_SHIM_ATOMIC(atomicSub, unsigned, old - v)
CUDA_SHIM_ATOMIC(atomicInc, unsigned, old >= v ? 0 : old + 1)
CUDA_SHIM_ATOMIC(atomicDec, unsigned, old == 0 || old > v ? v : old - 1)
CUDA_SHIM_ATOMIC(atomicMin, int, v < old ? v : old)
CUDA_SHIM_ATOMIC(atomicMin, unsigned, v < old ? v : old)
CUDA_SHIM_ATOMIC(atomicMin, long long, v < old ? v : old)
CUDA_SHIM_ATOMIC(atomicMin, CudaShimU64, v < old ? v : old)
CUDA_SHIM_ATOMIC(atomicMax, int, old < v ? v : old)
CUDA_SHIM_ATOMIC(atomicMax, unsigned, old < v ? v : old)
CUDA_SHIM_ATOMIC(atomicMax, long long, old < v ? v : old)
CUDA_SHIM_ATOMIC(atomicMax, CudaShimU64, old < v ? v : old)
CUDA_SHIM_ATOMIC(atomicAnd, int, old& v)
CUDA_SHIM_ATOMIC(atomicAnd, unsigned, old& v)
CUDA_SHIM_ATOMIC(atomicAnd, CudaShimU64, old& v)
CUDA_SHIM_ATOMIC(atomicOr, int, old | v)
CUDA_SHIM_ATOMIC(atomicOr, unsigned, old | v)
CUDA_SHIM_ATOMIC(atomicOr, CudaShimU64, old | v)
CUDA_SHIM_ATOMIC(atomicXor, int, old ^ v)
CUDA_SHIM_ATOMIC(atomicXor, unsigned, old ^ v)
CUDA_SHIM_ATOMIC(atomicXor, CudaShimU64, old ^ v)
CUDA_SHIM_SCOPES(CUDA_SHIM_SWAP, int)
CUDA_SHIM_SCOPES(CUDA_SHIM_SWAP, unsigned)
CUDA_SHIM_SCOPES(CUDA_SHIM_SWAP, CudaShimU64)
CUDA_SHIM_SCOPES(CUDA_SHIM_SWAP, float)
CUDA_SHIM_SCOPES(CUDA_SHIM_CAS, int)
CUDA_SHIM_SCOPES(CUDA_SHIM_CAS, unsigned)
CUDA_SHIM_SCOPES(CUDA_SHIM_CAS, unsigned short)
CUDA_SHIM_SCOPES(CUDA_SHIM_CAS, CudaShimU64)

inline void __threadfence() { __atomic_thread_fence(__ATOMIC_SEQ_CST); }
inline void __threadfence_block() { __atomic_thread_fence(__ATOMIC_SEQ_CST); }
inline void __threadfence_system() { __atomic_thread_fence(__ATOMIC_SEQ_CST); }
inline void __nanosleep(unsigned ns) { cuda_shim::sleep(ns); }
