#include <ring/kernel.h>

// One generation of Conway's Life on a board whose edges meet, a thread for each cell. A cell is 1
// or 0.
RING_GLOBAL(.block = {16, 16})
void life_step(ring::span<const std::uint32_t> cells, ring::span<std::uint32_t> next,
               std::uint32_t width, std::uint32_t height) {
  const auto [x, y, z] = ring::global_id();
  if (x >= width || y >= height) return;
  std::uint32_t neighbours = 0;
  for (std::uint32_t dy = 0; dy < 3; ++dy)
    for (std::uint32_t dx = 0; dx < 3; ++dx) {
      if (dx == 1 && dy == 1) continue;
      const std::uint32_t row = (y + dy + height - 1) % height;
      const std::uint32_t column = (x + dx + width - 1) % width;
      neighbours += cells[row * width + column];
    }
  const bool lives = cells[y * width + x] != 0;
  next[y * width + x] = neighbours == 3 || (lives && neighbours == 2) ? 1 : 0;
}
