// C1: the first thing that people run. Three actors without state.
#include <ring/kernel.h>

namespace echo {

struct RING_MESSAGE() Text {
  char bytes[13];
  std::uint8_t length;
};

struct RING_MESSAGE() Pair {
  std::int32_t a;
  std::int32_t b;
};

struct RING_MESSAGE() Sum {
  std::int64_t value;
};

struct RING_MESSAGE() Vectors {
  float a[20];
  float b[20];
};

struct RING_MESSAGE() Vector {
  float sum[20];
};

// More than an actor of this file takes.
RING_KERNEL(.name = "echo") Text repeat(ring::Context&, const Text& text) { return text; }

RING_KERNEL(.name = "adder") Sum add(ring::Context&, const Pair& pair) {
  return {static_cast<std::int64_t>(pair.a) + pair.b};
}

RING_KERNEL(.name = "vector_adder") void add_vectors(ring::Context& context, const Vectors& in) {
  Vector out{};
  for (std::uint32_t i = 0; i < 20; ++i)
    out.sum[i] = in.a[i] + in.b[i];
  context.reply(out);
}

} // namespace echo
