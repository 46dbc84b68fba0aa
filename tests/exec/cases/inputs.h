// Deterministic inputs: the same values on every machine and standard library, from a seed written
// in the case.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace ring::exec {

/// SplitMix64 (Steele, Lea and Flood 2014).
class Random {
public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t bits() {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  /// 0 … bound − 1. The bias of the remainder does not matter to a test.
  std::uint64_t below(std::uint64_t bound) { return bits() % bound; }
  /// Uniform in [0, 1), a multiple of 2^-24 so that f32 holds it exactly.
  double unit() { return static_cast<double>(bits() >> 40) / 16777216.0; }

private:
  std::uint64_t state_;
};

/// Reals in [low, high).
template <class Real>
std::vector<Real> uniform(std::size_t n, double low, double high, std::uint64_t seed) {
  Random random(seed);
  std::vector<Real> values(n);
  for (Real& v : values)
    v = static_cast<Real>(low + (high - low) * random.unit());
  return values;
}

/// Whole numbers in [low, high] as any type. Small ones as floats make sums and products exact in
/// any order.
template <class T>
std::vector<T> whole(std::size_t n, std::int64_t low, std::int64_t high, std::uint64_t seed) {
  Random random(seed);
  std::vector<T> values(n);
  for (T& v : values)
    v = static_cast<T>(
        low + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(high - low) + 1)));
  return values;
}

/// All bit patterns of an integer type alike.
template <class T> std::vector<T> any_bits(std::size_t n, std::uint64_t seed) {
  static_assert(std::is_integral_v<T>);
  Random random(seed);
  std::vector<T> values(n);
  for (T& v : values)
    v = static_cast<T>(random.bits());
  return values;
}

template <class T> std::vector<T> filled(std::size_t n, T value) {
  return std::vector<T>(n, value);
}

} // namespace ring::exec
