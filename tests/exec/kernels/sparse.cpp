// A14. Graphs and sparse matrices in compressed rows (CSR): breadth-first search level by level,
// and the kernels of a conjugate gradient step.
#include <ring/kernel.h>

constexpr std::uint32_t kUnreached = 0xFFFFFFFFu;

RING_GLOBAL(.block = {256})
void bfs_init(ring::span<std::uint32_t> levels, ring::span<std::uint32_t> frontier,
              ring::span<std::uint32_t> next, std::uint32_t source) {
  const auto v = ring::global_id().x;
  if (v >= levels.size()) return;
  levels[v] = v == source ? 0 : kUnreached;
  frontier[v] = v == source ? 1 : 0;
  next[v] = 0;
}

/// Visits the neighbours of the frontier. Several threads may reach one vertex: all of them write
/// the same level.
RING_GLOBAL(.block = {256})
void bfs_advance(ring::span<const std::uint32_t> row_offsets,
                 ring::span<const std::uint32_t> columns, ring::span<const std::uint32_t> frontier,
                 ring::span<std::uint32_t> next, ring::span<std::uint32_t> levels,
                 std::uint32_t depth) {
  const auto v = ring::global_id().x;
  if (v >= frontier.size() || frontier[v] == 0) return;
  std::uint32_t edge = row_offsets[v];
  const std::uint32_t end = row_offsets[v + 1];
  while (edge != end) {
    const std::uint32_t neighbour = columns[edge++];
    const std::uint32_t before = ring::atomic_min(levels[neighbour], depth + 1);
    if (before == kUnreached) ring::atomic_store(next[neighbour], 1u);
  }
}

/// Makes the next frontier the current one and counts its vertices.
RING_GLOBAL(.block = {256})
void bfs_copy(ring::span<std::uint32_t> frontier, ring::span<std::uint32_t> next,
              ring::span<std::uint32_t> sizes, std::uint32_t depth) {
  const auto v = ring::global_id().x;
  if (v >= frontier.size()) return;
  frontier[v] = next[v];
  if (next[v] != 0) ring::atomic_inc(sizes[depth + 1]);
  next[v] = 0;
}

RING_GLOBAL(.block = {128})
void spmv_csr(ring::span<const std::uint32_t> row_offsets, ring::span<const std::uint32_t> columns,
              ring::span<const float> values, ring::span<const float> x, ring::span<float> y) {
  const auto row = ring::global_id().x;
  if (row >= y.size()) return;
  float sum = 0.0f;
  for (std::uint32_t k = row_offsets[row]; k < row_offsets[row + 1]; ++k)
    sum += values[k] * x[columns[k]];
  y[row] = sum;
}

RING_GLOBAL(.block = {128})
void axpby(ring::span<const float> x, ring::span<float> y, float a, float b) {
  const auto i = ring::global_id().x;
  if (i < y.size()) y[i] = a * x[i] + b * y[i];
}

/// One partial sum a block, so that the order of the additions is the same on every run.
RING_GLOBAL(.block = {128})
void dot(ring::span<const float> x, ring::span<const float> y, ring::span<float> partial) {
  RING_SHARED float products[128];
  const auto i = ring::global_id().x;
  const auto t = ring::thread_id().x;
  products[t] = i < x.size() ? x[i] * y[i] : 0.0f;
  ring::barrier();
  for (std::uint32_t stride = 64; stride > 0; stride /= 2) {
    if (t < stride) products[t] += products[t + stride];
    ring::barrier();
  }
  if (t == 0) partial[ring::block_id().x] = products[0];
}

RING_GLOBAL(.block = {128})
void scale_vector(ring::span<float> x, float factor, std::uint32_t first, std::uint32_t count) {
  const auto i = ring::global_id().x;
  if (i >= count) return;
  x[first + i] *= factor;
}
