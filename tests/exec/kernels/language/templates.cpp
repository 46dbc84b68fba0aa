// Templates: functions, classes, values, packs and folds, specialization, concepts, if constexpr,
// constant evaluation.
#include <ring/kernel.h>

#include <type_traits>

namespace {

template <class T> struct Traits {
  static constexpr std::uint32_t kBits = 8 * sizeof(T);
  static constexpr bool kReal = false;
};

template <> struct Traits<float> {
  static constexpr bool kReal = true;
};

template <class T>
concept Integral = std::is_integral_v<T>;

template <Integral T> T halve(T value) { return value >> 1; }
inline float halve(float value) { return value * 0.5f; }

template <class T> std::int32_t describe(T value) {
  if constexpr (Traits<T>::kReal) {
    return static_cast<std::int32_t>(value * 10.0f);
  } else if constexpr (std::is_signed_v<T>) {
    return -static_cast<std::int32_t>(Traits<T>::kBits) + static_cast<std::int32_t>(value);
  } else {
    return static_cast<std::int32_t>(Traits<T>::kBits) + static_cast<std::int32_t>(value);
  }
}

template <class... T> std::int32_t sum_of(T... values) {
  return (static_cast<std::int32_t>(values) + ...);
}

template <class T, std::size_t N> class Polynomial {
public:
  template <class... C> constexpr explicit Polynomial(C... coefficients)
      : coefficients_{coefficients...} {
    static_assert(sizeof...(C) == N, "one coefficient for each power");
  }
  constexpr T operator()(T x) const {
    T result = 0;
    for (std::size_t i = N; i-- > 0;)
      result = result * x + coefficients_[i];
    return result;
  }

private:
  T coefficients_[N];
};

template <std::uint32_t N> constexpr std::uint32_t kFactorial = N * kFactorial<N - 1>;
template <> constexpr std::uint32_t kFactorial<0> = 1;

consteval std::uint32_t power_of_two_above(std::uint32_t n) {
  std::uint32_t power = 1;
  while (power <= n)
    power *= 2;
  return power;
}

static_assert(kFactorial<6> == 720);
static_assert(power_of_two_above(100) == 128);

/// Unrolled by the compiler: the recursion ends in the AST, so there is none on the device.
template <int N> std::int32_t sum_of_squares(const std::int32_t* values) {
  if constexpr (N == 0)
    return 0;
  else
    return values[N - 1] * values[N - 1] + sum_of_squares<N - 1>(values);
}

} // namespace

RING_GLOBAL(.block = {power_of_two_above(20)})
void use_templates(ring::span<const std::int32_t> in, ring::span<std::int32_t> out) {
  const auto i = ring::global_id().x;
  if (i >= in.size()) return;
  const std::int32_t x = in[i] % 1000;
  std::int32_t* results = &out[8 * i];

  constexpr Polynomial<std::int32_t, 4> cubic(5, -3, 0, 2);
  static_assert(cubic(2) == 15);
  const std::int32_t small[3] = {x, x % 7, 2};

  results[0] = describe(static_cast<std::uint8_t>(x)) + describe(static_cast<std::int16_t>(x));
  results[1] = describe(halve(static_cast<float>(x))) + halve(x);
  results[2] = sum_of(x, static_cast<std::uint8_t>(x), 2.75f, true, 'a');
  results[3] = cubic(x);
  results[4] = static_cast<std::int32_t>(kFactorial<10> / static_cast<std::uint32_t>(1 + (x & 7)));
  results[5] = sum_of_squares<3>(small);
  results[6] = Polynomial<std::int32_t, 2>(x, x)(-1);
  results[7] = static_cast<std::int32_t>(power_of_two_above(1000) + Traits<std::int64_t>::kBits);
}
