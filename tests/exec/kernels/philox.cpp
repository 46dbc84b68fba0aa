// A15. Monte Carlo with Philox4x32-10, a counter-based generator: the i-th thread computes the i-th
// block of random bits from nothing but i. (Salmon et al., "Parallel random numbers: as easy as 1,
// 2, 3", SC 2011.)
#include <ring/kernel.h>

#include <array>
#include <cmath>

using Counter = std::array<std::uint32_t, 4>;

struct Key {
  std::uint32_t low, high;
};

namespace {

/// The 64-bit product of a and b, in two halves.
void multiply(std::uint32_t a, std::uint32_t b, std::uint32_t& high, std::uint32_t& low) {
  const std::uint64_t product = static_cast<std::uint64_t>(a) * b;
  high = static_cast<std::uint32_t>(product >> 32);
  low = static_cast<std::uint32_t>(product);
}

void round(Counter& c, const Key& key) {
  std::uint32_t high0, low0, high1, low1;
  multiply(0xD2511F53u, c[0], high0, low0);
  multiply(0xCD9E8D57u, c[2], high1, low1);
  c = {high1 ^ c[1] ^ key.low, low1, high0 ^ c[3] ^ key.high, low0};
}

Counter philox4x32_10(Counter c, Key key) {
  for (int i = 0; i < 10; ++i) {
    round(c, key);
    key.low += 0x9E3779B9u;
    key.high += 0xBB67AE85u;
  }
  return c;
}

/// Uniform in (0, 1), never 0 or 1: the middle of one of 2^23 equal cells, exact in f32.
float to_uniform(std::uint32_t bits) {
  return (static_cast<float>(bits >> 9) + 0.5f) * (1.0f / 8388608.0f);
}

Counter draw(std::uint32_t index, Key key) { return philox4x32_10({index, 0, 0, 0}, key); }

} // namespace

/// The generator itself, for the published vectors: four words of counter and two of key a thread.
RING_GLOBAL(.block = {64})
void philox_blocks(ring::span<const Counter> counters, ring::span<const Key> keys,
                   ring::span<Counter> blocks) {
  const auto i = ring::global_id().x;
  if (i < blocks.size()) blocks[i] = philox4x32_10(counters[i], keys[i]);
}

RING_GLOBAL(.block = {256})
void fill_uniform(ring::span<float> values, Key key) {
  const auto i = ring::global_id().x;
  const Counter bits = draw(i, key);
  for (std::uint32_t k = 0; k < 4; ++k) {
    if (4 * i + k < values.size()) values[4 * i + k] = to_uniform(bits[k]);
  }
}

/// Standard normals by Box and Muller, two of each pair of uniforms.
RING_GLOBAL(.block = {256})
void fill_normal(ring::span<float> values, Key key) {
  const auto i = ring::global_id().x;
  const Counter bits = draw(i, key);
  for (std::uint32_t k = 0; k < 4; k += 2) {
    const float radius = std::sqrt(-2.0f * std::log(to_uniform(bits[k])));
    const float angle = 6.2831853f * to_uniform(bits[k + 1]);
    if (4 * i + k < values.size()) values[4 * i + k] = radius * std::cos(angle);
    if (4 * i + k + 1 < values.size()) values[4 * i + k + 1] = radius * std::sin(angle);
  }
}

/// Antithetic estimate of the integral of u² over (0, 1): each draw is used as u and as 1 − u. One
/// mean a thread.
RING_GLOBAL(.block = {128})
void antithetic_means(ring::span<float> means, Key key, std::uint32_t draws) {
  const auto i = ring::global_id().x;
  if (i >= means.size()) return;
  float sum = 0.0f;
  for (std::uint32_t n = 0; n < draws; ++n) {
    const float u = to_uniform(draw(i * draws + n, key)[0]);
    const float mirrored = 1.0f - u;
    sum += 0.5f * (u * u + mirrored * mirrored);
  }
  means[i] = sum / static_cast<float>(draws);
}

/// Importance weights of samples from N(0, 1) for the target N(shift, 1).
RING_GLOBAL(.block = {128})
void importance_weights(ring::span<const float> samples, ring::span<float> weights, float shift) {
  const auto i = ring::global_id().x;
  if (i < weights.size()) weights[i] = std::exp(shift * samples[i] - 0.5f * shift * shift);
}

/// Σ wᵢ xᵢ and Σ wᵢ of each block.
RING_GLOBAL(.block = {128})
void weighted_sums(ring::span<const float> samples, ring::span<const float> weights,
                   ring::span<float> sums, ring::span<float> weight_sums) {
  RING_SHARED float weighted[128];
  RING_SHARED float total[128];
  const auto i = ring::global_id().x;
  const auto t = ring::thread_id().x;
  const float w = i < samples.size() ? weights[i] : 0.0f;
  weighted[t] = i < samples.size() ? w * samples[i] : 0.0f;
  total[t] = w;
  ring::barrier();
  for (std::uint32_t stride = 64; stride > 0; stride >>= 1) {
    if (t < stride) {
      weighted[t] += weighted[t + stride];
      total[t] += total[t + stride];
    }
    ring::barrier();
  }
  if (t == 0) {
    sums[ring::block_id().x] = weighted[0];
    weight_sums[ring::block_id().x] = total[0];
  }
}
