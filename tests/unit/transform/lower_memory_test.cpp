#include "ir/transform/lower_memory.h"

#include "tests/unit/transform/pass_test.h"

namespace ring::ir::transform {
namespace {

const std::string kHead = "module \"m\"\nfile 0 \"m.cpp\"\n";

Status lower(Module& module) { return lower_memory(module, {.atomics_are_types = true}); }

TEST(LowerMemory, NarrowElementsBecomeWordsAndNeighboursSurvive) {
  expect_pass(kHead + R"(
storage @in: array<u8> read binding 0
storage @out: array<u16> read_write binding 1

kernel global k() block(64, 1, 1) bindings(@in, @out) effects {
  let %i: u32 = global_id.x
  let %v: u8 = load(@in[%i])
  store @out[%i], convert<u16>(%v)
}
)",
              kHead + R"(
storage @in: array<u32> read binding 0
storage @out: array<u32> read_write binding 1

kernel global k() block(64, 1, 1) bindings(@in, @out) effects {
  let %i: u32 = global_id.x
  let %v: u8 = convert<u8>(load(@in[%i >> 2u32]) >> ((%i & 3) << 3u32))
  let %shift: u32 = (%i * 2 & 3) << 3u32
  eval atomic_and(@out[%i * 2 >> 2u32], ~(65535 << %shift))
  eval atomic_or(@out[%i * 2 >> 2u32], convert<u32>(convert<u16>(%v)) << %shift)
}
)",
              lower);
}

TEST(LowerMemory, WholeWordsAreStoredAtOnce) {
  expect_pass(kHead + R"(
struct Event size 8 align 4 {
  id: u32 @0
  kind: u8 @4
  level: i16 @6
}

storage @events: array<Event> read_write binding 0

kernel global k() block(64, 1, 1) bindings(@events) effects {
  let %i: u32 = global_id.x
  store @events[%i], Event{7, 3, -1}
  store @events[%i].level, -1
}
)",
              kHead + R"(
struct Event size 8 align 4 {
  id: u32 @0
  kind: u8 @4
  level: i16 @6
}

storage @events: array<u32> read_write binding 0

kernel global k() block(64, 1, 1) bindings(@events) effects {
  let %i: u32 = global_id.x
  store @events[%i * 2], 7
  store @events[%i * 2 + 1], 3 | (65535 << 16u32)
  eval atomic_and(@events[%i * 2 + 1], ~4294901760)
  eval atomic_or(@events[%i * 2 + 1], 65535 << 16u32)
}
)",
              lower);
}

TEST(LowerMemory, WordsAndPairsOfWordsStayTyped) {
  const std::string text = kHead + R"(
struct Account size 16 align 8 {
  id: u32 @0
  cents: u64 @8
}

storage @accounts: array<Account> read_write binding 0
storage @hits: array<u32> read_write binding 1
shared @flags: array<bool, 64>

kernel global k() block(64, 1, 1) bindings(@accounts, @hits) effects {
  let %i: u32 = global_id.x
  store @flags[%i], load(@accounts[%i].cents) > 5
  eval atomic_add(@hits[0], 1)
}
)";
  expect_pass(text, text, lower);
}

TEST(LowerMemory, FloatsAndStructsWithAtomicsBecomeWords) {
  expect_pass(kHead + R"(
struct Cell size 8 align 4 {
  count: i32 @0
  sum: f32 @4
}

storage @cells: array<Cell> read_write binding 0

kernel global k() block(64, 1, 1) bindings(@cells) effects {
  let %i: u32 = global_id.x
  let %old: i32 = atomic_add(@cells[%i].count, 1)
  let %f: f32 = atomic_exchange(@cells[%i].sum, 1.0)
  store @cells[%i].sum, load(@cells[0].sum)
}
)",
              kHead + R"(
struct Cell size 8 align 4 {
  count: i32 @0
  sum: f32 @4
}

storage @cells: array<u32> read_write binding 0

kernel global k() block(64, 1, 1) bindings(@cells) effects {
  let %i: u32 = global_id.x
  let %old_bits: u32 = atomic_add(@cells[%i * 2], convert<u32>(1i32))
  let %old: i32 = convert<i32>(%old_bits)
  let %f_bits: u32 = atomic_exchange(@cells[%i * 2 + 1], bitcast<u32>(1.0f32))
  let %f: f32 = bitcast<f32>(%f_bits)
  store @cells[%i * 2 + 1], bitcast<u32>(bitcast<f32>(load(@cells[1u32])))
}
)",
              lower);
}

} // namespace
} // namespace ring::ir::transform
