// A11. Seven-point leapfrog in three dimensions with 64-bit-safe indices: a cell's number may lie
// far past 2^32, and the buffer holds a window of the grid that begins at `origin`.
#include <ring/kernel.h>

struct Window {
  std::uint64_t origin; // number of the first cell in the buffer
  std::uint64_t first_plane;
  std::uint32_t nx, ny;
  std::uint32_t planes; // planes to update, each with a plane before and behind it in the buffer
  float c2;
};

RING_GLOBAL(.block = {8, 8, 4})
void fdtd3d(ring::span<const float> now, ring::span<float> previous, Window w) {
  const auto at = ring::global_id();
  if (at.x == 0 || at.x + 1 >= w.nx || at.y == 0 || at.y + 1 >= w.ny || at.z >= w.planes) return;

  const std::uint64_t row = w.nx;
  const std::uint64_t plane = row * w.ny;
  const std::uint64_t cell = (w.first_plane + at.z) * plane + at.y * row + at.x;
  const std::uint64_t i = cell - w.origin;

  const float laplacian = now[i - 1] + now[i + 1] + now[i - row] + now[i + row] + now[i - plane] +
                          now[i + plane] - 6.0f * now[i];
  previous[i] = 2.0f * now[i] - previous[i] + w.c2 * laplacian;
}

/// Marks every stride-th element of a buffer that may be longer than 2^24 elements, where a float
/// index would stick.
RING_GLOBAL(.block = {64})
void mark_far(ring::span<std::uint8_t> cells, std::uint64_t first, std::uint64_t stride) {
  const std::size_t i = first + ring::global_id().x * stride;
  if (i >= cells.size()) return;
  cells[i] = static_cast<std::uint8_t>(i % 251 + 1);
}

/// Index arithmetic alone, beyond what any buffer here could hold.
RING_GLOBAL(.block = {64})
void far_indices(ring::span<const std::uint32_t> columns, ring::span<std::uint64_t> indices,
                 std::uint64_t pitch, std::uint32_t row) {
  const std::size_t i = ring::global_id().x;
  if (i >= columns.size()) return;
  indices[i] = row * pitch + columns[i];
}
