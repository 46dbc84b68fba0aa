#include "inputs.h"
#include "lists.h"

namespace sparse {
#include "../kernels/sparse.cpp"
}

namespace ring::exec {
namespace {

struct Csr {
  std::vector<std::uint32_t> offsets = {0};
  std::vector<std::uint32_t> columns;

  void add_row(const std::vector<std::uint32_t>& row) {
    columns.insert(columns.end(), row.begin(), row.end());
    offsets.push_back(static_cast<std::uint32_t>(columns.size()));
  }
};

/// Vertices are d-bit numbers; neighbours differ in one bit.
Csr hypercube(std::uint32_t dimension) {
  Csr graph;
  for (std::uint32_t v = 0; v < 1u << dimension; ++v) {
    std::vector<std::uint32_t> row;
    for (std::uint32_t bit = 0; bit < dimension; ++bit)
      row.push_back(v ^ 1u << bit);
    graph.add_row(row);
  }
  return graph;
}

Csr random_rows(std::uint32_t rows, std::uint32_t columns, std::uint64_t seed) {
  Random random(seed);
  Csr matrix;
  for (std::uint32_t v = 0; v < rows; ++v) {
    std::vector<std::uint32_t> row;
    for (std::uint64_t k = random.below(7); k > 0; --k)
      row.push_back(static_cast<std::uint32_t>(random.below(columns)));
    matrix.add_row(row);
  }
  return matrix;
}

struct Search {
  Handle<std::uint32_t> levels, sizes;
};

Search search(CaseBuilder& c, const Csr& graph, std::uint32_t source, std::uint32_t depths) {
  const auto n = static_cast<std::uint32_t>(graph.offsets.size() - 1);
  const auto offsets = c.buffer("row_offsets", graph.offsets);
  const auto columns = c.buffer("columns", graph.columns);
  const auto levels = c.output<std::uint32_t>("levels", n);
  const auto frontier = c.output<std::uint32_t>("frontier", n);
  const auto next = c.output<std::uint32_t>("next", n);
  const auto sizes = c.buffer("sizes", filled<std::uint32_t>(depths + 1, 0));
  c.launch("bfs_init", sparse::bfs_init, {256}, {n}, levels, frontier, next, source);
  for (std::uint32_t depth = 0; depth < depths; ++depth) {
    c.launch("bfs_advance", sparse::bfs_advance, {256}, {n}, offsets, columns, frontier, next,
             levels, depth);
    c.launch("bfs_copy", sparse::bfs_copy, {256}, {n}, frontier, next, sizes, depth);
  }
  return {levels, sizes};
}

std::vector<std::uint32_t> binomials(std::uint32_t d) {
  std::vector<std::uint32_t> row = {1};
  for (std::uint32_t k = 0; k < d; ++k)
    row.push_back(row.back() * (d - k) / (k + 1));
  return row;
}

} // namespace

void add_sparse(CaseList& list) {
  for (const std::uint32_t d : {1u, 4u, 12u}) {
    list.add("A14", "sparse", "bfs_hypercube_" + std::to_string(d), kNone, [=](CaseBuilder& c) {
      const Search s = search(c, hypercube(d), (1u << d) - 1, d);
      auto sizes = binomials(d);
      sizes[0] = 0; // the source is not counted: nobody reached it
      c.expect(s.sizes, sizes);
      c.check([=](const Results& r) -> std::string {
        const auto levels = r.read(s.levels);
        for (std::uint32_t v = 0; v < levels.size(); ++v)
          if (levels[v] != d - static_cast<std::uint32_t>(__builtin_popcount(v)))
            return "a level is not the number of bits that differ";
        return {};
      });
    });
  }
  list.add("A14", "sparse", "bfs_random", kNone,
           [](CaseBuilder& c) { search(c, random_rows(3000, 3000, 32), 5, 12); });

  for (const std::uint32_t rows : {0u, 1u, 500u, 4097u}) {
    list.add("A14", "sparse", "spmv_" + std::to_string(rows), kNone, [=](CaseBuilder& c) {
      const Csr matrix = random_rows(rows, 300, 33);
      const auto offsets = c.buffer("row_offsets", matrix.offsets);
      const auto columns = c.buffer("columns", matrix.columns);
      const auto values = c.buffer("values", uniform<float>(matrix.columns.size(), -1, 1, 34));
      const auto x = c.buffer("x", uniform<float>(300, -1, 1, 35));
      const auto y = c.output<float>("y", rows, exact_if_strict(Metric::abs, 1e-5, "contraction"));
      c.launch("spmv_csr", sparse::spmv_csr, {128}, {rows}, offsets, columns, values, x, y);
    });
    list.add("A14", "sparse", "axpby_dot_scale_" + std::to_string(rows), kNone,
             [=](CaseBuilder& c) {
               const auto x = c.buffer("x", whole<float>(rows, -9, 9, 36)); // exact in any order
               const auto y = c.buffer("y", whole<float>(rows, -9, 9, 37));
               const auto partial = c.output<float>("partial", rows / 128 + 1);
               c.launch("axpby", sparse::axpby, {128}, {rows}, x, y, 2.0f, -0.5f);
               c.launch("scale_vector", sparse::scale_vector, {128}, {rows / 2}, x, 3.0f, rows / 4,
                        rows / 2);
               c.launch("dot", sparse::dot, {128}, {rows / 128 * 128 + 1}, x, y, partial);
             });
  }
  list.add("A14", "sparse", "spmv_known", kNone, [](CaseBuilder& c) {
    const auto offsets = c.buffer<std::uint32_t>("row_offsets", {0, 2, 2, 3});
    const auto columns = c.buffer<std::uint32_t>("columns", {0, 2, 1});
    const auto values = c.buffer<float>("values", {1, 2, 3});
    const auto x = c.buffer<float>("x", {5, 7, 11});
    const auto y = c.output<float>("y", 3);
    c.launch("spmv_csr", sparse::spmv_csr, {128}, {3}, offsets, columns, values, x, y);
    c.expect<float>(y, {27, 0, 21});
  });
}

} // namespace ring::exec
