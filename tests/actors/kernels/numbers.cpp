// C9 and C10: numbered messages, a slow receiver, and actors that ask each other.
#include <ring/kernel.h>

namespace numbers {

struct RING_MESSAGE() Number {
  std::uint32_t producer;
  std::uint32_t number;
};

struct RING_MESSAGE() Burst {
  std::uint32_t producer;
  std::uint32_t first;
  std::uint32_t count;
};

struct RING_MESSAGE() Ask {
  std::uint32_t unused;
};

struct RING_MESSAGE() Tally {
  std::uint32_t count;
  std::uint32_t out_of_order;
  std::uint64_t sum;
};

inline constexpr std::uint32_t kProducers = 8;

// Sends count numbers from one handler.
struct RING_ACTOR(.name = "source", .mailbox = 4) Source {
  ring::Route<Number> next;

  void receive(ring::Context& context, const Burst& burst) {
    for (std::uint32_t i = 0; i < burst.count; ++i)
      context.send(next, Number{burst.producer, burst.first + i});
  }
};

struct RING_ACTOR(.name = "sink", .mailbox = 4) Sink {
  std::uint32_t expected[kProducers] = {};
  std::uint32_t count = 0;
  std::uint32_t out_of_order = 0;
  std::uint64_t sum = 0;

  void receive(ring::Context&, const Number& m) {
    if (m.number < expected[m.producer]) ++out_of_order;
    expected[m.producer] = m.number + 1;
    ++count;
    sum += m.number;
  }
  void receive(ring::Context& context, const Ask&) {
    context.reply(Tally{count, out_of_order, sum});
  }
};

// Answers each number, so that nothing is handled while nobody takes the answers.
RING_KERNEL(.name = "mirror", .mailbox = 4) Number reflect(ring::Context&, const Number& m) {
  return m;
}

struct RING_MESSAGE() Go {
  std::uint32_t questions;
};

struct RING_MESSAGE() Question {
  std::uint32_t number;
};

struct RING_MESSAGE() Answer {
  std::uint32_t number;
};

struct RING_MESSAGE() Finished {
  std::uint32_t answers;
};

// Rule 6: two of these with mailboxes of one ask each other, both at once.
struct RING_ACTOR(.name = "asker", .mailbox = 1) Asker {
  ring::Route<Question> other;
  ring::Route<Finished> out;
  std::uint32_t wanted = 0;
  std::uint32_t answers = 0;

  void receive(ring::Context& context, const Go& go) {
    wanted = go.questions;
    answers = 0;
    context.send(other, Question{0});
  }
  void receive(ring::Context& context, const Question& question) {
    context.reply(Answer{question.number});
  }
  void receive(ring::Context& context, const Answer& answer) {
    answers = answer.number + 1;
    if (answers < wanted) {
      context.send(other, Question{answers});
    } else {
      context.send(out, Finished{answers});
    }
  }
};

// Passes a message on to the next, and that to the next: without an end but for the hops.
struct RING_ACTOR(.name = "passer", .mailbox = 4) Passer {
  ring::Route<Number> next;

  void receive(ring::Context& context, const Number&) { context.forward(next); }
};

} // namespace numbers
