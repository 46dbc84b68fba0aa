const Reason_expired = 200u;
const Reason_none = 0u;
const fn_1 = 4u;
const i = 7u;
const kLimit = 3u;
const kLimit_1 = 300u;
const kRounds = true;
const kScale = 0.1f;
const kShort = 65535u;
const let_1 = 2u;
const span = 16u;
const warpSize = 32u;

struct U64 {
  lo: u32,
  hi: u32,
}

struct use_constants_params {
  in_size: u32,
  out_size: u32,
  wide_size: u32,
  scaled_size: u32,
}

fn with_locals(var_1: u32) -> u32 {
  let i = var_1 * 3u;
  let kLimit = i + 1u;
  return i ^ kLimit;
}

fn code(reason: u32) -> u32 {
  switch (reason) {
    case Reason_none: {
      return let_1;
    }
    case Reason_expired: {
      return 204u;
    }
    default {}
  }
  return 0u;
}

fn u64_add(a: U64, b: U64) -> U64 {
  let lo = a.lo + b.lo;
  let carry = select(0u, 1u, lo < a.lo);
  return U64(lo, a.hi + b.hi + carry);
}

fn i64_is_negative(a: U64) -> bool {
  return i32(a.hi) < 0i;
}

fn u64_neg(a: U64) -> U64 {
  let borrow = select(0u, 1u, a.lo != 0u);
  return U64(0u - a.lo, 0u - a.hi - borrow);
}

fn i64_abs(a: U64) -> U64 {
  var value: U64;
  if (i64_is_negative(a)) {
    value = u64_neg(a);
  } else {
    value = a;
  }
  return value;
}

fn countl_zero(x: u32) -> i32 {
  return 31i - bitcast<i32>(firstLeadingBit(x));
}

fn u64_shl(a: U64, n: u32) -> U64 {
  if (n >= 32u) {
    return U64(0u, a.lo << (n & 31u));
  }
  if (n == 0u) {
    return a;
  }
  return U64(a.lo << n, (a.hi << n) | (a.lo >> (32u - n)));
}

fn u64_shr(a: U64, n: u32) -> U64 {
  if (n >= 32u) {
    return U64(a.hi >> (n & 31u), 0u);
  }
  if (n == 0u) {
    return a;
  }
  return U64((a.lo >> n) | (a.hi << (32u - n)), a.hi >> n);
}

fn u64_divide_digit(remainder: u32, next_digit: u32, divisor: u32) -> U64 {
  let divisor_high = divisor >> 16u;
  let divisor_low = divisor & 65535u;
  var digit = remainder / divisor_high;
  var rest = remainder - digit * divisor_high;
  while (digit >= 65536u || digit * divisor_low > ((rest << 16u) | next_digit)) {
    digit--;
    rest += divisor_high;
    if (rest >= 65536u) { break; }
  }
  return U64(digit, ((remainder << 16u) | next_digit) - digit * divisor);
}

fn u64_divide_by_word(a: U64, divisor: u32) -> u32 {
  let shift = u32(countl_zero(divisor));
  let scaled_divisor = divisor << shift;
  let scaled = u64_shl(a, shift);
  let first = u64_divide_digit(scaled.hi, scaled.lo >> 16u, scaled_divisor);
  let second = u64_divide_digit(first.hi, scaled.lo & 65535u, scaled_divisor);
  return (first.lo << 16u) + second.lo;
}

fn mul_hi(a: u32, b: u32) -> u32 {
  let a_low = a & 65535u;
  let a_high = a >> 16u;
  let b_low = b & 65535u;
  let b_high = b >> 16u;
  let middle = a_high * b_low + ((a_low * b_low) >> 16u);
  let carry = a_low * b_high + (middle & 65535u);
  return a_high * b_high + (middle >> 16u) + (carry >> 16u);
}

fn u64_mul_words(a: u32, b: u32) -> U64 {
  return U64(a * b, mul_hi(a, b));
}

fn u64_mul(a: U64, b: U64) -> U64 {
  let low = u64_mul_words(a.lo, b.lo);
  return U64(low.lo, low.hi + a.lo * b.hi + a.hi * b.lo);
}

fn u64_sub(a: U64, b: U64) -> U64 {
  let borrow = select(0u, 1u, a.lo < b.lo);
  return U64(a.lo - b.lo, a.hi - b.hi - borrow);
}

fn u64_le(a: U64, b: U64) -> bool {
  return a.hi < b.hi || (a.hi == b.hi && a.lo <= b.lo);
}

fn u64_divide_by_large(a: U64, b: U64) -> U64 {
  let shift = u32(countl_zero(b.hi));
  let divisor = u64_shl(b, shift).hi;
  let guess = u64_divide_by_word(u64_shr(a, 1u), divisor);
  var quotient = u64_shr(u64_shl(U64(guess, 0u), shift), 31u).lo;
  if (quotient != 0u) {
    quotient--;
  }
  let rest = u64_sub(a, u64_mul(U64(quotient, 0u), b));
  if (u64_le(b, rest)) {
    quotient++;
  }
  return U64(quotient, 0u);
}

fn u64_div(a: U64, b: U64) -> U64 {
  if (b.hi != 0u) {
    return u64_divide_by_large(a, b);
  }
  if (b.lo == 0u) {
    return U64(4294967295u, 4294967295u);
  }
  let high = a.hi / b.lo;
  let rest = a.hi - high * b.lo;
  if (rest == 0u) {
    return U64(a.lo / b.lo, high);
  }
  return U64(u64_divide_by_word(U64(a.lo, rest), b.lo), high);
}

fn i64_div(a: U64, b: U64) -> U64 {
  let quotient = u64_div(i64_abs(a), i64_abs(b));
  var value: U64;
  if (i32(i64_is_negative(a)) != i32(i64_is_negative(b))) {
    value = u64_neg(quotient);
  } else {
    value = quotient;
  }
  return value;
}

@group(0) @binding(0) var<storage, read> in: array<u32>;
@group(0) @binding(1) var<storage, read_write> out: array<u32>;
@group(0) @binding(2) var<storage, read_write> wide: array<U64>;
@group(0) @binding(3) var<storage, read_write> scaled: array<f32>;
@group(0) @binding(4) var<storage, read> params: use_constants_params;

@compute @workgroup_size(32)
fn use_constants(@builtin(global_invocation_id) global_id: vec3<u32>) {
  let at = global_id.x;
  if (at >= params.in_size) { return; }
  var x = in[at];
  var sum = select(x & kLimit_1, kLimit, x < kLimit);
  var temporary = kLimit_1;
  let value = select(x, temporary, x < temporary);
  var temporary_1 = max(x, i);
  let value_1 = value + temporary_1;
  var temporary_2 = min(kLimit, x);
  sum += value_1 - temporary_2;
  sum ^= (x & 11u) << fn_1;
  sum += with_locals(x) % span + code(select(Reason_expired, Reason_none, x % 2u == 0u)) * warpSize;
  sum += u32(131070i + i32((x + kShort) & 255u));
  if (at < params.out_size) {
    out[at] = select(0u, sum, kRounds);
  }
  if (at < params.wide_size) {
    wide[at] = u64_sub(u64_add(i64_div(u64_add(U64(0u, 2147483648u), U64(x, 0u)), U64(4294967280u, 4294967295u)), U64(65535u, 0u)), U64(4294967280u, 4294967295u));
  }
  if (at < params.scaled_size) {
    scaled[at] = f32(x) * kScale;
  }
}
