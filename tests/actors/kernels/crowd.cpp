// A parallel actor: each lane handles a message of its own, and atomics keep what they share.
// Beside it one with priorities, a warp, whose lanes share a message, and a serial actor.
#include <ring/kernel.h>

namespace crowd {

inline constexpr std::uint32_t kBins = 8;

struct RING_MESSAGE() Sample {
  std::uint32_t value;
};
struct RING_MESSAGE() Bin {
  std::uint32_t bin;
  std::uint32_t value;
};
struct RING_MESSAGE() Report {};
struct RING_MESSAGE() Counts {
  std::uint32_t bins[kBins];
};

struct RING_ACTOR(.scope = ring::Scope::parallel, .block = 32) Histogram {
  std::uint32_t bins[kBins] = {};
  ring::Route<Bin> large;

  void receive(ring::Context& ctx, const Sample& m) {
    const std::uint32_t bin = m.value % kBins;
    ring::atomic_add(bins[bin], 1u);
    if (m.value >= 1000) ctx.send(large, Bin{bin, m.value});
    if (m.value % 2 == 0) ctx.reply(Bin{bin, m.value}); // some lanes do, some do not
  }

  void on_stop(ring::Context& ctx) {
    Counts counts{};
    for (std::uint32_t i = 0; i < kBins; ++i)
      counts.bins[i] = bins[i];
    ctx.reply(counts);
  }
};

/// Gets what the lanes send.
struct RING_ACTOR() Collector {
  std::uint32_t bins[kBins] = {};

  void receive(ring::Context&, const Bin& m) { bins[m.bin] += 1; }
  void receive(ring::Context& ctx, const Report&) {
    Counts counts{};
    for (std::uint32_t i = 0; i < kBins; ++i)
      counts.bins[i] = bins[i];
    ctx.reply(counts);
  }
};

struct RING_MESSAGE() Vectors {
  std::uint32_t a[96];
  std::uint32_t b[96];
};
struct RING_MESSAGE() Dot {
  std::uint32_t value;
  std::uint32_t lanes;
  std::uint32_t total; // of all that came
};

/// Multiplies vectors, a lane every 32nd element.
struct RING_ACTOR(.scope = ring::Scope::warp) Multiplier {
  std::uint32_t total = 0;

  void receive(ring::Context& ctx, const Vectors& m) {
    RING_SHARED std::uint32_t partial[32];
    const std::uint32_t lane = ctx.thread_id();
    partial[lane] = 0;
    for (std::uint32_t i = lane; i < 96; i += ctx.block_dim())
      partial[lane] += m.a[i] * m.b[i];
    ctx.sync();
    if (lane == 0) {
      for (std::uint32_t i = 1; i < 32; ++i)
        partial[0] += partial[i];
      total += partial[0];
    }
    ctx.sync();
    ctx.reply(Dot{partial[0], ctx.block_dim(), total});
    ctx.sync(); // they are written again for the next message
  }
};

/// The lanes take messages of one priority together, and send with priorities.
struct RING_ACTOR(.mailbox = 64, .scope = ring::Scope::parallel, .block = 32,
                  .priorities = true) Triage {
  ring::Route<Sample> next;
  ring::Route<Bin> out;

  void receive(ring::Context& ctx, const Sample& m) {
    if (m.value >= 1000) {
      ctx.send(next, Sample{m.value - 1000}, static_cast<ring::Priority>(m.value % 4));
    } else {
      ctx.send(out, Bin{static_cast<std::uint32_t>(ctx.header().priority), m.value});
    }
  }
};

} // namespace crowd
