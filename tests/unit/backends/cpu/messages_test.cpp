// Messages go through words and come back, and the words are the bytes of the C++ object.
#include "compiled_module.h"

#include "ir/builder.h"
#include "ir/message_words.h"
#include "ir/parser.h"
#include "ir/printer.h"

#include <cstring>
#include <gtest/gtest.h>
#include <random>

namespace ring::backends::cpu {
namespace {

constexpr std::string_view kStructs = R"(module "messages"

struct Color size 3 align 1 {
  r: u8 @0
  g: u8 @1
  b: u8 @2
}
struct Empty size 1 align 1 {
}
struct Pixels size 35 align 1 {
  alpha: u8 @0
  line: array<Color, 11> @1
  end: i8 @34
}
struct Mixed size 40 align 8 {
  flag: bool @0
  tone: Color @1
  low: i16 @4
  nothing: Empty @6
  wide: u64 @8
  real: f64 @16
  delta: i64 @24
  last: i8 @32
}
struct Table size 1064 align 8 {
  sign: u8 @0
  name: array<u8, 9> @1
  marks: array<i16, 7> @10
  rows: array<array<f32, 3>, 5> @24
  spans: array<Mixed, 20> @88
  nibbles: array<array<u8, 5>, 33> @888
  tail: u16 @1054
  count: u32 @1056
}
)";

struct Color {
  std::uint8_t r, g, b;
};
struct Empty {};
struct Pixels {
  std::uint8_t alpha;
  Color line[11];
  std::int8_t end;
};
struct Mixed {
  bool flag;
  Color tone;
  std::int16_t low;
  Empty nothing;
  std::uint64_t wide;
  double real;
  std::int64_t delta;
  std::int8_t last;
};
struct Table {
  std::uint8_t sign;
  std::uint8_t name[9];
  std::int16_t marks[7];
  float rows[5][3];
  Mixed spans[20];
  std::uint8_t nibbles[33][5];
  std::uint16_t tail;
  std::uint32_t count;
};
static_assert(sizeof(Pixels) == 35 && offsetof(Pixels, end) == 34);
static_assert(sizeof(Mixed) == 40 && offsetof(Mixed, last) == 32 && offsetof(Mixed, nothing) == 6);
static_assert(offsetof(Table, spans) == 88 && offsetof(Table, tail) == 1054);
static_assert(sizeof(Table) == 1064);

/// kernel k(in: span<T>, words: span<u32>, out: span<T>, at: u32): in[0] to the words from `at` on
/// and from there to out[0].
std::string there_and_back(std::string_view name) {
  ir::Result<ir::Module> parsed = ir::parse(kStructs, "messages.rir");
  if (!parsed) return parsed.diagnostics().front().message;
  ir::Module& module = *parsed;
  ir::TypePtr type = nullptr;
  for (const ir::StructDecl& decl : module.structs) {
    if (decl.name == name) type = module.types.structure(&decl);
  }
  ir::Function* load = load_words(module, type);
  ir::Function* store = store_words(module, type);
  ir::Function& kernel = module.functions.emplace_back();
  kernel.name = kernel.cpp_name = "k";
  kernel.result = module.types.void_type();
  kernel.has_side_effects = true;
  kernel.kernel = ir::Kernel{ir::GlobalKernel{}, {}};
  const auto param = [&](const char* param_name, ir::TypePtr param_type) {
    kernel.params.push_back(module.local(ir::Local::Kind::param, param_name, param_type));
    return kernel.params.back();
  };
  ir::Local* in = param("in", module.types.span(type, ir::Access::read));
  param("words", message_words(module).type);
  ir::Local* out = param("out", module.types.span(type, ir::Access::read_write));
  ir::Local* at = param("at", module.types.u32());
  ir::Builder b(module);
  b.set_block(&kernel.body);
  b.eval(b.call(store, {b.ref(at), b.load(b.span_element(b.ref(in), b.u32(0)))}));
  b.store(b.span_element(b.ref(out), b.u32(0)), b.call(load, {b.ref(at)}));
  return print(module);
}

/// Puts random bytes into all fields; `same` compares field by field, for padding is nobody's.
template <class T, class Fill, class Same>
void round_trip(std::string_view name, const Fill& fill, const Same& same) {
  const std::string text = there_and_back(name);
  CompiledModule module(text);
  ASSERT_EQ(module.problem(), "") << text;
  std::mt19937 random(1);
  constexpr std::uint32_t kAt = 3;
  constexpr std::uint32_t kGuard = 0xdeadbeef;
  constexpr std::size_t kWords = (sizeof(T) + 3) / 4;
  for (int turn = 0; turn < 20; ++turn) {
    std::vector<T> in(1), out(1);
    std::memset(static_cast<void*>(in.data()), 0, sizeof(T)); // what padding becomes
    fill(in[0], random);
    std::vector<std::uint32_t> words(kAt + kWords + 1, kGuard);
    module.run("k", {1, 1, 1}, {span_of(in), span_of(words), span_of(out), value_of(kAt)});
    std::vector<std::uint32_t> expected(kAt + kWords + 1, kGuard);
    std::memset(&expected[kAt], 0, kWords * 4);
    std::memcpy(&expected[kAt], in.data(), sizeof(T));
    EXPECT_EQ(words, expected);
    EXPECT_TRUE(same(in[0], out[0]));
  }
}

bool same(const Color& a, const Color& b) { return a.r == b.r && a.g == b.g && a.b == b.b; }
bool same(const Mixed& a, const Mixed& b) {
  return a.flag == b.flag && same(a.tone, b.tone) && a.low == b.low && a.wide == b.wide &&
         a.real == b.real && a.delta == b.delta && a.last == b.last;
}
template <class Random> Color color(Random& random) {
  return {std::uint8_t(random()), std::uint8_t(random()), std::uint8_t(random())};
}
/// Field by field: an assignment of the whole would copy the padding of a temporary.
template <class Random> void fill(Mixed& m, Random& random) {
  m.flag = random() % 2 == 0;
  m.tone = color(random);
  m.low = std::int16_t(random());
  m.wide = std::uint64_t(random()) << 32 | random();
  m.real = double(random()) * -1.5e9;
  m.delta = std::int64_t(std::uint64_t(random()) << 32 | random());
  m.last = std::int8_t(random());
}

TEST(CpuMessagesTest, ScalarsOfAllSizes) {
  round_trip<Mixed>(
      "Mixed", [](Mixed& m, auto& random) { fill(m, random); },
      [](const Mixed& a, const Mixed& b) { return same(a, b); });
}

TEST(CpuMessagesTest, ElementsThatBeginInsideAWord) {
  round_trip<Pixels>(
      "Pixels",
      [](Pixels& p, auto& random) {
        p.alpha = std::uint8_t(random());
        for (Color& c : p.line)
          c = color(random);
        p.end = std::int8_t(random());
      },
      [](const Pixels& a, const Pixels& b) {
        return a.alpha == b.alpha && a.end == b.end &&
               std::equal(a.line, a.line + 11, b.line,
                          [](const Color& x, const Color& y) { return same(x, y); });
      });
}

TEST(CpuMessagesTest, ArraysOfArraysAndStructs) {
  round_trip<Table>(
      "Table",
      [](Table& t, auto& random) {
        t.sign = std::uint8_t(random());
        for (auto& c : t.name)
          c = std::uint8_t(random());
        for (auto& m : t.marks)
          m = std::int16_t(random());
        for (auto& row : t.rows)
          for (float& x : row)
            x = float(random());
        for (Mixed& m : t.spans)
          fill(m, random);
        for (auto& row : t.nibbles)
          for (auto& x : row)
            x = std::uint8_t(random());
        t.tail = std::uint16_t(random());
        t.count = std::uint32_t(random());
      },
      [](const Table& a, const Table& b) {
        return a.sign == b.sign && std::memcmp(a.name, b.name, sizeof a.name) == 0 &&
               std::memcmp(a.marks, b.marks, sizeof a.marks) == 0 &&
               std::memcmp(a.rows, b.rows, sizeof a.rows) == 0 &&
               std::equal(a.spans, a.spans + 20, b.spans,
                          [](const Mixed& x, const Mixed& y) { return same(x, y); }) &&
               std::memcmp(a.nibbles, b.nibbles, sizeof a.nibbles) == 0 && a.tail == b.tail &&
               a.count == b.count;
      });
}

} // namespace
} // namespace ring::backends::cpu
