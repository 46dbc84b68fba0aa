#include "inputs.h"
#include "lists.h"

#include <cmath>

namespace nbody {
#include "../kernels/nbody.cpp"
}

namespace ring::exec {
namespace {

using nbody::Body;
using nbody::Vector;

std::vector<Body> make_bodies(std::uint32_t n) {
  Random random(45);
  std::vector<Body> bodies;
  const auto coordinate = [&] { return static_cast<float>(2 * random.unit() - 1); };
  for (std::uint32_t i = 0; i < n; ++i) {
    const float x = coordinate(), y = coordinate(), z = coordinate();
    bodies.push_back({x, y, z, static_cast<float>(0.1 + random.unit())});
  }
  return bodies;
}

} // namespace

void add_nbody(CaseList& list) {
  Comparison rule =
      exact_if_strict(Metric::rel, 1e-4, "contraction, and 2.5 ulp for each division");
  rule.elements = Element::f32;
  for (const std::uint32_t n : {0u, 1u, 63u, 64u, 500u}) {
    list.add("A17", "nbody", "steps_" + std::to_string(n), kNone, [=](CaseBuilder& c) {
      const auto bodies = c.buffer("bodies", make_bodies(n), rule);
      const auto velocities = c.buffer("velocities", filled<Vector>(n, Vector{}), rule);
      const auto result = c.output<Vector>("accelerations", n, rule);
      for (int s = 0; s < 3; ++s) {
        c.launch("accelerations", nbody::accelerations, {64}, {n}, bodies, result, 0.01f);
        c.launch("advance", nbody::advance, {64}, {n}, bodies, velocities, result, 0.001f);
      }
    });
  }
  list.add("A17", "nbody", "two_bodies_known", kNone, [=](CaseBuilder& c) {
    const auto bodies = c.buffer<Body>("bodies", {{0, 0, 0, 1}, {2, 0, 0, 8}}, rule);
    const auto result = c.output<Vector>("accelerations", 2, rule);
    c.launch("accelerations", nbody::accelerations, {64}, {2}, bodies, result, 0.0625f);
    c.check([=](const Results& r) -> std::string {
      // 2 m / (4 + 1/16)^1.5; a body's pull on itself is 0 / softening.
      const double strength = 2 / std::pow(4.0625, 1.5);
      const auto v = r.read(result);
      const bool right = std::fabs(v[0].x - 8 * strength) < 1e-5 &&
                         std::fabs(v[1].x + strength) < 1e-5 && v[0].y == 0 && v[1].z == 0;
      return right ? "" : "the pull of two bodies is not Newton's";
    });
  });
}

} // namespace ring::exec
