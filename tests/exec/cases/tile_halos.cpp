#include "inputs.h"
#include "lists.h"

namespace tile_halos {
#include "../kernels/tile_halos.cpp"
}

namespace ring::exec {

void add_tile_halos(CaseList& list) {
  using tile_halos::Boundary;
  using tile_halos::Edge;
  const Edge edges[] = {Edge::north, Edge::south, Edge::west, Edge::east};
  const Boundary boundaries[] = {Boundary::absorbing, Boundary::reflecting, Boundary::periodic,
                                 Boundary::fixed};

  for (const std::uint32_t side : {1u, 8u, 70u}) {
    const std::uint32_t cells = (side + 2) * (side + 2);
    list.add("A13", "tile_halos", "trade_" + std::to_string(side), kNone, [=](CaseBuilder& c) {
      const auto a = c.buffer("a", uniform<float>(cells, -1, 1, 29));
      const auto b = c.buffer("b", uniform<float>(cells, -1, 1, 30));
      for (const Edge edge : edges) {
        const auto halo = c.output<float>("halo" + std::to_string(static_cast<int>(edge)), side);
        const Edge facing = tile_halos::opposite(edge);
        c.launch("extract_halo", tile_halos::extract_halo, {64}, {side}, a, halo, side, edge);
        c.launch("inject_halo", tile_halos::inject_halo, {64}, {side}, b, halo, side, facing);
      }
      const auto interior = c.output<float>("interior", side * side);
      c.launch("read_interior", tile_halos::read_interior, {8, 8}, {side, side}, b, interior, side);
    });
    for (const Boundary boundary : boundaries) {
      const std::string name =
          "boundary_" + std::to_string(static_cast<int>(boundary)) + "_" + std::to_string(side);
      list.add("A13", "tile_halos", name, kNone, [=](CaseBuilder& c) {
        const auto tile = c.buffer("tile", uniform<float>(cells, -1, 1, 31));
        for (const Edge edge : edges)
          c.launch("fill_boundary", tile_halos::fill_boundary, {64}, {side}, tile, side, edge,
                   boundary, 0.75f);
      });
    }
  }
  list.add("A13", "tile_halos", "known", kNone, [](CaseBuilder& c) {
    // A tile of side 2, 1 2 / 3 4 inside.
    const auto tile = c.buffer<float>("tile", {0, 0, 0, 0, 0, 1, 2, 0, 0, 3, 4, 0, 0, 0, 0, 0});
    const auto fill = tile_halos::fill_boundary;
    c.launch("fill_boundary", fill, {64}, {2}, tile, 2u, Edge::north, Boundary::absorbing, 9.0f);
    c.launch("fill_boundary", fill, {64}, {2}, tile, 2u, Edge::south, Boundary::reflecting, 9.0f);
    c.launch("fill_boundary", fill, {64}, {2}, tile, 2u, Edge::west, Boundary::periodic, 9.0f);
    c.launch("fill_boundary", fill, {64}, {2}, tile, 2u, Edge::east, Boundary::fixed, 9.0f);
    c.expect<float>(tile, {0, 0.5f, 1, 0, 2, 1, 2, 9, 4, 3, 4, 9, 0, 3, 4, 0});
  });
}

} // namespace ring::exec
