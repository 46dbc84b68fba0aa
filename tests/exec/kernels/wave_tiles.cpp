// A12. A wave simulation on packed tiles: tile after tile in one buffer, each with a halo of one
// cell around it. Six kernels of one module share the functions that know the layout.
#include <ring/kernel.h>

struct TileGrid {
  std::uint32_t tiles_x, tiles_y;
  std::uint32_t side; // cells of a tile's interior along one edge
};

namespace {

constexpr std::uint32_t kHalo = 1;

struct Cell {
  std::uint32_t tile, x, y; // x and y count from the halo's corner
};

std::uint32_t pitch(const TileGrid& g) { return g.side + 2 * kHalo; }

std::uint32_t offset(const TileGrid& g, std::uint32_t tile, std::uint32_t x, std::uint32_t y) {
  return (tile * pitch(g) + y) * pitch(g) + x;
}

std::uint32_t offset(const TileGrid& g, const Cell& c) { return offset(g, c.tile, c.x, c.y); }

std::uint32_t width(const TileGrid& g) { return g.tiles_x * g.side; }
std::uint32_t height(const TileGrid& g) { return g.tiles_y * g.side; }

/// Where the packed tiles keep the cell (x, y) of the whole field.
Cell locate(const TileGrid& g, std::uint32_t x, std::uint32_t y) {
  return {.tile = (y / g.side) * g.tiles_x + x / g.side,
          .x = x % g.side + kHalo,
          .y = y % g.side + kHalo};
}

} // namespace

/// Fills the halos that face another tile. One thread a cell of one edge: x counts along it, y is
/// tile × 4 + edge.
RING_GLOBAL(.block = {32, 4})
void exchange_all_halos(ring::span<float> cells, TileGrid g) {
  const auto id = ring::global_id();
  const std::uint32_t tile = id.y / 4;
  if (id.x >= g.side || tile >= g.tiles_x * g.tiles_y) return;
  const std::uint32_t tile_x = tile % g.tiles_x;
  const std::uint32_t tile_y = tile / g.tiles_x;
  const std::uint32_t along = id.x + kHalo;
  const std::uint32_t last = g.side + kHalo;

  switch (id.y % 4) {
  case 0: // north
    if (tile_y == 0) return;
    cells[offset(g, tile, along, 0)] = cells[offset(g, tile - g.tiles_x, along, last - 1)];
    break;
  case 1: // south
    if (tile_y + 1 == g.tiles_y) return;
    cells[offset(g, tile, along, last)] = cells[offset(g, tile + g.tiles_x, along, kHalo)];
    break;
  case 2: // west
    if (tile_x == 0) return;
    cells[offset(g, tile, 0, along)] = cells[offset(g, tile - 1, last - 1, along)];
    break;
  default: // east
    if (tile_x + 1 == g.tiles_x) return;
    cells[offset(g, tile, last, along)] = cells[offset(g, tile + 1, kHalo, along)];
  }
}

RING_GLOBAL(.block = {16, 16})
void step_all_tiles(ring::span<const float> now, ring::span<float> previous, TileGrid g, float c2) {
  const auto id = ring::global_id();
  if (id.x >= width(g) || id.y >= height(g)) return;
  const Cell c = locate(g, id.x, id.y);
  const std::uint32_t i = offset(g, c);
  const float laplacian =
      now[i - 1] + now[i + 1] + now[i - pitch(g)] + now[i + pitch(g)] - 4.0f * now[i];
  previous[i] = 2.0f * now[i] - previous[i] + c2 * laplacian;
}

RING_GLOBAL(.block = {16, 16})
void upload_tiles(ring::span<const float> field, ring::span<float> cells, TileGrid g) {
  const auto id = ring::global_id();
  if (id.x >= width(g) || id.y >= height(g)) return;
  cells[offset(g, locate(g, id.x, id.y))] = field[id.y * width(g) + id.x];
}

RING_GLOBAL(.block = {16, 16})
void read_interiors(ring::span<const float> cells, ring::span<float> field, TileGrid g) {
  const auto id = ring::global_id();
  if (id.x >= width(g) || id.y >= height(g)) return;
  field[id.y * width(g) + id.x] = cells[offset(g, locate(g, id.x, id.y))];
}

/// Adds `amount` to one cell; one thread does it, whatever the grid.
RING_GLOBAL(.block = {32})
void inject_impulse(ring::span<float> cells, TileGrid g, std::uint32_t x, std::uint32_t y,
                    float amount) {
  if (ring::global_id().x != 0) return;
  if (x < width(g) && y < height(g)) cells[offset(g, locate(g, x, y))] += amount;
}

/// Sets the halos at the edge of the whole field: `reflection` times the cell next to them (0
/// absorbs, 1 mirrors).
RING_GLOBAL(.block = {64})
void apply_boundary(ring::span<float> cells, TileGrid g, float reflection) {
  const auto i = ring::global_id().x;
  if (i < width(g)) {
    const Cell top = locate(g, i, 0);
    const Cell bottom = locate(g, i, height(g) - 1);
    cells[offset(g, top.tile, top.x, top.y - 1)] = reflection * cells[offset(g, top)];
    cells[offset(g, bottom.tile, bottom.x, bottom.y + 1)] = reflection * cells[offset(g, bottom)];
  }
  if (i < height(g)) {
    const Cell left = locate(g, 0, i);
    const Cell right = locate(g, width(g) - 1, i);
    cells[offset(g, left.tile, left.x - 1, left.y)] = reflection * cells[offset(g, left)];
    cells[offset(g, right.tile, right.x + 1, right.y)] = reflection * cells[offset(g, right)];
  }
}
