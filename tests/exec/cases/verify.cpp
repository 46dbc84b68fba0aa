#include "verify.h"

#include <bit>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <limits>
#include <optional>
#include <type_traits>

namespace ring::exec {
namespace {

/// Distance in units in the last place: floats in order are integers in order, once negative ones
/// are turned round.
template <class Real> double ulps_between(Real a, Real b) {
  using Bits = std::conditional_t<sizeof(Real) == 4, std::int32_t, std::int64_t>;
  const auto ordered = [](Real value) {
    const Bits bits = std::bit_cast<Bits>(value);
    constexpr Bits kLowest = std::numeric_limits<Bits>::min();
    return bits < 0 ? static_cast<long double>(kLowest) - bits : static_cast<long double>(bits);
  };
  return static_cast<double>(std::fabs(ordered(a) - ordered(b)));
}

template <class Real> double distance(Metric metric, Real got, Real expected, double floor) {
  if (std::isnan(got) && std::isnan(expected)) return 0;
  if (got == expected) return 0;
  if (std::isnan(got) || std::isnan(expected)) return HUGE_VAL;
  const double difference = std::fabs(static_cast<double>(got) - static_cast<double>(expected));
  switch (metric) {
  case Metric::ulp:
    return ulps_between(got, expected);
  case Metric::abs:
    return difference;
  case Metric::rel:
    return difference / std::fmax(std::fabs(static_cast<double>(expected)), floor);
  case Metric::exact:
  case Metric::ignored:
    break;
  }
  return 0;
}

template <class T> T load(const std::vector<std::byte>& bytes, std::size_t index) {
  T value;
  std::memcpy(&value, bytes.data() + index * sizeof(T), sizeof(T));
  return value;
}

std::string hex(const std::vector<std::byte>& bytes, std::size_t begin, std::size_t size) {
  std::string text = "0x";
  char digits[3];
  for (std::size_t i = size; i-- > 0;) { // little-endian: the highest byte first reads as a number
    std::snprintf(digits, sizeof digits, "%02x", static_cast<unsigned>(bytes[begin + i]));
    text += digits;
  }
  return text;
}

std::string place(const Buffer& buffer, std::size_t index) {
  return buffer.name + "[" + std::to_string(index) + "]: ";
}

/// The first element that differs in a byte.
std::string find_difference(const Buffer& buffer, const std::vector<std::byte>& got,
                            const std::vector<std::byte>& expected) {
  const std::size_t size = buffer.element_size;
  for (std::size_t at = 0; at + size <= got.size(); at += size) {
    if (std::memcmp(got.data() + at, expected.data() + at, size) == 0) continue;
    return place(buffer, at / size) + "got " + hex(got, at, size) + ", expected " +
           hex(expected, at, size);
  }
  return {};
}

template <class Real> void compare_reals(const Buffer& buffer, const std::vector<std::byte>& got,
                                         const std::vector<std::byte>& expected,
                                         Arithmetic arithmetic, Verdict& verdict) {
  const Comparison& rule = buffer.comparison;
  const bool strict = arithmetic == Arithmetic::strict;
  const double bound = strict ? rule.strict_bound : rule.loose_bound;
  const std::size_t count = got.size() / sizeof(Real);
  const auto allowed_outliers =
      static_cast<std::size_t>(strict ? 0 : rule.outliers * static_cast<double>(count));
  std::size_t outliers = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const Real a = load<Real>(got, i), b = load<Real>(expected, i);
    const double d = distance(rule.metric, a, b, rule.floor);
    if (d > verdict.max_error) verdict.max_error = d, verdict.metric = rule.metric;
    if (d <= bound || ++outliers <= allowed_outliers || !verdict.ok) continue;
    char text[160];
    std::snprintf(text, sizeof text, "got %.17g, expected %.17g, error %.3g > %.3g",
                  static_cast<double>(a), static_cast<double>(b), d, bound);
    verdict.ok = false;
    verdict.what = place(buffer, i) + text;
  }
}

void compare_buffer(const Buffer& buffer, std::vector<std::byte> got,
                    std::vector<std::byte> expected, Arithmetic arithmetic, Verdict& verdict) {
  const Comparison& rule = buffer.comparison;
  if (rule.metric == Metric::ignored) return;
  if (got.size() != expected.size()) {
    verdict.ok = false;
    verdict.what = buffer.name + ": " + std::to_string(got.size()) + " bytes came back, not " +
                   std::to_string(expected.size());
    return;
  }
  if (rule.normalize) {
    rule.normalize(got);
    rule.normalize(expected);
  }
  if (rule.metric != Metric::exact) {
    switch (rule.elements.value_or(buffer.element)) {
    case Element::f32:
      return compare_reals<float>(buffer, got, expected, arithmetic, verdict);
    case Element::f64:
      return compare_reals<double>(buffer, got, expected, arithmetic, verdict);
    case Element::i32:
      return compare_reals<std::int32_t>(buffer, got, expected, arithmetic, verdict);
    case Element::u32:
      return compare_reals<std::uint32_t>(buffer, got, expected, arithmetic, verdict);
    default:
      break; // other integers and records have no distance: they are compared exactly
    }
  }
  const std::string difference = find_difference(buffer, got, expected);
  if (difference.empty()) return;
  verdict.ok = false;
  verdict.what = difference;
}

} // namespace

Memory run_oracle(const Case& c, std::uint32_t warp_size) {
  Memory memory;
  for (const Buffer& buffer : c.buffers)
    memory.push_back(buffer.bytes);
  for (const Launch& launch : c.launches)
    launch.host(memory, warp_size);
  return memory;
}

Verdict verify(const Case& c, const Memory& got, Arithmetic arithmetic) {
  return verify(c, got, run_oracle(c), arithmetic);
}

Verdict verify(const Case& c, const Memory& got, const Memory& expected, Arithmetic arithmetic) {
  Verdict verdict;
  if (got.size() != c.buffers.size())
    return {false, "not every buffer came back", 0, Metric::exact};
  for (std::size_t i = 0; i < got.size() && verdict.ok; ++i)
    compare_buffer(c.buffers[i], got[i], expected[i], arithmetic, verdict);
  if (!verdict.ok || !c.check) return verdict;
  verdict.what = c.check(got, arithmetic);
  verdict.ok = verdict.what.empty();
  return verdict;
}

} // namespace ring::exec
