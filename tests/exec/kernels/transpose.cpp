// A4. Matrix transpose through a shared tile, so that both the reads and the writes of a warp are
// contiguous.
#include <ring/kernel.h>

constexpr std::uint32_t kTile = 16;

RING_GLOBAL(.block = {kTile, kTile})
void transpose(ring::span<const float> in, ring::span<float> out, std::uint32_t width,
               std::uint32_t height) {
  // One column more than is used: the threads of a warp that read a column then hit different
  // banks.
  RING_SHARED float tile[kTile][kTile + 1];

  const auto t = ring::thread_id();
  const auto block = ring::block_id();

  const std::uint32_t x = block.x * kTile + t.x;
  const std::uint32_t y = block.y * kTile + t.y;
  if (x < width && y < height) tile[t.y][t.x] = in[y * width + x];

  ring::barrier();

  const std::uint32_t out_x = block.y * kTile + t.x;
  const std::uint32_t out_y = block.x * kTile + t.y;
  if (out_x < height && out_y < width) out[out_y * height + out_x] = tile[t.x][t.y];
}
