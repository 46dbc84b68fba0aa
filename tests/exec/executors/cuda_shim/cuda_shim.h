// Lets a host compiler take a generated .cu file as it is: g++ -include cuda_shim.h -x c++ NAME.cu.
//
// It has what generated code uses of CUDA C++, with CUDA's own types: an atomic that CUDA lacks for
// a type does not compile here either. Threads are fibres (engine.h), so barriers and warp
// operations are exact.
#pragma once

#define RINGCC_CUDA_SHIM 1

#include "atomics.h"
#include "bits.h"
#include "engine.h"
#include "floats.h"
#include "warp.h"

#include <utility> // for entry.h

// Last, because standard headers use some of these words as names of attributes.
#define __global__
#define __device__
#define __host__
#define __constant__
#define __grid_constant__
#define __noinline__ __attribute__((noinline))
#define __forceinline__ inline __attribute__((always_inline))
#define __launch_bounds__(...)
#define __align__(n) __attribute__((aligned(n)))
// An OS thread runs one block at a time, so its copy is the block's.
#define __shared__ static thread_local

#define threadIdx (::cuda_shim::thread_index())
#define blockIdx (::cuda_shim::block_index())
#define blockDim (::cuda_shim::block_size())
#define gridDim (::cuda_shim::grid_size())
#define warpSize 32
