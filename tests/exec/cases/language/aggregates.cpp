// Language set: structs, arrays, pointers and references, structured bindings.
#include "../inputs.h"
#include "../lists.h"

#include <array>
#include <utility>

namespace structs {
#include "../../kernels/language/structs.cpp"
}
namespace arrays {
#include "../../kernels/language/arrays.cpp"
}
namespace pointers {
#include "../../kernels/language/pointers.cpp"
}
namespace bindings {
#include "../../kernels/language/bindings.cpp"
}

namespace ring::exec {
namespace {

using structs::Reading;
using structs::Station;

/// What the compiler lays between the members: in a Reading, a Probe and a Station.
Comparison without_station_padding() {
  std::vector<Padding> padding = {{73, 1}, {76, 4}};
  for (const std::size_t probe : {8u, 40u})
    for (const Padding p : {Padding{3, 1}, Padding{13, 1}, Padding{22, 2}, Padding{29, 3}})
      padding.push_back({probe + p.offset, p.size});
  return without<Station>(padding);
}

std::vector<Station> make_stations(std::uint32_t n) {
  Random random(86);
  std::vector<Station> stations(n);
  for (Station& s : stations) {
    s = {};
    s.key = random.bits();
    for (auto& probe : s.probes) {
      probe.id = static_cast<std::uint16_t>(random.bits());
      probe.weight = static_cast<float>(random.unit());
      probe.sign = static_cast<std::int8_t>(random.below(3)) - 1;
      const bool twins = random.below(3) == 0;
      for (Reading& r : probe.readings) {
        r.channel = static_cast<std::uint8_t>(random.bits());
        for (auto& level : r.levels)
          level = static_cast<std::int16_t>(random.bits());
        for (auto& flag : r.flags)
          flag = static_cast<std::uint8_t>(random.bits());
      }
      if (twins) probe.readings[1] = probe.readings[0];
    }
  }
  return stations;
}

} // namespace

void add_aggregates(CaseList& list) {
  for (const std::uint32_t n : {0u, 1u, 500u}) {
    list.add(
        "language", "structs", "update_stations_" + std::to_string(n), kNone, [=](CaseBuilder& c) {
          const auto stations = c.buffer("stations", make_stations(n), without_station_padding());
          const auto totals = c.output<std::int32_t>("totals", n);
          c.launch("update_stations", structs::update_stations, {32}, {n}, stations, totals);
        });
  }
  list.add("language", "structs", "make_readings", kNone, [](CaseBuilder& c) {
    const auto levels = c.buffer("levels", any_bits<std::int16_t>(300, 87));
    const auto readings = c.output<Reading>("readings", 300, without<Reading>({{1, 1}}));
    c.launch("make_readings", structs::make_readings, {32}, {300}, levels, readings);
  });
  list.add("language", "structs", "boxes", kNone, [](CaseBuilder& c) {
    const auto selectors = c.buffer<std::int32_t>("selectors", {-2, -1, 0, 1, 2, 3});
    const auto out = c.output<structs::Box>("out", 6);
    c.launch("boxes", structs::boxes, {32}, {6}, selectors, out);
    c.check([=](const Results& r) -> std::string {
      const structs::Box last = r.read(out)[5];
      const bool right = last.low.x == 3 && last.low.y == 5 && last.high.y == 40 && last.id == 39;
      return right ? "" : "the members' initializers went astray";
    });
  });

  list.add("language", "arrays", "shuffle_arrays", kNone, [](CaseBuilder& c) {
    const auto in = c.buffer("in", whole<std::int32_t>(8 * 250, -100000, 100000, 88));
    const auto out = c.output<std::int32_t>("out", 8 * 250);
    c.launch("shuffle_arrays", arrays::shuffle_arrays, {32}, {250}, in, out);
  });
  list.add("language", "arrays", "array_elements", kNone, [](CaseBuilder& c) {
    std::vector<std::array<std::int16_t, 3>> values;
    Random random(89);
    for (int i = 0; i < 333; ++i) {
      const auto v = [&] { return static_cast<std::int16_t>(random.below(50)); };
      values.push_back({v(), v(), v()});
    }
    values[3] = {9, 9, 1};
    const auto elements = c.buffer("elements", values);
    c.launch("array_elements", arrays::array_elements, {32}, {333}, elements);
    c.check([=](const Results& r) -> std::string {
      return r.read(elements)[3] == std::array<std::int16_t, 3>{-1, -1, -1} ? ""
                                                                            : "fill did not fill";
    });
  });

  for (const std::uint32_t run : {1u, 2u, 9u, 64u}) {
    list.add("language", "pointers", "walk_span_" + std::to_string(run), kNone,
             [=](CaseBuilder& c) {
               const auto values = c.buffer("values", whole<std::int32_t>(run * 70 + 3, 0, 20, 90));
               c.launch("walk_span", pointers::walk_span, {32}, {71}, values, run);
             });
  }
  list.add("language", "pointers", "local_references", kNone, [](CaseBuilder& c) {
    const auto in = c.buffer("in", whole<std::int32_t>(600, -5000, 5000, 91));
    const auto out = c.output<std::int32_t>("out", 1200);
    c.launch("local_references", pointers::local_references, {32}, {300}, in, out);
  });
  list.add("language", "pointers", "link_nodes", kNone, [](CaseBuilder& c) {
    std::vector<pointers::Node> tree;
    Random random(92);
    for (std::int32_t i = 0; i < 200; ++i) {
      const std::int32_t child =
          random.below(4) == 0 ? -1 : i + 1 + static_cast<std::int32_t>(random.below(5));
      tree.push_back({static_cast<std::int32_t>(random.below(900)), {child < 200 ? child : -1, i}});
    }
    const auto nodes = c.buffer("nodes", tree);
    const auto depths = c.output<std::int32_t>("depths", 200);
    c.launch("link_nodes", pointers::link_nodes, {32}, {200}, nodes, depths);
  });
  list.add("language", "pointers", "parts", kNone, [](CaseBuilder& c) {
    const auto values = c.buffer("values", whole<std::int32_t>(1000, -99, 99, 93));
    const auto out = c.output<std::int32_t>("out", 200);
    c.launch("parts", pointers::parts, {32}, {100}, values, out);
  });

  list.add("language", "bindings", "bind", kNone, [](CaseBuilder& c) {
    std::vector<bindings::Interval> values;
    Random random(94);
    for (int i = 0; i < 200; ++i)
      values.push_back({static_cast<std::int32_t>(random.below(2000)) - 1000,
                        static_cast<std::int32_t>(random.below(2000)) - 1000});
    const auto intervals = c.buffer("intervals", values);
    const auto out = c.output<std::int32_t>("out", 6 * 200);
    c.launch("bind", bindings::bind, {32}, {200}, intervals, out);
  });
}

} // namespace ring::exec
