// A17. One-dimensional convolution with a short filter that is passed by value; zero outside the
// signal.
#include <ring/kernel.h>

constexpr std::int32_t kMaxRadius = 8;
constexpr std::int32_t kBlock = 128;

struct Filter {
  float taps[2 * kMaxRadius + 1];
  std::int32_t radius;
};

RING_GLOBAL(.block = {kBlock})
void convolve(ring::span<const float> signal, ring::span<float> result, Filter filter) {
  RING_SHARED float window[kBlock + 2 * kMaxRadius];
  const auto n = static_cast<std::int32_t>(signal.size());
  const auto t = static_cast<std::int32_t>(ring::thread_id().x);
  const auto start = static_cast<std::int32_t>(ring::block_id().x) * kBlock - filter.radius;

  for (std::int32_t k = t; k < kBlock + 2 * filter.radius; k += kBlock) {
    const std::int32_t source = start + k;
    window[k] = source >= 0 && source < n ? signal[source] : 0.0f;
  }
  ring::barrier();

  const std::int32_t i = start + filter.radius + t;
  if (i >= n) return;
  float sum = 0.0f;
  for (std::int32_t k = 0; k <= 2 * filter.radius; ++k) {
    sum += filter.taps[2 * filter.radius - k] * window[t + k];
  }
  result[i] = sum;
}
