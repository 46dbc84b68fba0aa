// Lambdas: captures by value, by reference and by initializer, generic and mutable ones, passed on
// and returned.
#include <ring/kernel.h>

namespace {

template <class F> std::int32_t apply_twice(F f, std::int32_t x) { return f(f(x)); }

template <class F> void for_each_bit(std::uint32_t bits, F&& visit) {
  for (std::uint32_t bit = 0; bits != 0; ++bit, bits >>= 1)
    if (bits & 1) visit(bit);
}

auto adder(std::int32_t amount) {
  return [amount](std::int32_t x) { return x + amount; };
}

template <class F, class G> auto compose(F f, G g) {
  return [=](auto x) { return f(g(x)); };
}

struct Scaler {
  std::int32_t factor;

  std::int32_t sum_of_scaled(std::int32_t a, std::int32_t b) const {
    const auto scaled = [this](std::int32_t x) { return x * factor; };
    return scaled(a) + scaled(b);
  }
};

} // namespace

RING_GLOBAL(.block = {32})
void use_lambdas(ring::span<const std::int32_t> in, ring::span<std::int32_t> out) {
  const auto i = ring::global_id().x;
  if (i >= in.size()) return;
  const std::int32_t x = in[i];
  const auto put = [&out, i](std::uint32_t slot, std::int32_t value) { out[8 * i + slot] = value; };

  std::int32_t offset = 3;
  const auto by_value = [offset](std::int32_t v) { return v + offset; };
  const auto by_reference = [&](std::int32_t v) { return v * offset; };
  offset = 10;
  put(0, by_value(x));
  put(1, by_reference(x));

  put(2, apply_twice([](std::int32_t v) { return v * 2 + 1; }, x));

  std::int32_t bits = 0, weighted = 0;
  for_each_bit(static_cast<std::uint32_t>(x), [&](std::uint32_t bit) {
    ++bits;
    weighted += static_cast<std::int32_t>(bit);
  });
  put(3, bits * 1000 + weighted);

  auto next = [state = static_cast<std::uint32_t>(x)]() mutable {
    state = state * 1664525u + 1013904223u;
    return state >> 16;
  };
  next();
  const std::uint32_t second = next();
  put(4, static_cast<std::int32_t>(second));

  put(5, compose(adder(5), [](auto v) { return v & 0xFF; })(x));
  put(6, Scaler{.factor = 7}.sum_of_scaled(x % 1000, 2));

  const std::int32_t kind = [&] {
    if (x < 0) return -1;
    if (x == 0) return 0;
    return x % 2 == 0 ? 2 : 1;
  }();
  put(7, kind);
}
