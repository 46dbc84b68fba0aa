// Local arrays, multi-dimensional ones, std::array, tables, arrays by reference.
#include <ring/kernel.h>

#include <array>

namespace {

constexpr std::int32_t kPrimes[] = {2, 3, 5, 7, 11, 13, 17, 19};
constexpr std::array<std::array<std::int32_t, 3>, 2> kWeights = {{{1, -2, 3}, {-4, 5, -6}}};

template <std::size_t N> std::int32_t sum(const std::int32_t (&values)[N]) {
  std::int32_t result = 0;
  for (std::size_t i = 0; i < N; ++i)
    result += values[i];
  return result;
}

template <std::size_t N>
constexpr std::array<std::int32_t, N> rotated(std::array<std::int32_t, N> values, std::size_t by) {
  std::array<std::int32_t, N> result{};
  for (std::size_t i = 0; i < N; ++i)
    result[(i + by) % N] = values[i];
  return result;
}

void insertion_sort(std::int32_t* values, int count) {
  for (int i = 1; i < count; ++i) {
    const std::int32_t value = values[i];
    int at = i;
    while (at > 0 && values[at - 1] > value) {
      values[at] = values[at - 1];
      --at;
    }
    values[at] = value;
  }
}

} // namespace

/// Eight inputs and eight outputs a thread.
RING_GLOBAL(.block = {32})
void shuffle_arrays(ring::span<const std::int32_t> in, ring::span<std::int32_t> out) {
  const std::size_t i = ring::global_id().x;
  if (8 * i + 8 > in.size()) return;

  std::int32_t values[8];
  for (std::size_t k = 0; k < 8; ++k)
    values[k] = in[8 * i + k];
  const auto dynamic = static_cast<std::size_t>(static_cast<std::uint32_t>(values[0]) % 8);

  std::int32_t matrix[3][4] = {{1, 2, 3, 4}, {5}};
  for (int row = 0; row < 3; ++row)
    for (int column = 0; column < 4; ++column)
      matrix[row][column] += values[row + column] % 100;
  matrix[dynamic % 3][dynamic % 4] *= 10;

  std::array<std::int32_t, 4> four = {values[0], values[1], values[2], values[3]};
  four = rotated(four, dynamic);
  four.back() ^= four.front();
  std::array<std::array<std::int32_t, 2>, 2> nested{};
  nested[dynamic & 1][1] = four[dynamic % four.size()];

  std::int32_t weighted = 0;
  for (const auto& row : kWeights)
    for (const std::int32_t weight : row)
      weighted += weight * (matrix[2][weight & 3] % 1000);

  insertion_sort(values, 8);
  for (std::int32_t& value : values)
    value /= 2;

  out[8 * i] = sum(matrix[0]);
  out[8 * i + 1] = matrix[1][0] - matrix[2][3];
  out[8 * i + 2] = four[0];
  out[8 * i + 3] = nested[1][1] | nested[0][1];
  out[8 * i + 4] = weighted;
  out[8 * i + 5] = kPrimes[dynamic];
  out[8 * i + 6] = values[0];
  out[8 * i + 7] = values[7];
}

/// std::array as element of a span, whole copies, comparison and fill.
RING_GLOBAL(.block = {32})
void array_elements(ring::span<std::array<std::int16_t, 3>> elements) {
  const auto i = ring::global_id().x;
  if (i >= elements.size()) return;
  std::array<std::int16_t, 3> e = elements[i];
  if (e[0] == e[1]) {
    e.fill(-1);
  } else {
    std::int16_t product = 1;
    for (const std::int16_t v : e)
      product = static_cast<std::int16_t>(product * (v % 20));
    e[2] = product;
  }
  elements[i] = e;
}
