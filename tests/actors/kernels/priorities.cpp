// What is more important is handled first.
#include <ring/kernel.h>

namespace priorities {

struct RING_MESSAGE() Job {
  std::uint32_t number;
};
struct RING_MESSAGE() Done {
  std::uint32_t priority; // that its job had
  std::uint32_t number;
};
struct RING_MESSAGE() Post {
  std::uint32_t count;
};

struct RING_ACTOR(.name = "desk", .mailbox = 8, .priorities = true) Desk {
  ring::Route<Done> out;

  void receive(ring::Context& context, const Job& job) {
    context.send(out, Done{static_cast<std::uint32_t>(context.header().priority), job.number});
  }
};

/// Takes all as they come.
struct RING_ACTOR(.name = "counter", .mailbox = 16) Counter {
  ring::Route<Done> out;

  void receive(ring::Context& context, const Job& job) {
    context.send(out, Done{static_cast<std::uint32_t>(context.header().priority), job.number});
  }
};

/// Sends jobs of all priorities by turns from one handler; each fifth is above the highest.
struct RING_ACTOR(.name = "clerk", .mailbox = 4) Clerk {
  ring::Route<Job> next;

  void receive(ring::Context& context, const Post& post) {
    for (std::uint32_t i = 0; i < post.count; ++i)
      context.send(next, Job{i}, static_cast<ring::Priority>(i % 5));
  }
};

/// Passes jobs on unopened, as they come.
struct RING_ACTOR(.name = "courier", .mailbox = 16) Courier {
  ring::Route<Job> next;

  void receive(ring::Context& context, const Job&) { context.forward(next); }
};

} // namespace priorities
