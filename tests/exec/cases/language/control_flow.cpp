// Language set: enums and switch, loops, expressions with effects, early return.
#include "../inputs.h"
#include "../lists.h"

namespace enums {
#include "../../kernels/language/enums.cpp"
}
namespace loops {
#include "../../kernels/language/loops.cpp"
}
namespace expressions {
#include "../../kernels/language/expressions.cpp"
}

namespace ring::exec {

void add_control_flow(CaseList& list) {
  using enums::Card;
  using enums::Level;
  using enums::Op;
  using enums::Suit;
  list.add("language", "enums", "score_cards", kNone, [](CaseBuilder& c) {
    std::vector<Card> deck;
    for (const Level level : {Level::low, Level::none, Level::high})
      for (int suit = 0; suit < 4; ++suit)
        for (int rank = 2; rank <= 14; ++rank)
          deck.push_back({static_cast<Suit>(suit), static_cast<std::uint8_t>(rank), level});
    const auto n = static_cast<std::uint32_t>(deck.size());
    const auto cards = c.buffer("cards", deck);
    const auto scores = c.output<std::int32_t>("scores", n);
    c.launch("score_cards", enums::score_cards, {32}, {n}, cards, scores);
    c.check([=](const Results& r) -> std::string {
      // The ace of clubs: 7 + 5 + 3 points, 1 for its suit, and the flag of high ranks.
      const auto s = r.read(scores);
      if (s[12] != 15 * 100 + 1 + 1000) return "the ace of clubs is miscounted";
      return s[0] == 200 + 1 && s[2] == 100 + 1 ? "" : "fallthrough from default is wrong";
    });
  });
  list.add("language", "enums", "run_programs", kNone, [](CaseBuilder& c) {
    const auto code =
        c.buffer<Op>("code", {Op::push, Op::dup, Op::mul, Op::add, Op::neg, Op::jump_if_even,
                              Op::push, Op::push, Op::push, Op::push, Op::push, Op::push, Op::push,
                              Op::push, Op::push, Op::mul, Op::add, Op::stop});
    const auto inputs = c.buffer("inputs", whole<std::int32_t>(200, -3000, 3000, 98));
    const auto outputs = c.output<std::int32_t>("outputs", 200);
    c.launch("run_programs", enums::run_programs, {32}, {200}, code, inputs, outputs);
  });
  list.add("language", "enums", "switch_types", kNone, [](CaseBuilder& c) {
    const auto wide = c.buffer<std::int64_t>(
        "wide", {-1, 0, 1, 2, 3, 0x100000000, 0xFF, 0x1FFFFFFFF, -0x100000000, 5, 256});
    const auto out = c.output<std::int32_t>("out", 11);
    c.launch("switch_types", enums::switch_types, {32}, {11}, wide, out);
    c.expect<std::int32_t>(out, {11, 123, 204, 304, 4, 122, 14, 14, 124, 204, 124});
  });

  list.add("language", "loops", "use_loops", kNone, [](CaseBuilder& c) {
    auto values = any_bits<std::uint32_t>(200, 99);
    for (std::uint32_t i = 0; i < 60; ++i)
      values[i] = i;
    const auto in = c.buffer("in", values);
    const auto out = c.output<std::uint32_t>("out", 10 * 200);
    c.launch("use_loops", loops::use_loops, {32}, {200}, in, out);
    c.check([=](const Results& r) -> std::string {
      const auto v = r.read(out);
      if (v[27 * 10] != 111) return "27 takes 111 steps of Collatz";
      if (v[12 * 10 + 3] != (3u << 20 | 4u << 10 | 5u)) return "3 4 5 was not found";
      return v[10 * 10 + 4] == 2 + 3 + 5 + 7 ? "" : "the primes below 10 do not add up";
    });
  });

  list.add("language", "expressions", "evaluate", kNone, [](CaseBuilder& c) {
    auto values = whole<std::int32_t>(300, -100000, 100000, 100);
    for (std::int32_t i = 0; i < 30; ++i)
      values[i] = i - 10;
    const auto in = c.buffer("in", values);
    const auto out = c.output<std::int32_t>("out", 20 * 300);
    c.launch("evaluate", expressions::evaluate, {32}, {300}, in, out);
    c.check([=](const Results& r) -> std::string {
      const auto v = r.read(out);
      return v[14 * 20 + 3] == 4 ? "" : "x++ ++x x-- in a row do not count to four"; // x = 4: 6 - 2
    });
  });
  list.add("language", "expressions", "leave_early", kNone, [](CaseBuilder& c) {
    const auto in = c.buffer<std::int32_t>("in", {-20, -10, -1, 0, 4, 9, 10, 100});
    const auto out = c.output<std::int32_t>("out", 8);
    c.launch("leave_early", expressions::leave_early, {32}, {8}, in, out);
    c.expect<std::int32_t>(out, {1, 102, 102, 3, 3, 3, 200, 200});
  });
  list.add("language", "expressions", "choose_constants", kNone, [](CaseBuilder& c) {
    const auto in = c.buffer<std::int32_t>("in", {-20, 0, 1, 10, 11, 99});
    const auto out = c.output<std::int32_t>("out", 6);
    c.launch("choose_constants", expressions::choose_constants, {32}, {6}, in, out);
    c.expect<std::int32_t>(out, {-19997, 3, 1070, 10070, 70070, 70070});
  });
}

} // namespace ring::exec
