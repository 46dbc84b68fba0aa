// C6: updates of a graph's edges with weights in double, for the targets that have it.
#include <ring/kernel.h>

namespace edges {

struct RING_MESSAGE() Edge {
  std::uint32_t from;
  std::uint32_t to;
  double weight;
};

struct RING_MESSAGE() Degree {
  std::uint32_t vertex;
  std::uint32_t out;
  double weight;
};

struct RING_ACTOR(.name = "edges") Edges {
  std::uint32_t out[64] = {};
  double weight[64] = {};

  void receive(ring::Context& context, const Edge& edge) {
    ++out[edge.from];
    weight[edge.from] += edge.weight;
    context.reply(Degree{edge.from, out[edge.from], weight[edge.from]});
  }
};

} // namespace edges
