// Classes: constructors, member functions, operators of every kind, inheritance without virtual
// functions.
#include <ring/kernel.h>

namespace {

class Rational {
public:
  constexpr Rational() = default;
  constexpr Rational(std::int32_t whole) : Rational(whole, 1) {}
  constexpr Rational(std::int32_t numerator, std::int32_t denominator)
      : numerator_(numerator), denominator_(denominator) {
    reduce();
  }

  constexpr std::int32_t numerator() const { return numerator_; }
  constexpr std::int32_t denominator() const { return denominator_; }

  constexpr Rational operator-() const { return {-numerator_, denominator_}; }
  constexpr Rational operator+(const Rational& o) const {
    return {numerator_ * o.denominator_ + o.numerator_ * denominator_,
            denominator_ * o.denominator_};
  }
  constexpr Rational& operator*=(const Rational& o) {
    numerator_ *= o.numerator_;
    denominator_ *= o.denominator_;
    reduce();
    return *this;
  }
  friend constexpr Rational operator*(Rational a, const Rational& b) { return a *= b; }
  friend constexpr bool operator==(const Rational&, const Rational&) = default;
  friend constexpr bool operator<(const Rational& a, const Rational& b) {
    return a.numerator_ * b.denominator_ < b.numerator_ * a.denominator_;
  }
  constexpr Rational& operator++() {
    numerator_ += denominator_;
    return *this;
  }
  constexpr Rational operator++(int) {
    const Rational old = *this;
    ++*this;
    return old;
  }
  constexpr explicit operator bool() const { return numerator_ != 0; }
  constexpr explicit operator float() const {
    return static_cast<float>(numerator_) / static_cast<float>(denominator_);
  }

private:
  static constexpr std::int32_t gcd(std::int32_t a, std::int32_t b) {
    while (b != 0) {
      const std::int32_t rest = a % b;
      a = b;
      b = rest;
    }
    return a < 0 ? -a : a;
  }

  constexpr void reduce() {
    const std::int32_t common = gcd(numerator_, denominator_);
    numerator_ /= common;
    denominator_ /= common;
    if (denominator_ < 0) numerator_ = -numerator_, denominator_ = -denominator_;
  }

  std::int32_t numerator_ = 0;
  std::int32_t denominator_ = 1;
};

struct Shape {
  static constexpr std::int32_t kUnit = 100;
  std::int32_t id = 0;

  std::int32_t area() const { return 0; }
  void rename(std::int32_t to) { id = to; }
};

struct Rectangle : Shape {
  std::int32_t width, height;

  Rectangle(std::int32_t w, std::int32_t h) : width(w), height(h) { rename(w * kUnit + h); }
  std::int32_t area() const { return width * height + Shape::area(); }
};

struct Matrix {
  std::int32_t cells[2][2] = {};

  std::int32_t& operator()(int row, int column) { return cells[row][column]; }
  const std::int32_t* operator[](int row) const { return cells[row]; }
  static Matrix identity() {
    Matrix m;
    m(0, 0) = m(1, 1) = 1;
    return m;
  }
  friend Matrix operator*(const Matrix& a, const Matrix& b) {
    Matrix product;
    for (int i = 0; i < 2; ++i)
      for (int j = 0; j < 2; ++j)
        for (int k = 0; k < 2; ++k)
          product(i, j) += a[i][k] * b[k][j];
    return product;
  }
};

/// Counts in a member through a chain of calls that return *this.
class Counter {
public:
  explicit Counter(std::int32_t start) : value_(start) {}
  Counter& add(std::int32_t n) {
    value_ += n;
    return *this;
  }
  Counter& twice() { return add(value_); }
  std::int32_t value() const { return value_; }

private:
  std::int32_t value_;
};

} // namespace

/// Pairs of small numbers in; eight results a pair.
RING_GLOBAL(.block = {32})
void use_classes(ring::span<const std::int32_t> in, ring::span<std::int32_t> out,
                 ring::span<float> quotients) {
  const auto i = ring::global_id().x;
  if (2 * i + 2 > in.size()) return;
  const std::int32_t a = in[2 * i];
  const std::int32_t b = in[2 * i + 1];

  Rational r = Rational(a, 6) + -Rational(b, 4);
  r *= 3;
  const Rational before = r++;
  if (r < before * Rational(1, 2)) ++r;

  Matrix power = Matrix::identity();
  Matrix fibonacci;
  fibonacci(0, 0) = fibonacci(0, 1) = fibonacci(1, 0) = 1;
  for (std::int32_t n = 0; n < (a & 15); ++n)
    power = power * fibonacci;

  const Rectangle rectangle(a, b);
  out[8 * i] = r.numerator();
  out[8 * i + 1] = r.denominator();
  out[8 * i + 2] = before == r ? 1 : before ? 2 : 3;
  out[8 * i + 3] = power[0][1];
  out[8 * i + 4] = rectangle.area();
  out[8 * i + 5] = rectangle.id;
  out[8 * i + 6] = Counter(a).add(b).twice().add(1).value();
  out[8 * i + 7] = static_cast<const Shape&>(rectangle).area();
  quotients[i] = static_cast<float>(before);
}
