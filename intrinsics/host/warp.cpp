#include "warp.h"

#include <bit>

namespace ring::host::detail {
namespace {

template <typename T> T from_bits(std::uint64_t bits) {
  T value;
  __builtin_memcpy(&value, &bits, sizeof(T));
  return value;
}

template <typename T> std::uint64_t to_bits(T value) {
  std::uint64_t bits = 0;
  __builtin_memcpy(&bits, &value, sizeof(T));
  return bits;
}

bool is_active(const WarpCall& call, std::uint32_t lane) {
  return lane < call.warp_size && (call.active >> lane & 1) != 0;
}

/// The lane that `lane` reads from; may be one that does not exist.
std::uint32_t source_lane(const WarpCall& call, std::uint32_t lane) {
  const std::uint32_t argument = call.argument[lane];
  switch (call.op) {
  case WarpOp::shuffle_up:
    return lane - argument;
  case WarpOp::shuffle_down:
    return lane + argument;
  case WarpOp::shuffle_xor:
    return lane ^ argument;
  default:
    return argument;
  }
}

void shuffle(WarpCall& call) {
  for (std::uint32_t lane = 0; lane < call.warp_size; ++lane) {
    const std::uint32_t source = source_lane(call, lane);
    call.result[lane] = call.value[is_active(call, source) ? source : lane];
  }
}

void give_all(WarpCall& call, std::uint64_t result) {
  for (std::uint32_t lane = 0; lane < call.warp_size; ++lane)
    call.result[lane] = result;
}

std::uint32_t votes(const WarpCall& call) {
  std::uint32_t mask = 0;
  for (std::uint32_t lane = 0; lane < call.warp_size; ++lane)
    if (is_active(call, lane) && call.value[lane] != 0) mask |= 1u << lane;
  return mask;
}

template <typename T> T add(T a, T b) { return a + b; }
// Unsigned inside: sums wrap as they do on devices.
std::int32_t add(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) + static_cast<std::uint32_t>(b));
}
std::int64_t add(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

template <typename T> T combine(WarpOp op, T a, T b) {
  if (op == WarpOp::reduce_min) return b < a ? b : a;
  if (op == WarpOp::reduce_max) return a < b ? b : a;
  return add(a, b);
}

template <typename T> void reduce(WarpCall& call) {
  T total{};
  bool first = true;
  for (std::uint32_t lane = 0; lane < call.warp_size; ++lane) {
    if (!is_active(call, lane)) continue;
    const T value = from_bits<T>(call.value[lane]);
    total = first ? value : combine(call.op, total, value);
    first = false;
  }
  give_all(call, to_bits(total));
}

void reduce_numbers(WarpCall& call) {
  switch (call.kind) {
  case Kind::i32:
    return reduce<std::int32_t>(call);
  case Kind::u32:
    return reduce<std::uint32_t>(call);
  case Kind::i64:
    return reduce<std::int64_t>(call);
  case Kind::u64:
    return reduce<std::uint64_t>(call);
  case Kind::f32:
    return reduce<float>(call);
  case Kind::f64:
    return reduce<double>(call);
  }
}

void reduce_bits(WarpCall& call) {
  std::uint64_t total = call.op == WarpOp::reduce_and ? ~std::uint64_t{0} : 0;
  for (std::uint32_t lane = 0; lane < call.warp_size; ++lane) {
    if (!is_active(call, lane)) continue;
    if (call.op == WarpOp::reduce_and)
      total &= call.value[lane];
    else if (call.op == WarpOp::reduce_or)
      total |= call.value[lane];
    else
      total ^= call.value[lane];
  }
  give_all(call, total);
}

} // namespace

void execute(WarpCall& call) {
  switch (call.op) {
  case WarpOp::barrier:
    return;
  case WarpOp::shuffle:
  case WarpOp::shuffle_up:
  case WarpOp::shuffle_down:
  case WarpOp::shuffle_xor:
    return shuffle(call);
  case WarpOp::ballot:
    return give_all(call, votes(call));
  case WarpOp::all:
    return give_all(call, votes(call) == call.active);
  case WarpOp::any:
    return give_all(call, votes(call) != 0);
  case WarpOp::elect:
    give_all(call, 0);
    call.result[std::countr_zero(call.active)] = 1;
    return;
  case WarpOp::reduce_add:
  case WarpOp::reduce_min:
  case WarpOp::reduce_max:
    return reduce_numbers(call);
  case WarpOp::reduce_and:
  case WarpOp::reduce_or:
  case WarpOp::reduce_xor:
    return reduce_bits(call);
  }
}

} // namespace ring::host::detail
