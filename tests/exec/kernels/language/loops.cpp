// Loops of every kind, nested, with break, continue and return at any depth.
#include <ring/kernel.h>

namespace {

std::uint32_t collatz(std::uint32_t n) {
  std::uint32_t steps = 0;
  while (n > 1) {
    n = n % 2 == 0 ? n / 2 : 3 * n + 1;
    if (++steps == 500) break;
  }
  return steps;
}

std::uint32_t digits(std::uint32_t n) {
  std::uint32_t count = 0;
  do {
    ++count;
  } while ((n /= 10) != 0);
  return count;
}

/// continue in a do-while goes to the condition, not to the top.
std::uint32_t odd_digits(std::uint32_t n) {
  std::uint32_t sum = 0;
  do {
    if (n % 2 == 0) continue;
    sum += n % 10;
  } while ((n /= 10) != 0);
  return sum;
}

/// Returns from three loops at once.
std::uint32_t pythagorean(std::uint32_t perimeter) {
  for (std::uint32_t a = 1; a < perimeter; ++a) {
    for (std::uint32_t b = a; b < perimeter; ++b) {
      if (a + b >= perimeter) break;
      for (std::uint32_t c = b; c < perimeter; ++c) {
        if (a + b + c > perimeter) break;
        if (a + b + c == perimeter && a * a + b * b == c * c) return a << 20 | b << 10 | c;
      }
    }
  }
  return 0;
}

bool is_prime(std::uint32_t n) {
  if (n < 2) return false;
  for (std::uint32_t d = 2; d * d <= n; ++d)
    if (n % d == 0) return false;
  return true;
}

} // namespace

RING_GLOBAL(.block = {32})
void use_loops(ring::span<const std::uint32_t> in, ring::span<std::uint32_t> out) {
  const auto i = ring::global_id().x;
  if (i >= in.size()) return;
  const std::uint32_t n = in[i];
  std::uint32_t* results = &out[10 * i];

  results[0] = collatz(n % 100000);
  results[1] = digits(n);
  results[2] = odd_digits(n);
  results[3] = pythagorean(n % 60);

  std::uint32_t primes = 0;
  for (std::uint32_t k = 0; k < n % 100; ++k) {
    if (!is_prime(k)) continue;
    primes += k;
  }
  results[4] = primes;

  std::uint32_t met = 0;
  for (std::uint32_t low = 10, high = 10 + n % 50; low < high; ++low, high -= 2)
    met += high - low;
  results[5] = met;

  std::uint32_t countdown = 0;
  for (std::uint32_t k = n % 20; k-- > 0;)
    countdown = countdown * 3 + k;
  results[6] = countdown;

  const std::uint32_t table[] = {n & 3, n & 7, n & 15, n & 31, n & 63};
  std::uint32_t until_repeat = 0;
  std::uint32_t last = ~0u;
  for (const std::uint32_t entry : table) {
    if (entry == last) break;
    last = entry;
    until_repeat += entry;
  }
  results[7] = until_repeat;

  std::uint32_t endless = n | 1, turns = 0;
  for (;;) {
    endless = endless * 1103515245u + 12345u;
    if (endless % 16 == 5) break;
    if (endless % 2 == 0) {
      turns += 2;
      continue;
    }
    while (true) {
      ++turns;
      if (turns % 3 == 0) break;
    }
    if (turns > 60) break;
  }
  results[8] = turns;

  bool found = false;
  std::uint32_t pairs = 0;
  for (std::uint32_t a = 0; a < 12 && !found; ++a) {
    for (std::uint32_t b = 0; b <= a; ++b, ++pairs) {
      if (a * b == n % 97) {
        found = true;
        break;
      }
    }
  }
  results[9] = found ? pairs : pairs | 0x80000000u;
}
