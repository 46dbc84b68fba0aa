#include "inputs.h"
#include "lists.h"

#include <bit>

namespace game_of_life {
#include "../kernels/game_of_life.cpp"
}

namespace ring::exec {
namespace {

struct Point {
  std::uint32_t x, y;
};

std::vector<std::uint32_t> packed(std::uint32_t words_per_row, std::uint32_t height,
                                  const std::vector<Point>& alive) {
  std::vector<std::uint32_t> words(words_per_row * height, 0);
  for (const Point p : alive)
    words[p.y * words_per_row + p.x / 32] |= 1u << p.x % 32;
  return words;
}

std::size_t population(const std::vector<std::uint32_t>& words) {
  std::size_t cells = 0;
  for (const std::uint32_t word : words)
    cells += static_cast<std::size_t>(std::popcount(word));
  return cells;
}

/// Runs `steps` generations; the handle holds the last one.
Handle<std::uint32_t> run_packed(CaseBuilder& c, const std::vector<std::uint32_t>& start,
                                 std::uint32_t words_per_row, std::uint32_t height, int steps) {
  auto now = c.buffer("now", start);
  auto next = c.output<std::uint32_t>("next", start.size());
  for (int s = 0; s < steps; ++s) {
    c.launch("life_step_packed", game_of_life::life_step_packed, {64}, {words_per_row * height},
             now, next, words_per_row, height);
    std::swap(now, next);
  }
  return now;
}

} // namespace

void add_game_of_life(CaseList& list) {
  const Dim sizes[] = {{1, 1}, {3, 3}, {16, 16}, {37, 61}, {130, 1}};
  for (const Dim size : sizes) {
    const std::string name = "bytes_" + std::to_string(size.x) + "x" + std::to_string(size.y);
    list.add("A17", "game_of_life", name, kNone, [=](CaseBuilder& c) {
      auto now = c.buffer("now", whole<std::uint8_t>(size.x * size.y, 0, 1, 43));
      auto next = c.output<std::uint8_t>("next", size.x * size.y);
      for (int s = 0; s < 10; ++s) {
        c.launch("life_step", game_of_life::life_step, {16, 16}, size, now, next, size.x, size.y);
        std::swap(now, next);
      }
    });
  }
  list.add("A17", "game_of_life", "glider_goes_round", kNone, [](CaseBuilder& c) {
    std::vector<std::uint8_t> start(64, 0);
    for (const Point p : {Point{1, 0}, Point{2, 1}, Point{0, 2}, Point{1, 2}, Point{2, 2}})
      start[p.y * 8 + p.x] = 1;
    auto now = c.buffer("now", start);
    auto next = c.output<std::uint8_t>("next", 64);
    for (int s = 0; s < 32;
         ++s) { // one cell a way every four steps: home again after eight times that
      c.launch("life_step", game_of_life::life_step, {16, 16}, {8, 8}, now, next, 8u, 8u);
      std::swap(now, next);
    }
    c.expect(now, start);
  });
  list.add("A17", "game_of_life", "packed_random", kNone,
           [](CaseBuilder& c) { run_packed(c, any_bits<std::uint32_t>(5 * 77, 44), 5, 77, 30); });
  // The torus is so large that no glider comes round: they leave after generation 69 at a quarter
  // cell a step.
  list.add("A17", "game_of_life", "r_pentomino", kNone, [](CaseBuilder& c) {
    constexpr std::uint32_t kWords = 20, kHeight = 640, kMiddle = 320;
    const auto start = packed(kWords, kHeight,
                              {{kMiddle + 1, kMiddle - 1},
                               {kMiddle + 2, kMiddle - 1},
                               {kMiddle, kMiddle},
                               {kMiddle + 1, kMiddle},
                               {kMiddle + 1, kMiddle + 1}});
    const auto last = run_packed(c, start, kWords, kHeight, 1103);
    c.check([=](const Results& r) -> std::string {
      const std::size_t cells = population(r.read(last));
      return cells == 116 ? "" : std::to_string(cells) + " cells at generation 1103, not 116";
    });
  });
}

} // namespace ring::exec
