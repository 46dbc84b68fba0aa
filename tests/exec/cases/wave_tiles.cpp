#include "inputs.h"
#include "lists.h"

namespace wave_tiles {
#include "../kernels/wave_tiles.cpp"
}

namespace ring::exec {
namespace {

using wave_tiles::TileGrid;

std::uint32_t cells_of(const TileGrid& g) {
  return g.tiles_x * g.tiles_y * (g.side + 2) * (g.side + 2);
}

/// The untiled wave equation with the same arithmetic in the same order: tiling must not change a
/// bit.
std::vector<float> untiled(std::vector<float> now, std::uint32_t width, std::uint32_t height,
                           int steps, float c2, float reflection, std::uint32_t x0,
                           std::uint32_t y0, float amount) {
  std::vector<float> previous(now.size(), 0.0f);
  now[y0 * width + x0] += amount;
  for (int s = 0; s < steps; ++s) {
    for (std::uint32_t y = 0; y < height; ++y) {
      for (std::uint32_t x = 0; x < width; ++x) {
        const std::uint32_t i = y * width + x;
        const float edge = reflection * now[i];
        const float west = x > 0 ? now[i - 1] : edge, east = x + 1 < width ? now[i + 1] : edge;
        const float north = y > 0 ? now[i - width] : edge;
        const float south = y + 1 < height ? now[i + width] : edge;
        const float laplacian = west + east + north + south - 4.0f * now[i];
        previous[i] = 2.0f * now[i] - previous[i] + c2 * laplacian;
      }
    }
    std::swap(now, previous);
  }
  return now;
}

void simulate(CaseBuilder& c, TileGrid g, int steps, float reflection) {
  const std::uint32_t width = g.tiles_x * g.side, height = g.tiles_y * g.side;
  const auto input = uniform<float>(width * height, -1, 1, 28);
  const auto rule = exact_if_strict(Metric::abs, 1e-4, "products and sums may be contracted");
  const auto field = c.buffer("field", input);
  auto now = c.buffer("now", filled<float>(cells_of(g), 0.0f), rule);
  auto previous = c.buffer("previous", filled<float>(cells_of(g), 0.0f), rule);
  const auto out = c.output<float>("out", width * height, rule);

  c.launch("upload_tiles", wave_tiles::upload_tiles, {16, 16}, {width, height}, field, now, g);
  c.launch("inject_impulse", wave_tiles::inject_impulse, {32}, {32}, now, g, width / 2, height / 3,
           5.0f);
  for (int s = 0; s < steps; ++s) {
    c.launch("exchange_all_halos", wave_tiles::exchange_all_halos, {32, 4},
             {g.side, 4 * g.tiles_x * g.tiles_y}, now, g);
    c.launch("apply_boundary", wave_tiles::apply_boundary, {64}, {std::max(width, height)}, now, g,
             reflection);
    c.launch("step_all_tiles", wave_tiles::step_all_tiles, {16, 16}, {width, height}, now, previous,
             g, 0.25f);
    std::swap(now, previous);
  }
  c.launch("read_interiors", wave_tiles::read_interiors, {16, 16}, {width, height}, now, out, g);
  c.check([=](const Results& r) -> std::string {
    const auto expected =
        untiled(input, width, height, steps, 0.25f, reflection, width / 2, height / 3, 5.0f);
    const auto got = r.read(out);
    for (std::size_t i = 0; i < got.size(); ++i) {
      const float error = got[i] > expected[i] ? got[i] - expected[i] : expected[i] - got[i];
      if (!(error <= (r.strict() ? 0.0f : 1e-4f)))
        return "cell " + std::to_string(i) + " differs from the untiled simulation";
    }
    return {};
  });
}

} // namespace

void add_wave_tiles(CaseList& list) {
  list.add("A12", "wave_tiles", "one_tile", kNone,
           [](CaseBuilder& c) { simulate(c, {1, 1, 16}, 5, 0.0f); });
  list.add("A12", "wave_tiles", "tiles_3x2_mirror", kNone,
           [](CaseBuilder& c) { simulate(c, {3, 2, 16}, 20, 1.0f); });
  list.add("A12", "wave_tiles", "odd_side_absorbing", kNone,
           [](CaseBuilder& c) { simulate(c, {2, 5, 13}, 12, 0.5f); });
  list.add("A12", "wave_tiles", "side_1", kNone,
           [](CaseBuilder& c) { simulate(c, {7, 4, 1}, 6, 0.0f); });
  list.add("A12", "wave_tiles", "impulse_outside", kNone, [](CaseBuilder& c) {
    const TileGrid g{2, 2, 4};
    const auto cells = c.buffer("cells", filled<float>(cells_of(g), 0.0f));
    c.launch("inject_impulse", wave_tiles::inject_impulse, {32}, {32}, cells, g, 8u, 0u, 1.0f);
    c.expect(cells, filled<float>(cells_of(g), 0.0f));
  });
}

} // namespace ring::exec
