#include "inputs.h"
#include "lists.h"

namespace init_array {
#include "../kernels/init_array.cpp"
}

namespace ring::exec {

void add_init_array(CaseList& list) {
  const Dim sizes[] = {{1, 1}, {16, 16}, {17, 33}, {1, 100}, {100, 1}, {257, 129}};
  for (const Dim size : sizes) {
    const std::string name = std::to_string(size.x) + "x" + std::to_string(size.y);
    list.add("A3", "init_array", name, kNone, [=](CaseBuilder& c) {
      const auto values =
          c.output<float>("values", size.x * size.y,
                          exact_if_strict(Metric::abs, 1e-4, "x + 0.001 y may be contracted"));
      c.launch("init_array", init_array::init_array, {16, 16}, size, values, size.x, size.y);
    });
  }
  list.add("A3", "init_array", "known", kNone, [](CaseBuilder& c) {
    const auto values =
        c.output<float>("values", 8, exact_if_strict(Metric::abs, 1e-6, "contraction"));
    c.launch("init_array", init_array::init_array, {16, 16}, {4, 2}, values, 4u, 2u);
    c.check([=](const Results& r) -> std::string {
      const auto v = r.read(values);
      if (v[3] != 3.0f) return "(3, 0) is not 3";
      return v[4] > 0.0009f && v[4] < 0.0011f ? "" : "(0, 1) is not 0.001";
    });
  });
  list.add("A3", "init_array", "ids_3d", kNone, [](CaseBuilder& c) {
    const auto ids = c.output<std::uint32_t>("ids", 19 * 9 * 5);
    c.launch("record_ids", init_array::record_ids, {8, 4, 2}, {19, 9, 5}, ids, 19u, 9u, 5u);
    c.check([=](const Results& r) -> std::string {
      const auto v = r.read(ids);
      for (const std::uint32_t id : v)
        if (id == 0xFFFFFFFFu) return "global_id is not block_id * block_dim + thread_id";
      // Cell (18, 8, 4) is thread (2, 0, 0) of block (2, 2, 2).
      return v.back() == (2u | 2u << 12 | 2u << 18 | 2u << 24) ? ""
                                                               : "the last cell's ids are wrong";
    });
  });
}

} // namespace ring::exec
