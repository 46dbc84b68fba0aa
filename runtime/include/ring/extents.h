// One to three sizes, x first: of a grid or of a buffer. A plain number converts, and so does a
// list:
//
//   .threads = n     .threads = {nx, ny}     .blocks = {4, 4, 2}
#pragma once

#include <concepts>
#include <cstdint>

namespace ring {

struct Extents {
  std::uint64_t x = 0, y = 0, z = 0;
  bool given = false; // false: nobody has set it

  constexpr Extents() = default;
  template <std::integral X> constexpr Extents(X x) : Extents(x, 1, 1) {}
  template <std::integral X, std::integral Y> constexpr Extents(X x, Y y) : Extents(x, y, 1) {}
  template <std::integral X, std::integral Y, std::integral Z> constexpr Extents(X x, Y y, Z z)
      : x(static_cast<std::uint64_t>(x)), y(static_cast<std::uint64_t>(y)),
        z(static_cast<std::uint64_t>(z)), given(true) {}

  /// The product; the largest number there is where the product is larger still.
  constexpr std::uint64_t count() const { return saturating(saturating(x, y), z); }
  constexpr bool operator==(const Extents&) const = default;

private:
  static constexpr std::uint64_t saturating(std::uint64_t a, std::uint64_t b) {
    constexpr auto kMax = ~std::uint64_t{0};
    return b != 0 && a > kMax / b ? kMax : a * b;
  }
};

} // namespace ring
