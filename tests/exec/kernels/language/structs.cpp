// Structs: nested, with arrays and narrow fields, copied whole, passed and returned by value,
// compared, aggregated.
#include <ring/kernel.h>

struct Reading {
  std::uint8_t channel;
  std::int16_t levels[3];
  std::uint8_t flags[2];

  friend constexpr bool operator==(const Reading&, const Reading&) = default;
};

struct Probe {
  std::uint16_t id;
  Reading readings[2];
  float weight;
  std::int8_t sign;
};

struct Station {
  std::uint64_t key;
  Probe probes[2];
  bool valid;
  std::uint16_t best;
};

static_assert(sizeof(Reading) == 10 && sizeof(Probe) == 32 && sizeof(Station) == 80);

namespace {

Reading reversed(Reading r) {
  const std::int16_t first = r.levels[0];
  r.levels[0] = r.levels[2];
  r.levels[2] = first;
  r.flags[0] ^= r.flags[1];
  return r;
}

std::int32_t total(const Probe& probe) {
  std::int32_t sum = 0;
  for (const Reading& r : probe.readings)
    for (const std::int16_t level : r.levels)
      sum += level;
  return probe.sign < 0 ? -sum : sum;
}

void promote(Station& station, std::size_t index) {
  if (index == 0) return;
  const Probe old = station.probes[0];
  station.probes[0] = station.probes[index];
  station.probes[index] = old;
}

} // namespace

RING_GLOBAL(.block = {32})
void update_stations(ring::span<Station> stations, ring::span<std::int32_t> totals) {
  const auto i = ring::global_id().x;
  if (i >= stations.size()) return;
  Station& station = stations[i];

  const std::int32_t sums[2] = {total(station.probes[0]), total(station.probes[1])};
  const std::size_t best = sums[1] > sums[0] ? 1 : 0;
  promote(station, best);
  station.best = station.probes[0].id;
  station.valid = !(station.probes[0].readings[0] == station.probes[0].readings[1]);
  station.probes[1].readings[1] = reversed(station.probes[1].readings[0]);
  station.probes[0].weight *= 0.5f;
  station.key = station.key << 8 | station.probes[1].readings[0].channel;
  totals[i] = sums[best];
}

/// A local struct filled by designated initializers, changed through a copy, written in one
/// assignment.
RING_GLOBAL(.block = {32})
void make_readings(ring::span<const std::int16_t> levels, ring::span<Reading> readings) {
  const auto i = ring::global_id().x;
  if (i >= readings.size()) return;
  const Reading base{
      .channel = static_cast<std::uint8_t>(i), .levels = {levels[i], -1}, .flags = {7}};
  Reading changed = base;
  changed.levels[2] = static_cast<std::int16_t>(changed.levels[0] + changed.levels[1]);
  readings[i] = base == changed ? Reading{} : changed;
}

struct Empty {};

struct Point {
  std::int32_t x = 1, y = 2;
};

struct Box {
  Point low, high = {30, 40};
  std::uint32_t id = 9;
};

/// Default member initializers, structs in conditional expressions, temporaries, an empty struct.
RING_GLOBAL(.block = {32})
void boxes(ring::span<const std::int32_t> selectors, ring::span<Box> out) {
  const auto i = ring::global_id().x;
  if (i >= out.size()) return;
  [[maybe_unused]] const Empty nothing;
  Box box;
  box.low = selectors[i] > 0 ? Point{selectors[i], 5} : box.high;
  const std::int32_t width = (selectors[i] % 2 == 0 ? Box{} : box).high.x;
  box.id += static_cast<std::uint32_t>(width);
  out[i] = box;
}
