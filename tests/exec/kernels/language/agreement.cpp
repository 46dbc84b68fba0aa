// Control flow around barriers that all threads of a block take alike, because they read the same
// word: from shared memory, or from a buffer that the kernel also writes.
#include <ring/kernel.h>

namespace {

constexpr std::uint32_t kThreads = 64;

using Line = std::uint32_t[kThreads];

/// Each thread adds its neighbour; called by all.
void add_neighbours(Line& line) {
  const auto t = ring::thread_id().x;
  const std::uint32_t next = line[(t + 1) % kThreads];
  ring::barrier();
  line[t] = line[t] * 5 + next;
  ring::barrier();
}

/// Goes on until the first word is large or the second one even, whichever is seen first. All
/// threads return in the same turn, and from the same place.
bool settle(Line& line, std::uint32_t limit) {
  for (;;) {
    add_neighbours(line);
    if (line[0] > limit) return true;
    if (line[1] % 2 == 0) return false;
    ring::barrier();
    line[ring::thread_id().x] += ring::thread_id().x;
    ring::barrier();
  }
}

/// Some threads end a turn in the statement in which all leave the loop, in another turn.
std::uint32_t count_turns(Line& line, std::uint32_t limit) {
  const auto t = ring::thread_id().x;
  for (std::uint32_t turn = 0;; ++turn) {
    ring::barrier();
    add_neighbours(line);
    const std::uint32_t seen = line[0] ^ line[1];
    ring::barrier();
    if (seen % 4 != 0) {
      if (seen % 4 == 1) {
        if (seen % 16 == 5) break;
        if (turn >= limit) return turn;
      }
      if (line[t] % 3 == 0) continue;
      line[t] += 5;
    }
    line[t] ^= seen;
  }
  return 1000;
}

} // namespace

/// The number of turns, the way out of them and what follows come from shared memory, which other
/// threads wrote.
RING_GLOBAL(.block = {kThreads})
void shared_verdicts(ring::span<const std::uint32_t> rounds, ring::span<std::uint32_t> values) {
  RING_SHARED std::uint32_t turns;
  RING_SHARED Line line;
  const auto t = ring::thread_id().x;
  const auto i = ring::global_id().x;
  line[t] = values[i];
  if (t == 0) turns = rounds[ring::block_id().x];
  ring::barrier();
  for (std::uint32_t turn = 0; turn < turns; ++turn) {
    add_neighbours(line);
    if (line[0] % 11 == 4) break;
  }
  if (line[kThreads - 1] % 2 == 0) {
    const std::uint32_t mirrored = line[kThreads - 1 - t];
    ring::barrier();
    line[t] ^= mirrored;
  } else if (ring::thread_id().y == 0) { // always, but that is for the compiler to know
    ring::barrier();
    line[t] += turns;
  }
  values[i] = line[t];
}

/// Words of a buffer that thread 0 changes behind a barrier: a loop with its condition at the end,
/// and a switch over signed values. Three words a block.
RING_GLOBAL(.block = {kThreads})
void buffer_verdicts(ring::span<std::int32_t> control, ring::span<std::uint32_t> values) {
  const auto t = ring::thread_id().x;
  const auto i = ring::global_id().x;
  const std::uint32_t at = 3 * ring::block_id().x;
  RING_SHARED Line line;
  line[t] = values[i];
  ring::barrier();
  do {
    add_neighbours(line);
    if (t == 0) control[at] /= 2;
    ring::barrier();
  } while (control[at] != 0);
  switch (control[at + 1]) {
  case -1:
    add_neighbours(line);
    line[t] += 1;
    break;
  case 2:
    if (control[at + 2] > 5) break;
    add_neighbours(line);
    line[t] += 2;
    break;
  case 3:
    values[i] = 3;
    return;
  default:
    line[t] += 4;
  }
  ring::barrier();
  values[i] = line[kThreads - 1 - t];
}

/// Early returns, of a function in a loop and of the kernel, with barriers behind them.
RING_GLOBAL(.block = {kThreads})
void early_returns(ring::span<std::uint32_t> values, std::uint32_t limit) {
  RING_SHARED Line line;
  RING_SHARED std::uint32_t odd;
  const auto t = ring::thread_id().x;
  const auto i = ring::global_id().x;
  line[t] = values[i];
  if (t == 1) odd = 0;
  ring::barrier();
  if (settle(line, limit)) {
    if (line[2] % 4 == 3) return;
    ring::barrier();
    line[t] += 100;
  }
  if (line[t] % 2 != 0) ring::atomic_add(odd, 1u);
  ring::barrier();
  if (odd > kThreads / 2) {
    values[i] = odd;
    return;
  }
  while (line[3] < 0x4000'0000) {
    add_neighbours(line);
    if (t == 3) line[3] |= 1u << (ring::block_id().x % 32);
    ring::barrier();
    for (std::uint32_t turn = 0; turn < 100; ++turn) {
      if (line[4] % 16 == turn) {
        ring::barrier();
        line[t] += turn;
        ring::barrier();
        break;
      }
      if (line[5] % 64 == turn) return;
    }
  }
  values[i] = line[t] + 1;
}

/// Some threads skip the rest of a turn; all meet at its end.
RING_GLOBAL(.block = {kThreads})
void parted_turns(ring::span<std::uint32_t> values, ring::span<const std::uint32_t> rounds,
                  std::uint32_t some) {
  RING_SHARED Line line;
  RING_SHARED std::uint32_t turns;
  const auto t = ring::thread_id().x;
  const auto i = ring::global_id().x;
  line[t] = values[i];
  if (t == 9) turns = rounds[ring::block_id().x];
  for (std::uint32_t turn = 0; turn < some; ++turn) {
    ring::barrier();
    const std::uint32_t other = line[(t + turn) % kThreads];
    ring::barrier();
    if (other % 3 == 0) continue;
    switch (other % 7) {
    case 1:
      line[t] += 1;
      continue;
    case 2:
      break;
    default:
      if (t % 2 == 0) continue;
      line[t] += 7;
    }
    line[t] ^= other;
  }
  ring::barrier();
  for (std::uint32_t turn = 0; turn < turns; ++turn) {
    ring::barrier();
    const std::uint32_t other = line[(t + turn) % kThreads];
    ring::barrier();
    if (line[t] % 5 == 0) continue;
    line[t] += other * 3;
    for (std::uint32_t bit = 0; bit < t; ++bit) {
      if ((other >> bit) % 2 == 0) continue;
      line[t] += bit;
    }
  }
  values[i] = line[t];
}

/// The same in a function that has other ways out.
RING_GLOBAL(.block = {kThreads})
void parted_last_turns(ring::span<std::uint32_t> values, std::uint32_t limit) {
  RING_SHARED Line line;
  const auto t = ring::thread_id().x;
  const auto i = ring::global_id().x;
  line[t] = values[i];
  const std::uint32_t turns = count_turns(line, limit);
  ring::barrier();
  values[i] = line[kThreads - 1 - t] * 1024 + turns;
}

/// Some threads end a case by themselves, all return from another.
RING_GLOBAL(.block = {kThreads})
void parted_cases(ring::span<std::uint32_t> values) {
  RING_SHARED Line line;
  const auto t = ring::thread_id().x;
  const auto i = ring::global_id().x;
  line[t] = values[i];
  switch (ring::block_id().x) {
  case 0:
    if (line[t] % 2 == 0) break;
    line[t] += 1;
    if (line[t] % 3 == 0) break;
    line[t] += 2;
    break;
  case 1:
    values[i] = 4;
    return;
  case 2:
    ring::barrier();
    add_neighbours(line);
    if (line[t] % 2 == 0) break;
    line[t] += 8;
    break;
  default:
    line[t] += 16;
  }
  ring::barrier();
  values[i] = line[kThreads - 1 - t];
}

/// A block of two axes, and a thread that is not the first of either.
RING_GLOBAL(.block = {8, 4})
void flat_verdicts(ring::span<std::uint32_t> values) {
  RING_SHARED std::uint32_t sums[4];
  RING_SHARED bool large;
  const auto [x, y, z] = ring::thread_id();
  const std::uint32_t i = ring::block_id().x * 32 + y * 8 + x;
  if (x == 0) sums[y] = 0;
  ring::barrier();
  ring::atomic_add(sums[y], values[i] % 100);
  ring::barrier();
  if (x == 3 && y == 2) large = sums[1] > sums[0] || sums[2] > sums[3];
  ring::barrier();
  std::uint32_t result = sums[y];
  if (large) {
    if (x == 7) sums[y] += values[i] % 10;
    ring::barrier();
    result += sums[3 - y];
  }
  values[i] = result;
}
