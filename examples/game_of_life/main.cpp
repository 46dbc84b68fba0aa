// Runs Conway's Life from the R-pentomino until it is stable, on the best device that there is.
#include <ring/runtime.h>

#include "game_of_life.ring.h"

#include <cstdint>
#include <cstdio>
#include <utility>
#include <vector>

namespace {

constexpr std::uint32_t kSize = 640; // so that the gliders, 4 generations a cell, do not come round
constexpr int kGenerations = 1103;   // from then on there are 116 cells
constexpr std::uint32_t kExpected = 116;

std::vector<std::uint32_t> r_pentomino() {
  std::vector<std::uint32_t> cells(kSize * kSize);
  constexpr std::uint32_t kPattern[][2] = {{1, 0}, {2, 0}, {0, 1}, {1, 1}, {1, 2}};
  for (const auto& [x, y] : kPattern)
    cells[(kSize / 2 + y) * kSize + kSize / 2 + x] = 1;
  return cells;
}

int run() {
  ring::Runtime rt = ring::Runtime::create({.backend = ring::Backend::automatic});
  auto cells = rt.upload<std::uint32_t>(r_pentomino());
  auto next = rt.alloc<std::uint32_t>(cells.size());
  for (int generation = 0; generation < kGenerations; ++generation) {
    rt.run(game_of_life::life_step, {.threads = {kSize, kSize}}, cells, next, kSize, kSize);
    std::swap(cells, next);
  }

  std::uint32_t count = 0;
  for (const std::uint32_t cell : cells.download())
    count += cell;
  std::printf("game_of_life: %u cells in generation %d, on %s\n", count, kGenerations,
              rt.device().name.c_str());
  if (count == kExpected) return 0;
  std::fprintf(stderr, "game_of_life: expected %u cells\n", kExpected);
  return 1;
}

} // namespace

int main() {
  try {
    return run();
  } catch (const ring::Error& error) {
    std::fprintf(stderr, "game_of_life: %s\n", error.what());
    return 1;
  }
}
