// A18. Block reductions: seven operations × six types, each kernel one line over the library of
// block_reduce.h.
#include "block_reduce.h"

template <class T> using In = ring::span<const T>;
template <class T> using Out = ring::span<T>;

using reduce::kBlock;
using reduce::reduce_blocks;

using f32 = float;
using f64 = double;
using i32 = std::int32_t;
using u32 = std::uint32_t;
using i64 = std::int64_t;
using u64 = std::uint64_t;

RING_GLOBAL(.block = {kBlock})
void sum_f32(In<f32> in, Out<f32> out) { reduce_blocks<reduce::Sum>(in, out); }
RING_GLOBAL(.block = {kBlock})
void product_f32(In<f32> in, Out<f32> out) { reduce_blocks<reduce::Product>(in, out); }
RING_GLOBAL(.block = {kBlock})
void min_f32(In<f32> in, Out<f32> out) { reduce_blocks<reduce::Min>(in, out); }
RING_GLOBAL(.block = {kBlock})
void max_f32(In<f32> in, Out<f32> out) { reduce_blocks<reduce::Max>(in, out); }

RING_GLOBAL(.block = {kBlock})
void sum_f64(In<f64> in, Out<f64> out) { reduce_blocks<reduce::Sum>(in, out); }
RING_GLOBAL(.block = {kBlock})
void product_f64(In<f64> in, Out<f64> out) { reduce_blocks<reduce::Product>(in, out); }
RING_GLOBAL(.block = {kBlock})
void min_f64(In<f64> in, Out<f64> out) { reduce_blocks<reduce::Min>(in, out); }
RING_GLOBAL(.block = {kBlock})
void max_f64(In<f64> in, Out<f64> out) { reduce_blocks<reduce::Max>(in, out); }

RING_GLOBAL(.block = {kBlock})
void sum_i32(In<i32> in, Out<i32> out) { reduce_blocks<reduce::Sum>(in, out); }
RING_GLOBAL(.block = {kBlock})
void product_i32(In<i32> in, Out<i32> out) { reduce_blocks<reduce::Product>(in, out); }
RING_GLOBAL(.block = {kBlock})
void min_i32(In<i32> in, Out<i32> out) { reduce_blocks<reduce::Min>(in, out); }
RING_GLOBAL(.block = {kBlock})
void max_i32(In<i32> in, Out<i32> out) { reduce_blocks<reduce::Max>(in, out); }
RING_GLOBAL(.block = {kBlock})
void and_i32(In<i32> in, Out<i32> out) { reduce_blocks<reduce::And>(in, out); }
RING_GLOBAL(.block = {kBlock})
void or_i32(In<i32> in, Out<i32> out) { reduce_blocks<reduce::Or>(in, out); }
RING_GLOBAL(.block = {kBlock})
void xor_i32(In<i32> in, Out<i32> out) { reduce_blocks<reduce::Xor>(in, out); }

RING_GLOBAL(.block = {kBlock})
void sum_u32(In<u32> in, Out<u32> out) { reduce_blocks<reduce::Sum>(in, out); }
RING_GLOBAL(.block = {kBlock})
void product_u32(In<u32> in, Out<u32> out) { reduce_blocks<reduce::Product>(in, out); }
RING_GLOBAL(.block = {kBlock})
void min_u32(In<u32> in, Out<u32> out) { reduce_blocks<reduce::Min>(in, out); }
RING_GLOBAL(.block = {kBlock})
void max_u32(In<u32> in, Out<u32> out) { reduce_blocks<reduce::Max>(in, out); }
RING_GLOBAL(.block = {kBlock})
void and_u32(In<u32> in, Out<u32> out) { reduce_blocks<reduce::And>(in, out); }
RING_GLOBAL(.block = {kBlock})
void or_u32(In<u32> in, Out<u32> out) { reduce_blocks<reduce::Or>(in, out); }
RING_GLOBAL(.block = {kBlock})
void xor_u32(In<u32> in, Out<u32> out) { reduce_blocks<reduce::Xor>(in, out); }

RING_GLOBAL(.block = {kBlock})
void sum_i64(In<i64> in, Out<i64> out) { reduce_blocks<reduce::Sum>(in, out); }
RING_GLOBAL(.block = {kBlock})
void product_i64(In<i64> in, Out<i64> out) { reduce_blocks<reduce::Product>(in, out); }
RING_GLOBAL(.block = {kBlock})
void min_i64(In<i64> in, Out<i64> out) { reduce_blocks<reduce::Min>(in, out); }
RING_GLOBAL(.block = {kBlock})
void max_i64(In<i64> in, Out<i64> out) { reduce_blocks<reduce::Max>(in, out); }
RING_GLOBAL(.block = {kBlock})
void and_i64(In<i64> in, Out<i64> out) { reduce_blocks<reduce::And>(in, out); }
RING_GLOBAL(.block = {kBlock})
void or_i64(In<i64> in, Out<i64> out) { reduce_blocks<reduce::Or>(in, out); }
RING_GLOBAL(.block = {kBlock})
void xor_i64(In<i64> in, Out<i64> out) { reduce_blocks<reduce::Xor>(in, out); }

RING_GLOBAL(.block = {kBlock})
void sum_u64(In<u64> in, Out<u64> out) { reduce_blocks<reduce::Sum>(in, out); }
RING_GLOBAL(.block = {kBlock})
void product_u64(In<u64> in, Out<u64> out) { reduce_blocks<reduce::Product>(in, out); }
RING_GLOBAL(.block = {kBlock})
void min_u64(In<u64> in, Out<u64> out) { reduce_blocks<reduce::Min>(in, out); }
RING_GLOBAL(.block = {kBlock})
void max_u64(In<u64> in, Out<u64> out) { reduce_blocks<reduce::Max>(in, out); }
RING_GLOBAL(.block = {kBlock})
void and_u64(In<u64> in, Out<u64> out) { reduce_blocks<reduce::And>(in, out); }
RING_GLOBAL(.block = {kBlock})
void or_u64(In<u64> in, Out<u64> out) { reduce_blocks<reduce::Or>(in, out); }
RING_GLOBAL(.block = {kBlock})
void xor_u64(In<u64> in, Out<u64> out) { reduce_blocks<reduce::Xor>(in, out); }
