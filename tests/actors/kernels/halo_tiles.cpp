// C8: the tiles of a wave's grid, each an actor, trade their halos. A tile steps when the halos of
// all its neighbours have come; the edge of the grid is fixed at zero.
#include <ring/kernel.h>

namespace halo_tiles {

inline constexpr std::uint32_t kSize = 8; // cells of a tile along x and y

enum class Side : std::uint32_t { west, east, north, south };

struct RING_MESSAGE() Pulse {
  std::uint32_t x; // in the tile
  std::uint32_t y;
  float height;
};

struct RING_MESSAGE() Run {
  std::uint32_t steps;
};

struct RING_MESSAGE() Halo {
  Side side; // of the receiver
  std::uint32_t step;
  float cells[kSize];
};

struct RING_MESSAGE() Cells {
  std::uint32_t tile;
  std::uint32_t steps;
  float cells[kSize * kSize];
};

struct RING_ACTOR(.name = "tile", .mailbox = 16) Tile {
  ring::Route<Halo> west;
  ring::Route<Halo> east;
  ring::Route<Halo> north;
  ring::Route<Halo> south;
  ring::Route<Cells> out;
  RING_PARAM() std::uint32_t number;
  RING_PARAM() std::uint32_t neighbours; // bit s: there is one at side s
  RING_PARAM() float c2;
  float now[kSize + 2][kSize + 2] = {};
  float before[kSize][kSize] = {};
  // A neighbour may be a step ahead: its next halo waits here.
  float halo[2][4][kSize] = {};
  std::uint32_t arrived[2] = {};
  std::uint32_t step = 0;
  std::uint32_t last = 0;

  void receive(ring::Context&, const Pulse& pulse) {
    now[pulse.y + 1][pulse.x + 1] = pulse.height;
    before[pulse.y][pulse.x] = pulse.height;
  }

  void receive(ring::Context& context, const Run& run) {
    last = step + run.steps;
    send_halos(context);
    advance(context);
  }

  void receive(ring::Context& context, const Halo& message) {
    const std::uint32_t turn = message.step % 2;
    const auto side = static_cast<std::uint32_t>(message.side);
    for (std::uint32_t i = 0; i < kSize; ++i)
      halo[turn][side][i] = message.cells[i];
    arrived[turn] |= 1U << side;
    advance(context);
  }

  void advance(ring::Context& context) {
    while (step < last && arrived[step % 2] == neighbours) {
      take_halos();
      leapfrog();
      ++step;
      if (step < last) {
        send_halos(context);
      } else {
        report(context);
      }
    }
  }

  void take_halos() {
    const std::uint32_t turn = step % 2;
    for (std::uint32_t i = 0; i < kSize; ++i) {
      now[i + 1][0] = halo[turn][0][i];
      now[i + 1][kSize + 1] = halo[turn][1][i];
      now[0][i + 1] = halo[turn][2][i];
      now[kSize + 1][i + 1] = halo[turn][3][i];
    }
    arrived[turn] = 0;
  }

  void leapfrog() {
    float next[kSize][kSize];
    for (std::uint32_t y = 1; y <= kSize; ++y) {
      for (std::uint32_t x = 1; x <= kSize; ++x) {
        const float laplacian =
            now[y][x - 1] + now[y][x + 1] + now[y - 1][x] + now[y + 1][x] - 4.0f * now[y][x];
        next[y - 1][x - 1] = 2.0f * now[y][x] - before[y - 1][x - 1] + c2 * laplacian;
      }
    }
    for (std::uint32_t y = 0; y < kSize; ++y) {
      for (std::uint32_t x = 0; x < kSize; ++x) {
        before[y][x] = now[y + 1][x + 1];
        now[y + 1][x + 1] = next[y][x];
      }
    }
  }

  void send_halos(ring::Context& context) {
    Halo message{};
    message.step = step;
    if ((neighbours & 1) != 0) {
      message.side = Side::east;
      for (std::uint32_t i = 0; i < kSize; ++i)
        message.cells[i] = now[i + 1][1];
      context.send(west, message);
    }
    if ((neighbours & 2) != 0) {
      message.side = Side::west;
      for (std::uint32_t i = 0; i < kSize; ++i)
        message.cells[i] = now[i + 1][kSize];
      context.send(east, message);
    }
    if ((neighbours & 4) != 0) {
      message.side = Side::south;
      for (std::uint32_t i = 0; i < kSize; ++i)
        message.cells[i] = now[1][i + 1];
      context.send(north, message);
    }
    if ((neighbours & 8) != 0) {
      message.side = Side::north;
      for (std::uint32_t i = 0; i < kSize; ++i)
        message.cells[i] = now[kSize][i + 1];
      context.send(south, message);
    }
  }

  void report(ring::Context& context) {
    Cells cells{};
    cells.tile = number;
    cells.steps = step;
    for (std::uint32_t y = 0; y < kSize; ++y) {
      for (std::uint32_t x = 0; x < kSize; ++x)
        cells.cells[y * kSize + x] = now[y + 1][x + 1];
    }
    context.send(out, cells);
  }
};

} // namespace halo_tiles
