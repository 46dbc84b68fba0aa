// The math library against the host's <cmath> in more precision: each function within its bound.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

#include "ring/library/math.h"

namespace {

namespace library = ring::library;

template <typename T> struct Wider {
  using type = double;
};
template <> struct Wider<double> {
  using type = long double;
};
template <typename T> using Reference = typename Wider<T>::type;

template <typename T> T bits_to_float(std::uint64_t bits) {
  if constexpr (sizeof(T) == 4)
    return std::bit_cast<float>(static_cast<std::uint32_t>(bits));
  else
    return std::bit_cast<double>(bits);
}

/// Distance in units of the last place of the true value; 0 for equal specials.
template <typename T> double ulp_error(T got, Reference<T> wanted) {
  const T rounded = static_cast<T>(wanted);
  if (std::isnan(got) || std::isnan(rounded))
    return std::isnan(got) && std::isnan(rounded) ? 0 : 1e30;
  if (std::isinf(got) || std::isinf(rounded)) {
    if (got == rounded) return 0;
    // One rounding away from infinity still counts as one.
    const T other = std::isinf(got) ? rounded : got;
    return std::fabs(other) == std::numeric_limits<T>::max() ? 1 : 1e30;
  }
  const int exponent = std::max(std::ilogb(std::max(std::fabs(wanted), Reference<T>(1e-300L))),
                                std::numeric_limits<T>::min_exponent - 1);
  return static_cast<double>(
      std::fabs(static_cast<Reference<T>>(got) - wanted) /
      std::scalbn(Reference<T>(1), exponent - std::numeric_limits<T>::digits + 1));
}

/// Numbers between low and high: evenly spread, close to the ends, and by exponent.
template <typename T> class Numbers {
public:
  Numbers(double low, double high, unsigned seed) : low_(low), high_(high), random_(seed) {}

  T operator()() {
    std::uniform_real_distribution<double> even(0, 1);
    for (;;) {
      double x;
      switch (random_() % 3) {
      case 0:
        x = low_ + (high_ - low_) * even(random_);
        break;
      case 1:
        x = std::ldexp(even(random_) + 1, static_cast<int>(random_() % 64) - 48);
        break;
      default:
        x = static_cast<double>(bits_to_float<T>(random_()));
      }
      if (random_() % 2 == 0 && low_ < 0) x = -x;
      const T value = static_cast<T>(x);
      if (value >= low_ && value <= high_) return value;
    }
  }

private:
  double low_;
  double high_;
  std::mt19937_64 random_;
};

constexpr int kSamples = 200'000;

/// The largest error over the samples, for the message too.
template <typename T, typename Got, typename Wanted>
void check_unary(const char* name, double bound, double low, double high, Got got, Wanted wanted) {
  Numbers<T> numbers(low, high, 12345);
  double worst = 0;
  T worst_at = 0;
  for (int i = 0; i < kSamples; ++i) {
    const T x = numbers();
    const double error = ulp_error<T>(got(x), wanted(static_cast<Reference<T>>(x)));
    if (error > worst) {
      worst = error;
      worst_at = x;
    }
  }
  EXPECT_LE(worst, bound) << name << " at " << std::hexfloat << worst_at;
  ::testing::Test::RecordProperty(name, std::to_string(worst));
  if (std::getenv("RING_PRINT_ULP"))
    std::printf("%-12s %-7s %.3f at %a\n", name, sizeof(T) == 4 ? "float" : "double", worst,
                static_cast<double>(worst_at));
  for (const T x :
       {T(0), T(-0.0), std::numeric_limits<T>::infinity(), -std::numeric_limits<T>::infinity(),
        std::numeric_limits<T>::quiet_NaN(), T(1), T(-1), T(0.5), T(2), T(-2)}) {
    const T expected = static_cast<T>(wanted(static_cast<Reference<T>>(x)));
    EXPECT_LE(ulp_error<T>(got(x), expected), bound) << name << " at " << x;
    if (expected == T(0)) {
      EXPECT_EQ(std::signbit(got(x)), std::signbit(expected)) << name << " at " << x;
    }
  }
}

template <typename T, typename Got, typename Wanted>
void check_binary(const char* name, double bound, double low, double high, Got got, Wanted wanted,
                  double low2, double high2) {
  Numbers<T> first(low, high, 999);
  Numbers<T> second(low2, high2, 777);
  double worst = 0;
  T worst_x = 0, worst_y = 0;
  const auto check = [&](T x, T y) {
    const double error =
        ulp_error<T>(got(x, y), wanted(static_cast<Reference<T>>(x), static_cast<Reference<T>>(y)));
    if (error > worst) {
      worst = error;
      worst_x = x;
      worst_y = y;
    }
  };
  for (int i = 0; i < kSamples; ++i)
    check(first(), second());
  EXPECT_LE(worst, bound) << name << " at " << std::hexfloat << worst_x << ", " << worst_y;
  if (std::getenv("RING_PRINT_ULP"))
    std::printf("%-12s %-7s %.3f at %a %a\n", name, sizeof(T) == 4 ? "float" : "double", worst,
                static_cast<double>(worst_x), static_cast<double>(worst_y));
  constexpr T kInfinity = std::numeric_limits<T>::infinity();
  const T specials[] = {T(0),    T(-0.0),   T(1),       T(-1),
                        T(2),    T(-2),     T(3),       T(0.5),
                        T(-1.5), kInfinity, -kInfinity, std::numeric_limits<T>::quiet_NaN()};
  for (const T x : specials)
    for (const T y : specials) {
      const T expected = wanted(x, y);
      EXPECT_LE(ulp_error<T>(got(x, y), expected), bound) << name << " at " << x << ", " << y;
      // C leaves it open which of two zeros is the lesser.
      const bool is_open = x == y && (name == std::string("fmin") || name == std::string("fmax"));
      if (expected == T(0) && !is_open) {
        EXPECT_EQ(std::signbit(got(x, y)), std::signbit(expected))
            << name << " at " << x << ", " << y;
      }
    }
}

#define UNARY(f, bound, low, high)                                                                 \
  check_unary<TypeParam>(                                                                          \
      #f, bound, low, high, [](TypeParam x) { return library::f(x); },                             \
      [](auto x) { return std::f(x); })
#define BINARY(f, bound, low, high, low2, high2)                                                   \
  check_binary<TypeParam>(                                                                         \
      #f, bound, low, high, [](TypeParam x, TypeParam y) { return library::f(x, y); },             \
      [](auto x, auto y) { return std::f(x, y); }, low2, high2)

template <typename T> class Math : public ::testing::Test {
protected:
  static constexpr bool kIsFloat = sizeof(T) == 4;
  static constexpr double kMax = std::numeric_limits<T>::max();
};
using Floats = ::testing::Types<float, double>;
TYPED_TEST_SUITE(Math, Floats);

TYPED_TEST(Math, Exponentials) {
  const double top = this->kIsFloat ? 95 : 750;
  UNARY(exp, 1.2, -1.2 * top, top);
  UNARY(exp2, 1.2, -1.5 * top, 1.4 * top);
  UNARY(expm1, 2.0, -top, top);
  UNARY(sinh, 3.0, -top, top);
  UNARY(cosh, 3.0, -top, top);
  UNARY(tanh, 2.6, -top, top);
}

TYPED_TEST(Math, Logarithms) {
  const double top = this->kMax;
  UNARY(log, 1.0, 0, top);
  UNARY(log2, 1.2, 0, top);
  UNARY(log10, 1.2, 0, top);
  UNARY(log1p, 1.5, -1, top);
  UNARY(log, 1.0, 0.5, 2);
  UNARY(log2, 1.2, 0.5, 2);
  UNARY(log10, 1.2, 0.5, 2);
  UNARY(asinh, 2.5, -top, top);
  UNARY(acosh, 2.5, 1, top);
  UNARY(atanh, 2.5, -1, 1);
}

TYPED_TEST(Math, Powers) {
  BINARY(pow, 1.2, 0, 100, -50, 50);
  BINARY(pow, 1.2, 0.9, 1.1, -8000, 8000);
  BINARY(pow, 1.2, 0, this->kMax, -8, 8);
  UNARY(cbrt, 1.0, -this->kMax, this->kMax);
  BINARY(hypot, 1.2, -1000, 1000, -1000, 1000);
  BINARY(hypot, 1.2, -this->kMax, this->kMax, -this->kMax, this->kMax);
  check_unary<TypeParam>(
      "rsqrt", 1.5, 1e-30, 1e30, [](TypeParam x) { return library::rsqrt(x); },
      [](auto x) { return 1 / std::sqrt(x); });
}

TYPED_TEST(Math, NegativeBasesTakeIntegerPowers) {
  for (int n = -9; n <= 9; ++n) {
    EXPECT_EQ(library::pow(TypeParam(-2), TypeParam(n)), std::pow(TypeParam(-2), TypeParam(n)));
    EXPECT_TRUE(std::isnan(library::pow(TypeParam(-2), TypeParam(n) + TypeParam(0.5))));
  }
}

TYPED_TEST(Math, Trigonometry) {
  const double reach = this->kIsFloat ? 8000 : 1e6;
  UNARY(sin, 1.5, -4, 4);
  UNARY(cos, 1.5, -4, 4);
  UNARY(tan, 2.8, -4, 4);
  UNARY(sin, 2.5, -reach, reach);
  UNARY(cos, 2.5, -reach, reach);
  UNARY(tan, 4.0, -reach, reach);
  UNARY(sin, 2.5, -this->kMax, this->kMax);
  UNARY(cos, 2.5, -this->kMax, this->kMax);
  UNARY(tan, 4.0, -this->kMax, this->kMax);
  UNARY(asin, 2.5, -1, 1);
  UNARY(acos, 2.2, -1, 1);
  UNARY(atan, 1.8, -this->kMax, this->kMax);
  BINARY(atan2, 2.2, -100, 100, -100, 100);
}

TYPED_TEST(Math, ErrorFunctions) {
  UNARY(erf, 1.5, -7, 7);
  UNARY(erfc, 6, -7, 28);
}

TYPED_TEST(Math, ExactFunctions) {
  UNARY(round, 0, -100, 100);
  UNARY(round, 0, -this->kMax, this->kMax);
  UNARY(logb, 0, -this->kMax, this->kMax);
  BINARY(fmin, 0, -2, 2, -2, 2);
  BINARY(fmax, 0, -2, 2, -2, 2);
  BINARY(fdim, 0.5, -2, 2, -2, 2);
  BINARY(copysign, 0, -2, 2, -2, 2);
  // Not in more precision: these are the type's own.
  Numbers<TypeParam> a(-this->kMax, this->kMax, 1), b(-this->kMax, this->kMax, 2);
  for (int i = 0; i < kSamples; ++i) {
    const TypeParam x = a(), y = b();
    ASSERT_EQ(library::fmod(x, y), std::fmod(x, y)) << x << " " << y;
    ASSERT_EQ(library::remainder(x, y), std::remainder(x, y)) << x << " " << y;
    ASSERT_EQ(library::nextafter(x, y), std::nextafter(x, y)) << x << " " << y;
    ASSERT_EQ(library::ilogb(x), std::ilogb(x)) << x;
    ASSERT_EQ(library::isnormal(x), std::isnormal(x)) << x;
    int exponent, expected_exponent;
    ASSERT_EQ(library::frexp(x, &exponent), std::frexp(x, &expected_exponent)) << x;
    ASSERT_EQ(exponent, expected_exponent) << x;
    TypeParam whole, expected_whole;
    ASSERT_EQ(library::modf(x, &whole), std::modf(x, &expected_whole)) << x;
    ASSERT_EQ(whole, expected_whole);
    const int k = static_cast<int>(i % 4400) - 2200;
    ASSERT_EQ(library::ldexp(x, k), std::ldexp(x, k)) << x << " by " << k;
  }
  const TypeParam infinity = std::numeric_limits<TypeParam>::infinity();
  EXPECT_EQ(library::fmod(TypeParam(3), infinity), 3);
  EXPECT_EQ(library::remainder(TypeParam(-3), infinity), -3);
  EXPECT_TRUE(std::isnan(library::fmod(TypeParam(3), TypeParam(0))));
  EXPECT_TRUE(std::isnan(library::remainder(infinity, TypeParam(2))));
  EXPECT_EQ(library::remainder(TypeParam(3), TypeParam(2)), -1);
  EXPECT_EQ(library::remainder(TypeParam(5), TypeParam(2)), 1);
  const TypeParam max = std::numeric_limits<TypeParam>::max();
  EXPECT_EQ(library::remainder(max, max * TypeParam(0.75)),
            std::remainder(max, max * TypeParam(0.75)));
  EXPECT_EQ(library::ilogb(TypeParam(0)), std::ilogb(TypeParam(0)));
  EXPECT_EQ(library::lround(TypeParam(-2.5)), -3);
  EXPECT_EQ(library::lrint(TypeParam(2.5)), 2);
}

TYPED_TEST(Math, FusedMultiplyAddRoundsOnce) {
  std::mt19937_64 random(5);
  const auto any = [&] { return bits_to_float<TypeParam>(random()); };
  const auto near_one = [&] {
    return static_cast<TypeParam>(1 + std::ldexp(static_cast<double>(random() % 1024),
                                                 -10 - static_cast<int>(random() % 43)));
  };
  const auto same = [](TypeParam x, TypeParam y) {
    return (std::isnan(x) && std::isnan(y)) || (x == y && std::signbit(x) == std::signbit(y));
  };
  for (int i = 0; i < 2'000'000; ++i) {
    TypeParam a = any(), b = any(), c = any();
    if (i % 4 == 1) { // the sum cancels
      a = near_one();
      b = near_one();
      c = -a * b;
    } else if (i % 4 == 2) { // of like size
      b = std::ldexp(near_one(), -std::ilogb(a));
      c = static_cast<TypeParam>(random() % 3 - 1.0) * near_one();
    } else if (i % 4 == 3) { // near the smallest numbers
      a = std::ldexp(near_one(), -70);
      b = std::ldexp(near_one(), this->kIsFloat ? -70 : -990);
      c = bits_to_float<TypeParam>(random() % 4096);
    }
    const TypeParam got = library::fma(a, b, c);
    ASSERT_TRUE(same(got, std::fma(a, b, c))) << std::hexfloat << a << " * " << b << " + " << c
                                              << " = " << got << ", not " << std::fma(a, b, c);
  }
}

} // namespace
