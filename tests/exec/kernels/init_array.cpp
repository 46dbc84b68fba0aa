// A3. A two-dimensional grid; each value comes from its own (x, y).
#include <ring/kernel.h>

RING_GLOBAL(.block = {16, 16})
void init_array(ring::span<float> values, std::uint32_t width, std::uint32_t height) {
  const auto [x, y, z] = ring::global_id();
  if (x >= width || y >= height) return;
  values[y * width + x] = static_cast<float>(x) + 0.001f * static_cast<float>(y);
}

/// Each cell records where the hardware says that it is; catches an axis or a size that was mixed
/// up.
RING_GLOBAL(.block = {8, 4, 2})
void record_ids(ring::span<std::uint32_t> ids, std::uint32_t width, std::uint32_t height,
                std::uint32_t depth) {
  const auto at = ring::global_id();
  if (at.x >= width || at.y >= height || at.z >= depth) return;
  const auto thread = ring::thread_id();
  const auto block = ring::block_id();
  const auto dim = ring::block_dim();
  const auto grid = ring::grid_dim();

  const bool consistent = at.x == block.x * dim.x + thread.x &&
                          at.y == block.y * dim.y + thread.y &&
                          at.z == block.z * dim.z + thread.z && block.x < grid.x &&
                          block.y < grid.y && block.z < grid.z;
  const std::uint32_t packed =
      thread.x | thread.y << 4 | thread.z << 8 | block.x << 12 | block.y << 18 | block.z << 24;
  ids[(at.z * height + at.y) * width + at.x] = consistent ? packed : 0xFFFFFFFFu;
}
