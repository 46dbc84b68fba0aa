// A17. Histogram of bytes: each block counts into shared bins, then adds them to the global ones.
#include <ring/kernel.h>

constexpr std::uint32_t kBins = 256;

RING_GLOBAL(.block = {128})
void histogram(ring::span<const std::uint8_t> data, ring::span<std::uint32_t> bins) {
  RING_SHARED std::uint32_t local[kBins];
  const auto t = ring::thread_id().x;
  const auto threads = ring::block_dim().x;

  for (std::uint32_t bin = t; bin < kBins; bin += threads)
    local[bin] = 0;
  ring::barrier();

  // A grid-stride loop: any grid counts data of any length.
  const std::size_t step = static_cast<std::size_t>(ring::grid_dim().x) * threads;
  for (std::size_t i = ring::global_id().x; i < data.size(); i += step) {
    ring::atomic_add(local[data[i]], 1u);
  }
  ring::barrier();

  for (std::uint32_t bin = t; bin < kBins; bin += threads) {
    if (local[bin] != 0) ring::atomic_add(bins[bin], local[bin]);
  }
}
