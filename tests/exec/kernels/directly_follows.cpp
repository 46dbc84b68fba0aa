// A7. Process mining: how often activity b directly follows activity a within a case, and how long
// that takes.
#include <ring/kernel.h>

struct Event {
  std::uint32_t case_id;
  std::uint16_t activity;
  std::uint16_t resource;
  std::uint64_t timestamp; // ms; events are sorted by case, then by time
};

RING_GLOBAL(.block = {256})
void count_edges(ring::span<const Event> events, ring::span<std::uint32_t> counts,
                 std::uint32_t activities) {
  const std::size_t i = ring::global_id().x;
  if (i + 1 >= events.size()) return;
  const Event& from = events[i];
  const Event& to = events[i + 1];
  if (from.case_id != to.case_id) return;
  ring::atomic_inc(counts[from.activity * activities + to.activity]);
}

/// The same counts in 64 bits, with the total and the extremes of the waiting times on each edge.
RING_GLOBAL(.block = {256})
void time_edges(ring::span<const Event> events, ring::span<std::uint64_t> counts,
                ring::span<std::uint64_t> total, ring::span<std::uint64_t> shortest,
                ring::span<std::uint64_t> longest, std::uint32_t activities) {
  const std::size_t i = ring::global_id().x;
  if (i + 1 >= events.size()) return;
  const Event& from = events[i];
  const Event& to = events[i + 1];
  if (from.case_id != to.case_id) return;

  const std::uint32_t edge = from.activity * activities + to.activity;
  const std::uint64_t waited = to.timestamp - from.timestamp;
  ring::atomic_add(counts[edge], std::uint64_t{1});
  ring::atomic_add(total[edge], waited);
  ring::atomic_min(shortest[edge], waited);
  ring::atomic_max(longest[edge], waited);
}
