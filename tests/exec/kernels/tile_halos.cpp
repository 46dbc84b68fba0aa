// A13. One tile of a tile set: take an edge out, put a neighbour's edge in, or let a boundary rule
// fill it.
#include <ring/kernel.h>

enum class Edge : std::uint32_t { north, south, west, east };
enum class Boundary : std::uint32_t { absorbing, reflecting, periodic, fixed };

namespace {

/// Index of the k-th cell of an edge, `depth` cells inside the tile (0 is the halo). Tiles are
/// square.
std::uint32_t edge_cell(Edge edge, std::uint32_t k, std::uint32_t depth, std::uint32_t side) {
  const std::uint32_t pitch = side + 2;
  const std::uint32_t far = side + 1 - depth;
  return edge == Edge::north   ? depth * pitch + k + 1
         : edge == Edge::south ? far * pitch + k + 1
         : edge == Edge::west  ? (k + 1) * pitch + depth
                               : (k + 1) * pitch + far;
}

Edge opposite(Edge edge) {
  switch (edge) {
  case Edge::north:
    return Edge::south;
  case Edge::south:
    return Edge::north;
  case Edge::west:
    return Edge::east;
  case Edge::east:
    return Edge::west;
  }
  return edge;
}

} // namespace

RING_GLOBAL(.block = {64})
void extract_halo(ring::span<const float> tile, ring::span<float> halo, std::uint32_t side,
                  Edge edge) {
  const auto k = ring::global_id().x;
  if (k < side) halo[k] = tile[edge_cell(edge, k, 1, side)];
}

RING_GLOBAL(.block = {64})
void inject_halo(ring::span<float> tile, ring::span<const float> halo, std::uint32_t side,
                 Edge edge) {
  const auto k = ring::global_id().x;
  if (k < side) tile[edge_cell(edge, k, 0, side)] = halo[k];
}

RING_GLOBAL(.block = {64})
void fill_boundary(ring::span<float> tile, std::uint32_t side, Edge edge, Boundary boundary,
                   float fixed) {
  const auto k = ring::global_id().x;
  if (k >= side) return;
  const float value = [&] {
    switch (boundary) {
    case Boundary::absorbing:
      return 0.5f * tile[edge_cell(edge, k, 1, side)];
    case Boundary::reflecting:
      return tile[edge_cell(edge, k, 1, side)];
    case Boundary::periodic:
      return tile[edge_cell(opposite(edge), k, 1, side)];
    case Boundary::fixed:
      break;
    }
    return fixed;
  }();
  tile[edge_cell(edge, k, 0, side)] = value;
}

RING_GLOBAL(.block = {8, 8})
void read_interior(ring::span<const float> tile, ring::span<float> interior, std::uint32_t side) {
  const auto [x, y, z] = ring::global_id();
  if (x >= side || y >= side) return;
  interior[y * side + x] = tile[(y + 1) * (side + 2) + x + 1];
}
