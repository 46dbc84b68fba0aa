#include "inputs.h"
#include "lists.h"

namespace fdtd3d {
#include "../kernels/fdtd3d.cpp"
}

namespace ring::exec {
namespace {

using fdtd3d::Window;

/// Steps a window of `planes` planes (and one more before and behind) of a grid nx × ny ×
/// (anything).
void step_window(CaseBuilder& c, std::uint32_t nx, std::uint32_t ny, std::uint32_t planes,
                 std::uint64_t first_plane, int steps) {
  const std::uint64_t plane = std::uint64_t{nx} * ny;
  const Window w{.origin = (first_plane - 1) * plane,
                 .first_plane = first_plane,
                 .nx = nx,
                 .ny = ny,
                 .planes = planes,
                 .c2 = 0.25f};
  const std::size_t cells = plane * (planes + 2);
  const auto rule = exact_if_strict(Metric::abs, 1e-4, "products and sums may be contracted");
  auto now = c.buffer("now", uniform<float>(cells, -1, 1, 26), rule);
  auto previous = c.buffer("previous", uniform<float>(cells, -1, 1, 27), rule);
  for (int s = 0; s < steps; ++s) {
    c.launch("fdtd3d", fdtd3d::fdtd3d, {8, 8, 4}, {nx, ny, planes}, now, previous, w);
    std::swap(now, previous);
  }
}

} // namespace

void add_fdtd3d(CaseList& list) {
  list.add("A11", "fdtd3d", "small", kNone, [](CaseBuilder& c) { step_window(c, 3, 3, 1, 1, 1); });
  list.add("A11", "fdtd3d", "odd_sizes", kNone,
           [](CaseBuilder& c) { step_window(c, 37, 19, 11, 1, 4); });
  list.add("A11", "fdtd3d", "beyond_2_32", kNone,
           [](CaseBuilder& c) { step_window(c, 16, 24, 5, (std::uint64_t{1} << 40) + 12345, 3); });
  list.add("A11", "fdtd3d", "no_interior", kNone,
           [](CaseBuilder& c) { step_window(c, 2, 40, 3, 1, 1); });

  // 2^24 is the last integer up to which a float counts without gaps.
  list.add("A11", "fdtd3d", "buffer_beyond_2_24", kNone, [](CaseBuilder& c) {
    const std::size_t n = (std::size_t{1} << 24) + 1000;
    const auto cells = c.buffer("cells", filled<std::uint8_t>(n, 0));
    c.launch("mark_far", fdtd3d::mark_far, {64}, {1024}, cells, (std::uint64_t{1} << 24) - 3,
             std::uint64_t{1});
    c.launch("mark_far", fdtd3d::mark_far, {64}, {64}, cells, std::uint64_t{0},
             std::uint64_t{1} << 18);
    c.check([=](const Results& r) -> std::string {
      const auto v = r.read(cells);
      for (std::size_t i = (std::size_t{1} << 24) - 3; i < v.size(); ++i)
        if (v[i] != i % 251 + 1) return "cells[" + std::to_string(i) + "] was missed";
      return v[12345] == 0 ? "" : "a cell that nobody marked is set";
    });
  });
  list.add("A11", "fdtd3d", "indices_beyond_2_32", kNone, [](CaseBuilder& c) {
    const auto columns = c.buffer<std::uint32_t>("columns", {0, 1, 0xFFFFFFFFu, 16777217u});
    const auto indices = c.output<std::uint64_t>("indices", 4);
    c.launch("far_indices", fdtd3d::far_indices, {64}, {4}, columns, indices,
             std::uint64_t{0x1'0000'0001}, 0xFFFFFFFEu);
    c.expect<std::uint64_t>(indices, {0xFFFFFFFEFFFFFFFE, 0xFFFFFFFEFFFFFFFF, 0xFFFFFFFFFFFFFFFD,
                                      0xFFFFFFFEFFFFFFFE + 16777217});
  });
}

} // namespace ring::exec
