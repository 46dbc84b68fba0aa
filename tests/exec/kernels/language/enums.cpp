// Enums and switch: scoped and plain ones, fallthrough, default in the middle, nested switches,
// switch in loops.
#include <ring/kernel.h>

enum class Suit : std::uint8_t { clubs, diamonds, hearts, spades };
enum class Level : std::int16_t { low = -300, none = 0, high = 300 };
enum Flag : std::uint32_t { kRead = 1, kWrite = 2, kBoth = kRead | kWrite };
enum class Op : std::uint32_t { push, add, mul, neg, dup, jump_if_even, stop };

struct Card {
  Suit suit;
  std::uint8_t rank;
  Level level;
};

namespace {

constexpr Suit next(Suit s) { return static_cast<Suit>((static_cast<int>(s) + 1) % 4); }

/// Falls through from the rarest to the commonest.
std::int32_t points(std::uint8_t rank) {
  std::int32_t total = 0;
  switch (rank) {
  case 14:
    total += 7;
    [[fallthrough]];
  case 13:
    total += 5;
    [[fallthrough]];
  case 12:
    total += 3;
    break;
  default:
    total -= 1;
    [[fallthrough]];
  case 2:
  case 3:
    total += 2;
  }
  return total;
}

std::int32_t value_of(const Card& card) {
  switch (card.suit) {
  case Suit::clubs:
    return 1;
  case Suit::hearts:
    switch (card.level) {
    case Level::low:
      return 10;
    case Level::high:
      return 30;
    default:
      break;
    }
    return 20;
  default:
    break;
  }
  return card.suit > Suit::hearts ? 4 : 2;
}

} // namespace

RING_GLOBAL(.block = {32})
void score_cards(ring::span<Card> cards, ring::span<std::int32_t> scores) {
  const auto i = ring::global_id().x;
  if (i >= cards.size()) return;
  Card& card = cards[i];
  scores[i] = points(card.rank) * 100 + value_of(card);
  card.suit = next(card.suit);
  card.level = static_cast<Level>(-static_cast<std::int16_t>(card.level));

  std::uint32_t flags = card.rank > 7 ? kBoth : kWrite;
  flags &= ~std::uint32_t{kWrite};
  if (flags == kRead) scores[i] += 1000;
}

/// A stack machine: a switch in a loop, where break leaves the switch, continue the turn and return
/// the loop.
RING_GLOBAL(.block = {32})
void run_programs(ring::span<const Op> code, ring::span<const std::int32_t> inputs,
                  ring::span<std::int32_t> outputs) {
  const auto i = ring::global_id().x;
  if (i >= inputs.size()) return;
  std::int32_t stack[8] = {inputs[i]};
  int top = 0;
  std::uint32_t steps = 0;
  for (std::size_t pc = 0; pc < code.size() && steps < 200; ++pc, ++steps) {
    switch (const Op op = code[pc]; op) {
    case Op::push:
    case Op::dup:
      if (top == 7) continue;
      stack[top + 1] = op == Op::dup ? stack[top] : static_cast<std::int32_t>(pc);
      ++top;
      break;
    case Op::add:
    case Op::mul: {
      if (top == 0) break;
      const std::int32_t b = stack[top--];
      stack[top] = (op == Op::add ? stack[top] + b : stack[top] * b) % 10007;
      break;
    }
    case Op::neg:
      stack[top] = -stack[top];
      break;
    case Op::jump_if_even:
      if (stack[top] % 2 != 0) break;
      stack[top] += 1;
      pc = 0;
      continue;
    case Op::stop:
      outputs[i] = stack[top];
      return;
    }
  }
  outputs[i] = -1 - top;
}

/// Switches on narrow, wide and negative values.
RING_GLOBAL(.block = {32})
void switch_types(ring::span<const std::int64_t> wide, ring::span<std::int32_t> out) {
  const auto i = ring::global_id().x;
  if (i >= wide.size()) return;
  std::int32_t result = 0;
  switch (wide[i]) {
  case -1:
    result = 1;
    break;
  case 0x100000000:
    result = 2;
    break;
  case 0:
    result = 3;
    break;
  default:
    result = 4;
  }
  switch (static_cast<std::int8_t>(wide[i])) {
  case -1:
    result += 10;
    break;
  case 0:
    result += 20;
  }
  switch (static_cast<char>('a' + (wide[i] & 3))) {
  case 'a':
    result += 100;
    break;
  case 'b': {
    for (int k = 0;; ++k)
      if (k == 5) break;
    result += 200;
    break;
  }
  case 'c':
    result += 300;
  }
  switch (result) {}
  out[i] = result;
}
