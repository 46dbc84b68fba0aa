// C7: an actor that was launched with buffers.
#include "../../../actors/kernels/pagerank.cpp"
#include "actor_case.h"

#include <bit>

namespace ring::exec {
namespace {

using Words = std::vector<std::uint32_t>;

/// A ring of vertices with a chord from each third one to vertex 0, transposed.
struct Graph {
  std::vector<std::uint32_t> row{0}, column, out_degree;

  explicit Graph(std::uint32_t vertices) : out_degree(vertices) {
    for (std::uint32_t v = 0; v < vertices; ++v) {
      for (std::uint32_t u = 0; u < vertices; ++u) {
        const bool is_next = (u + 1) % vertices == v, is_chord = v == 0 && u % 3 == 1;
        for (int i = 0; i < is_next + is_chord; ++i) {
          column.push_back(u);
          ++out_degree[u];
        }
      }
      row.push_back(static_cast<std::uint32_t>(column.size()));
    }
  }
};

} // namespace

void add_actor_buffers(CaseList& list) {
  // The buffers of a case come in the order of the kernel's parameters: words, states, then these.
  static const HostModule module{
      "pagerank",
      {host_actor<pagerank::PageRank, pagerank::Step>(
          [](pagerank::PageRank& actor, ArgumentReader* reader, Memory& memory) {
            const auto bind = [&]<class T>(ring::span<T>& span, std::size_t buffer) {
              auto& bytes = memory.at(buffer);
              span = ring::span<T>(reinterpret_cast<T*>(bytes.data()), bytes.size() / sizeof(T));
            };
            bind(actor.row, 0);
            bind(actor.column, 1);
            bind(actor.out_degree, 2);
            bind(actor.rank, 3);
            bind(actor.next, 4);
            if (reader) (*reader)(actor.damping);
          })}};
  add_trace(list, "C7", module, "steps", kNone, [](ActorCase& c) {
    constexpr std::uint32_t kVertices = 24;
    const Graph graph(kVertices);
    const std::string reason = "a division and sums of floats, 12 steps of them";
    c.span(1, false, "row", graph.row);
    c.span(1, false, "column", graph.column);
    c.span(1, false, "out_degree", graph.out_degree);
    c.span(1, true, "rank", std::vector<float>(kVertices, 1.0f / kVertices),
           exact_if_strict(Metric::abs, 1e-6, reason));
    c.span(1, true, "next", std::vector<float>(kVertices, 0.0f),
           exact_if_strict(Metric::abs, 1e-6, reason));
    const auto actor = c.actor({.type = 1, .arguments = {std::bit_cast<std::uint32_t>(0.85f)}});
    c.send(actor, pagerank::Step{5}, 1);
    c.send(actor, pagerank::Step{7}, 2);
    c.run(
        [=](const Words& words) -> std::string {
          const std::vector<Reply> got = replies_of(words, actor);
          if (got.size() != 2) return std::to_string(got.size()) + " answers";
          const auto first = got[0].as<pagerank::Residual>(),
                     second = got[1].as<pagerank::Residual>();
          if (first.steps != 5 || second.steps != 12) return "the steps are counted wrong";
          return second.change < first.change && second.change > 0 ? "" : "it does not converge";
        },
        false);
  });
}

} // namespace ring::exec
