// A17. Conway's Game of Life on a torus: one byte a cell, and 32 cells a word.
#include <ring/kernel.h>

RING_GLOBAL(.block = {16, 16})
void life_step(ring::span<const std::uint8_t> now, ring::span<std::uint8_t> next,
               std::uint32_t width, std::uint32_t height) {
  const auto [x, y, z] = ring::global_id();
  if (x >= width || y >= height) return;

  int neighbours = 0;
  for (int dy = -1; dy <= 1; ++dy) {
    for (int dx = -1; dx <= 1; ++dx) {
      if (dx == 0 && dy == 0) continue;
      const std::uint32_t nx = (x + width + dx) % width;
      const std::uint32_t ny = (y + height + dy) % height;
      neighbours += now[ny * width + nx];
    }
  }
  const bool alive = now[y * width + x] != 0;
  next[y * width + x] = neighbours == 3 || (alive && neighbours == 2) ? 1 : 0;
}

namespace {

/// A row's word with its cells' left and right neighbours brought under them.
struct Row {
  std::uint32_t left, middle, right;
};

Row load_row(ring::span<const std::uint32_t> words, std::uint32_t row, std::uint32_t word,
             std::uint32_t words_per_row) {
  const auto at = [&](std::uint32_t w) { return words[row * words_per_row + w]; };
  const std::uint32_t before = at((word + words_per_row - 1) % words_per_row);
  const std::uint32_t middle = at(word);
  const std::uint32_t after = at((word + 1) % words_per_row);
  return {.left = middle << 1 | before >> 31, .middle = middle, .right = middle >> 1 | after << 31};
}

/// Bitwise full adder: 32 sums of three one-bit numbers at a time.
struct Sum {
  std::uint32_t ones, twos;
};

Sum add(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  return {.ones = a ^ b ^ c, .twos = (a & b) | (c & (a ^ b))};
}

} // namespace

/// Bit b of word w is the cell x = 32 w + b.
RING_GLOBAL(.block = {64})
void life_step_packed(ring::span<const std::uint32_t> now, ring::span<std::uint32_t> next,
                      std::uint32_t words_per_row, std::uint32_t height) {
  const auto i = ring::global_id().x;
  if (i >= words_per_row * height) return;
  const std::uint32_t y = i / words_per_row;
  const std::uint32_t word = i % words_per_row;

  const Row above = load_row(now, (y + height - 1) % height, word, words_per_row);
  const Row here = load_row(now, y, word, words_per_row);
  const Row below = load_row(now, (y + 1) % height, word, words_per_row);

  const Sum top = add(above.left, above.middle, above.right);
  const Sum bottom = add(below.left, below.middle, below.right);
  const Sum ones = add(top.ones, bottom.ones, here.left ^ here.right);
  const Sum twos = add(top.twos, bottom.twos, here.left & here.right);
  // The count is ones.ones + 2 (ones.twos + twos.ones) + 4 (…): it is 2 or 3 when exactly one of
  // the twos is set and no four.
  const std::uint32_t has_two = ones.twos ^ twos.ones;
  const std::uint32_t has_four = (ones.twos & twos.ones) | twos.twos;
  next[i] = has_two & ~has_four & (ones.ones | here.middle);
}
