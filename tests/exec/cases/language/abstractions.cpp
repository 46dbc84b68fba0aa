// Language set: classes and operators, lambdas, templates and constant evaluation.
#include "../inputs.h"
#include "../lists.h"

#include <type_traits>

namespace classes {
#include "../../kernels/language/classes.cpp"
}
namespace lambdas {
#include "../../kernels/language/lambdas.cpp"
}
namespace templates {
#include "../../kernels/language/templates.cpp"
}

namespace ring::exec {

void add_abstractions(CaseList& list) {
  list.add("language", "classes", "use_classes", kNone, [](CaseBuilder& c) {
    const auto in = c.buffer("in", whole<std::int32_t>(400, -40, 40, 95));
    const auto out = c.output<std::int32_t>("out", 8 * 200);
    const auto quotients = c.output<float>(
        "quotients", 200, exact_if_strict(Metric::ulp, 3, "2.5 ulp for a division"));
    c.launch("use_classes", classes::use_classes, {32}, {200}, in, out, quotients);
  });
  list.add("language", "classes", "use_classes_known", kNone, [](CaseBuilder& c) {
    const auto in = c.buffer<std::int32_t>("in", {10, 3});
    const auto out = c.output<std::int32_t>("out", 8);
    const auto quotients = c.output<float>("quotients", 1);
    c.launch("use_classes", classes::use_classes, {32}, {1}, in, out, quotients);
    // 3 (10/6 − 3/4) = 11/4, plus one; Fibonacci 10 is 55; 10 × 3; (10 + 3) · 2 + 1.
    c.expect<std::int32_t>(out, {15, 4, 2, 55, 30, 1003, 27, 0});
    c.expect<float>(quotients, {2.75f});
  });
  list.add("language", "lambdas", "use_lambdas", kNone, [](CaseBuilder& c) {
    const auto in = c.buffer("in", whole<std::int32_t>(300, -100000, 100000, 96));
    const auto out = c.output<std::int32_t>("out", 8 * 300);
    c.launch("use_lambdas", lambdas::use_lambdas, {32}, {300}, in, out);
  });
  list.add("language", "lambdas", "use_lambdas_known", kNone, [](CaseBuilder& c) {
    const auto in = c.buffer<std::int32_t>("in", {6});
    const auto out = c.output<std::int32_t>("out", 8);
    c.launch("use_lambdas", lambdas::use_lambdas, {32}, {1}, in, out);
    std::uint32_t state = 6;
    for (int i = 0; i < 2; ++i)
      state = state * 1664525u + 1013904223u;
    c.expect<std::int32_t>(out,
                           {9, 60, 27, 2003, static_cast<std::int32_t>(state >> 16), 11, 56, 2});
  });
  list.add("language", "templates", "use_templates", kNone, [](CaseBuilder& c) {
    const auto in = c.buffer("in", whole<std::int32_t>(300, -100000, 100000, 97));
    const auto out = c.output<std::int32_t>("out", 8 * 300);
    c.launch("use_templates", templates::use_templates, {32}, {300}, in, out);
  });
  list.add("language", "templates", "use_templates_known", kNone, [](CaseBuilder& c) {
    const auto in = c.buffer<std::int32_t>("in", {3});
    const auto out = c.output<std::int32_t>("out", 8);
    c.launch("use_templates", templates::use_templates, {32}, {1}, in, out);
    c.expect<std::int32_t>(
        out, {8 + 3 - 16 + 3, 15 + 1, 3 + 3 + 2 + 1 + 97, 50, 907200, 9 + 9 + 4, 0, 1024 + 64});
  });
}

} // namespace ring::exec
