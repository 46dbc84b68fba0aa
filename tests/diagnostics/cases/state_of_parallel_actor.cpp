#include <ring/kernel.h>

struct RING_MESSAGE() Number { std::uint32_t value; };

struct Statistics {
  std::uint32_t count;
  std::uint32_t largest;
  void add(std::uint32_t value) {
    ring::atomic_add(count, 1u);
    // expected-error@+1 {{the state of the parallel actor 'Counter' is changed without an atomic operation, while other lanes handle messages too; use ring::atomic_add or its like}} [RC2103]
    if (value > largest) largest = value;
  }
};

struct RING_ACTOR(.scope = ring::Scope::parallel) Counter {
  std::uint32_t seen[4] = {};
  Statistics statistics = {};

  void receive(ring::Context& ctx, const Number& m) {
    std::uint32_t own[4] = {};
    own[m.value % 4] = seen[0]; // reading is allowed, and a local is the lane's own
    ring::atomic_max(seen[m.value % 4], m.value);
    statistics.add(m.value);
    std::uint32_t* first = &seen[0];
    // expected-error@+1 {{the state of the parallel actor 'Counter' is changed without an atomic operation, while other lanes handle messages too; use ring::atomic_add or its like}} [RC2103]
    *first = own[0];
    ctx.reply(m);
  }
  void on_idle(ring::Context&) { seen[0] = 0; } // one lane, and no other handles anything
};
