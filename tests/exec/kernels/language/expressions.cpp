// Expressions with effects and an order: assignments as values, increments, comma, short circuits,
// conditionals.
#include <ring/kernel.h>

namespace {

/// Records that it was called, so that what must not be evaluated shows.
bool probe(std::uint32_t& calls, std::uint32_t bit, bool answer) {
  calls |= 1u << bit;
  return answer;
}

std::int32_t take(std::int32_t& next) { return next++; }

constexpr std::int32_t kSmall = 3, kLarge = 70;

/// A choice between two objects that are constants, as a value and as a reference.
std::int32_t step(bool large) { return large ? kLarge : kSmall; }
std::int32_t bound(bool large, const std::int32_t& given) {
  const std::int32_t& limit = large ? kLarge : given;
  return limit;
}

} // namespace

RING_GLOBAL(.block = {32})
void evaluate(ring::span<const std::int32_t> in, ring::span<std::int32_t> out) {
  const auto i = ring::global_id().x;
  if (i >= in.size()) return;
  const std::int32_t x = in[i] % 1000;
  std::int32_t* results = &out[20 * i];
  std::size_t slot = 0;

  // Assignments are values.
  std::int32_t a, b, c;
  a = b = c = x;
  results[slot++] = (a += 5) * (b -= 3) + c;
  (a = 7) += x;
  results[slot++] = a;

  // Increments and decrements, before and after.
  std::int32_t n = x;
  const std::int32_t old = n++;
  results[slot++] = old * 10 + ++n;
  results[slot++] = n-- - 2;
  --n;
  results[slot++] = n;
  std::int32_t cells[4] = {1, 2, 3, 4};
  std::size_t k = 0;
  cells[k++] = cells[3];
  cells[k]++;
  cells[++k] -= 2;
  results[slot++] = cells[0] * 1000 + cells[1] * 100 + cells[2] * 10 + static_cast<std::int32_t>(k);

  // Every compound assignment.
  std::uint32_t u = static_cast<std::uint32_t>(x) | 1;
  u += 17, u -= 3, u *= 5, u /= 2, u %= 1000, u <<= 3, u >>= 1, u &= 0xFFF, u |= 0x10, u ^= 0x55;
  results[slot++] = static_cast<std::int32_t>(u);
  std::int16_t narrow = static_cast<std::int16_t>(x);
  narrow *= 100;
  narrow >>= 2;
  narrow = static_cast<std::int16_t>(-narrow);
  results[slot++] = narrow;
  float f = static_cast<float>(x);
  f += 1, f *= 0.5f, f -= 0.25f, f /= 2;
  results[slot++] = static_cast<std::int32_t>(f * 8);
  std::int32_t mixed = 10;
  mixed *= 2.75f; // as a floating-point number, then truncated
  results[slot++] = mixed;

  // What is evaluated, and what is not.
  std::uint32_t calls = 0;
  const bool both = probe(calls, 0, x > 0) && probe(calls, 1, x > 100);
  const bool either = probe(calls, 2, x > 0) || probe(calls, 3, x < -100);
  const bool choice = x % 2 == 0 ? probe(calls, 4, true) : probe(calls, 5, false);
  results[slot++] = static_cast<std::int32_t>(calls << 3 | both << 2 | either << 1 | choice);
  if (std::int32_t half = x / 2; half > 10 && (half -= 10) > 5)
    results[slot++] = half;
  else
    results[slot++] = -half;

  // Conditionals nest and yield references.
  results[slot++] = x < -500 ? -2 : x < 0 ? -1 : x == 0 ? 0 : x < 500 ? 1 : 2;
  (x > 0 ? a : b) = 99;
  results[slot++] = a + 2 * b;

  // The comma, and the order of a call's effects.
  results[slot++] = (a = 4, b = a + 1, a * b);
  std::int32_t next = x;
  const std::int32_t first = take(next), second = take(next);
  results[slot++] = first * 3 + second * 5 + next;
  const std::int32_t listed[] = {take(next), take(next),
                                 take(next)}; // braces evaluate left to right
  results[slot++] = listed[2] - listed[0] + listed[1];

  // Bool is a number and a number is a bool.
  std::int32_t truths = (x > 1) + (x > 2) + !x + !!x;
  truths += true;
  results[slot++] = truths;
  results[slot++] =
      static_cast<std::int32_t>(sizeof(results[0]) + sizeof(std::uint64_t) * 'A' + +x);
  results[slot++] = (-7 / 2) * 100 + -7 % 3 + (-16 >> 2) + static_cast<std::int32_t>(~0u >> 28);
}

/// Early returns from deep inside a void kernel; each leaves its mark before it goes.
RING_GLOBAL(.block = {32})
void leave_early(ring::span<const std::int32_t> in, ring::span<std::int32_t> out) {
  const auto i = ring::global_id().x;
  if (i >= in.size()) return;
  const std::int32_t x = in[i];
  out[i] = 0;
  if (x < 0) {
    out[i] = 1;
    if (x < -10) return;
    out[i] = 2;
  } else {
    for (std::int32_t k = 0; k < 10; ++k) {
      if (k == x) {
        out[i] = 3;
        return;
      }
      out[i] += 10;
    }
  }
  out[i] += 100;
}

/// Constants are chosen in functions that targets without pointers inline.
RING_GLOBAL(.block = {32})
void choose_constants(ring::span<const std::int32_t> in, ring::span<std::int32_t> out) {
  const auto i = ring::global_id().x;
  if (i >= in.size()) return;
  out[i] = 1000 * bound(in[i] > 10, in[i]) + step(in[i] > 0);
}
