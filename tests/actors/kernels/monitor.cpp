// C6: real messages: narrow fields, 64-bit amounts, padding and clock stamps.
#include <ring/kernel.h>

namespace monitor {

enum class Level : std::uint8_t { low, middle, high };

struct Money {
  std::uint64_t cents;
  char currency[3];
};

struct RING_MESSAGE() Transaction {
  std::uint64_t id;
  Money money;
  std::uint16_t country;
  bool is_cash;
  std::uint8_t padding[5];
};

struct RING_MESSAGE() Alert {
  std::uint64_t id;
  std::uint64_t cents;
  Level level;
  std::uint16_t country;
  std::uint64_t logical;     // of this actor's clock
  std::uint32_t after_stamp; // 1: the clock is behind the transaction's stamp, as it has to be
};

struct RING_ACTOR(.name = "monitor", .mailbox = 64) Monitor {
  RING_PARAM() std::uint64_t limit;
  std::uint16_t last_country = 0;
  std::uint8_t in_a_row = 0;

  void receive(ring::Context& context, const Transaction& t) {
    in_a_row = t.country == last_country ? static_cast<std::uint8_t>(in_a_row + 1) : 0;
    last_country = t.country;
    Level level = Level::low;
    if (t.money.cents >= limit) {
      level = t.is_cash || t.money.currency[0] == 'X' ? Level::high : Level::middle;
    } else if (in_a_row < 2) {
      return;
    }
    const ring::Timestamp now = context.tick();
    context.reply(Alert{t.id, t.money.cents, level, t.country, now.logical,
                        context.header().stamp < now ? 1U : 0U});
  }
};

} // namespace monitor
