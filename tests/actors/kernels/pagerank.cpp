// C7: an actor that was launched with buffers: a graph in CSR form.
#include <ring/kernel.h>

namespace pagerank {

struct RING_MESSAGE() Step {
  std::uint32_t count;
};

struct RING_MESSAGE() Residual {
  std::uint32_t steps; // so far
  float change;        // sum of |new - old| in the last one
};

struct RING_ACTOR(.name = "pagerank") PageRank {
  RING_PARAM() ring::span<const std::uint32_t> row; // of the transposed graph, vertices + 1
  RING_PARAM() ring::span<const std::uint32_t> column;
  RING_PARAM() ring::span<const std::uint32_t> out_degree;
  RING_PARAM() ring::span<float> rank;
  RING_PARAM() ring::span<float> next;
  RING_PARAM() float damping;
  std::uint32_t steps = 0;

  float step() {
    const auto vertices = static_cast<std::uint32_t>(rank.size());
    for (std::uint32_t v = 0; v < vertices; ++v) {
      float sum = 0;
      for (std::uint32_t e = row[v]; e < row[v + 1]; ++e) {
        const std::uint32_t u = column[e];
        if (out_degree[u] == 0) continue;
        sum += rank[u] / static_cast<float>(out_degree[u]);
      }
      next[v] = (1.0f - damping) / static_cast<float>(vertices) + damping * sum;
    }
    float change = 0;
    for (std::uint32_t v = 0; v < vertices; ++v) {
      const float difference = next[v] - rank[v];
      change += difference < 0 ? -difference : difference;
      rank[v] = next[v];
    }
    ++steps;
    return change;
  }

  void receive(ring::Context& context, const Step& message) {
    float change = 0;
    for (std::uint32_t i = 0; i < message.count; ++i)
      change = step();
    context.reply(Residual{steps, change});
  }
};

} // namespace pagerank
