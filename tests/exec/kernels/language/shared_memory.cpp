// Block-shared memory of every shape: narrow elements, structs, two dimensions, several arrays,
// through functions.
#include <ring/kernel.h>

struct Cell {
  std::uint16_t key;
  std::uint8_t tag;
  std::int32_t value;
};

struct Tally {
  std::uint32_t odd;
  std::uint32_t even;
};

namespace {

constexpr std::uint32_t kThreads = 64;

/// All threads of the block call it together, with barriers of its own.
template <std::size_t N> std::uint32_t sum_all(std::uint32_t (&scratch)[N], std::uint32_t mine) {
  const auto t = ring::thread_id().x;
  scratch[t] = mine;
  ring::barrier();
  for (std::uint32_t stride = N / 2; stride > 0; stride /= 2) {
    if (t < stride) scratch[t] += scratch[t + stride];
    ring::barrier();
  }
  const std::uint32_t sum = scratch[0];
  ring::barrier(); // the scratch is the caller's again
  return sum;
}

} // namespace

/// Each thread writes a byte and a 16-bit word next to its neighbours'.
RING_GLOBAL(.block = {kThreads})
void narrow_shared(ring::span<const std::uint8_t> in, ring::span<std::uint32_t> out) {
  RING_SHARED std::uint8_t bytes[kThreads];
  RING_SHARED std::int16_t words[kThreads + 1];
  const auto t = ring::thread_id().x;
  const auto i = ring::global_id().x;

  bytes[t] = in[i];
  words[t + 1] = static_cast<std::int16_t>(-in[i] * 100);
  if (t == 0) words[0] = 7;
  ring::barrier();
  const std::uint32_t mirrored = bytes[kThreads - 1 - t];
  const std::int32_t before = words[t];
  ring::barrier();
  bytes[t] ^= 0xFF;
  ring::barrier();
  out[i] = mirrored << 24 | static_cast<std::uint32_t>(bytes[(t + 1) % kThreads]) << 16 |
           (static_cast<std::uint32_t>(before) & 0xFFFF);
}

RING_GLOBAL(.block = {8, 8})
void struct_shared(ring::span<const std::int32_t> in, ring::span<std::int32_t> out) {
  RING_SHARED Cell grid[8][8];
  const auto [x, y, z] = ring::thread_id();
  const std::uint32_t i = ring::block_id().x * 64 + y * 8 + x;

  grid[y][x] = Cell{static_cast<std::uint16_t>(x * y), static_cast<std::uint8_t>(in[i]), in[i]};
  ring::barrier();
  const Cell across = grid[x][y];
  const std::int32_t right = grid[y][(x + 1) % 8].value;
  ring::barrier();
  if (x == y) grid[y][x].tag = 255;
  ring::barrier();
  out[i] = across.value - right + grid[x][x].tag * 1000 + across.key;
}

RING_GLOBAL(.block = {kThreads})
void shared_through_functions(ring::span<const std::uint32_t> in, ring::span<std::uint32_t> out) {
  RING_SHARED std::uint32_t scratch[kThreads];
  RING_SHARED std::uint32_t counters[4];
  const auto t = ring::thread_id().x;
  const auto i = ring::global_id().x;
  const std::uint32_t mine = i < in.size() ? in[i] : 0;

  if (t < 4) counters[t] = 0;
  const std::uint32_t sum = sum_all(scratch, mine);
  const std::uint32_t squares = sum_all(scratch, mine * mine);
  ring::atomic_add(counters[mine % 4], 1u);
  ring::atomic_max(counters[3], t);
  ring::barrier();
  if (i < out.size()) out[i] = sum ^ squares ^ counters[t % 4];
}

/// A barrier in a loop whose length comes from the data, the same for the whole block.
RING_GLOBAL(.block = {kThreads})
void diffuse(ring::span<std::int32_t> values, ring::span<const std::uint32_t> rounds) {
  RING_SHARED std::int32_t line[2][kThreads];
  const auto t = ring::thread_id().x;
  const auto i = ring::global_id().x;
  const std::uint32_t turns = rounds[ring::block_id().x];
  line[0][t] = values[i];
  ring::barrier();
  for (std::uint32_t turn = 0; turn < turns; ++turn) {
    const auto& from = line[turn % 2];
    const std::int32_t left = from[t == 0 ? t : t - 1];
    const std::int32_t right = from[t + 1 == kThreads ? t : t + 1];
    line[1 - turn % 2][t] = left / 2 + right - from[t] / 3;
    ring::barrier();
  }
  values[i] = line[turns % 2][t];
}

/// The same function called in two arms of a branch that all threads of a block take alike.
RING_GLOBAL(.block = {kThreads})
void uniform_branches(ring::span<std::uint32_t> values, std::uint32_t mode) {
  RING_SHARED std::uint32_t scratch[kThreads];
  const auto i = ring::global_id().x;
  const std::uint32_t mine = i < values.size() ? values[i] : 1;
  std::uint32_t result = 0;
  if (mode == 0) {
    result = sum_all(scratch, mine);
  } else if (ring::block_id().x % 2 == 0) {
    result = sum_all(scratch, mine * 3) + 1;
  } else {
    result = mine;
  }
  if (i < values.size()) values[i] = result;
}

/// Words that some thread wrote decide for the block: a scalar, an element, and counters that are
/// atomic, one of them in a struct. No barrier but those of the loads.
RING_GLOBAL(.block = {kThreads})
void uniform_loads(ring::span<std::uint32_t> values, ring::span<const std::uint32_t> rounds) {
  RING_SHARED std::uint32_t turns;
  RING_SHARED std::uint32_t line[kThreads];
  RING_SHARED std::uint32_t large;
  RING_SHARED Tally tally;
  const auto t = ring::thread_id().x;
  const auto i = ring::global_id().x;
  line[t] = values[i];
  if (t == 5) {
    turns = rounds[ring::block_id().x];
    large = 0;
    tally = {0, 0};
  }
  const std::uint32_t count = ring::detail::uniform_load(turns);
  for (std::uint32_t turn = 0; turn < count; ++turn) {
    const std::uint32_t first = ring::detail::uniform_load(line[turn % kThreads]);
    if (first % 7 == 3) break;
    line[t] = line[t] * 3 + first + t;
  }
  if (line[t] > 1u << 31) ring::atomic_add(large, 1u);
  ring::atomic_add(line[t] % 2 != 0 ? tally.odd : tally.even, 1u);
  const std::uint32_t all_large = ring::detail::uniform_load(large);
  std::uint32_t result = all_large;
  if (ring::detail::uniform_load(tally.odd) > kThreads / 2) {
    result += sum_all(line, line[t] % 16);
  }
  values[i] = result * 64 + line[t];
}
