// A17. Matrix product C = A B, row-major, any shape, a tile of A and of B at a time in shared
// memory.
#include <ring/kernel.h>

constexpr std::uint32_t kTile = 16;

struct Shape {
  std::uint32_t rows, inner, columns; // A is rows × inner, B is inner × columns
};

RING_GLOBAL(.block = {kTile, kTile})
void matmul(ring::span<const float> a, ring::span<const float> b, ring::span<float> c,
            Shape shape) {
  RING_SHARED float tile_a[kTile][kTile];
  RING_SHARED float tile_b[kTile][kTile];
  const auto t = ring::thread_id();
  const auto [column, row, unused] = ring::global_id();

  float sum = 0.0f;
  for (std::uint32_t base = 0; base < shape.inner; base += kTile) {
    const std::uint32_t a_column = base + t.x;
    const std::uint32_t b_row = base + t.y;
    tile_a[t.y][t.x] =
        row < shape.rows && a_column < shape.inner ? a[row * shape.inner + a_column] : 0.0f;
    tile_b[t.y][t.x] =
        b_row < shape.inner && column < shape.columns ? b[b_row * shape.columns + column] : 0.0f;
    ring::barrier();
    for (std::uint32_t k = 0; k < kTile; ++k)
      sum += tile_a[t.y][k] * tile_b[k][t.x];
    ring::barrier();
  }
  if (row < shape.rows && column < shape.columns) c[row * shape.columns + column] = sum;
}
