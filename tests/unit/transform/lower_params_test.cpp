#include "ir/analysis/params_layout.h"
#include "ir/transform/lower_params.h"

#include "tests/unit/transform/pass_test.h"

namespace ring::ir::transform {
namespace {

const std::string kHead = "module \"m\"\nfile 0 \"m.cpp\"\n";

Status lower(Module& module) { return lower_params(module); }

TEST(ParamsLayout, FollowsTheCxxAlignment) {
  const Result<Module> module = parse(kHead + R"(
kernel global k(%a: u8, %x: span<u16, read>, %b: u64, %y: span<f32, read_write>, %c: u16) block(64, 1, 1) {
}
)",
                                      "test.rir");
  ASSERT_TRUE(module) << messages(module.diagnostics());
  const analysis::ParamsLayout layout = analysis::params_layout(module->functions.front());
  ASSERT_EQ(layout.params.size(), 5u);
  const std::uint64_t offsets[] = {0, 4, 8, 16, 20};
  for (std::size_t i = 0; i < 5; ++i)
    EXPECT_EQ(layout.params[i].offset, offsets[i]);
  EXPECT_EQ(layout.size, 24u);
  EXPECT_EQ(layout.align, 8u);
  EXPECT_EQ(layout.binding, 2u);
  EXPECT_EQ(layout.params[1].element_size, 2u);
  EXPECT_EQ(layout.params[3].binding, 1u);
  EXPECT_EQ(layout.params[3].access, Access::read_write);
}

TEST(LowerParams, SpansBecomeBuffersAndTheRestABlock) {
  expect_pass(kHead + R"(struct Grid size 8 align 4 {
  nx: u32 @0
  ny: u32 @4
}

kernel global k(%x: span<f32, read>, %y: span<f32, read_write>, %a: f32, %grid: Grid) block(256, 1, 1) effects !4:6 {
  let %i: u32 = global_id.x !5:3
  if (convert<u64>(%i) >= size(%y)) {
    return
  }
  store %y[%i], %a * load(%x[%i * %grid.nx]) !7:3
}
)",
              kHead + R"(struct Grid size 8 align 4 {
  nx: u32 @0
  ny: u32 @4
}

struct k_params size 20 align 4 !4:6 {
  x_size: u32 @0
  y_size: u32 @4
  a: f32 @8
  grid: Grid @12
}

storage @x: array<f32> read binding 0 !4:6
storage @y: array<f32> read_write binding 1 !4:6
params @params: k_params read binding 2 !4:6

kernel global k() block(256, 1, 1) bindings(@x, @y, @params) effects !4:6 {
  let %i: u32 = global_id.x !5:3
  if (convert<u64>(%i) >= convert<u64>(load(@params.y_size))) {
    return
  }
  store @y[%i], load(@params.a) * load(@x[%i * load(@params.grid.nx)]) !7:3
}
)",
              lower);
}

TEST(LowerParams, EachKernelHasItsOwn) {
  expect_pass(kHead + R"(kernel global first(%x: span<f32, read_write>) block(64, 1, 1) effects {
  store %x[0], 1.0
}

kernel global second(%x: span<f32, read_write>, %a: f32) block(64, 1, 1) effects {
  store %x[0], %a
}

kernel global nothing() block(64, 1, 1) {
}
)",
              kHead + R"(struct first_params size 4 align 4 {
  x_size: u32 @0
}

struct second_params size 8 align 4 {
  x_size: u32 @0
  a: f32 @4
}

storage @x: array<f32> read_write binding 0
params @params: first_params read binding 1
storage @x_1: array<f32> read_write binding 0
params @params_1: second_params read binding 1

kernel global first() block(64, 1, 1) bindings(@x, @params) effects {
  store @x[0], 1.0
}

kernel global second() block(64, 1, 1) bindings(@x_1, @params_1) effects {
  store @x_1[0], load(@params_1.a)
}

kernel global nothing() block(64, 1, 1) {
}
)",
              lower);
}

TEST(LowerParams, KernelsShareWhatBoundSpansBecome) {
  expect_pass(kHead + R"(bound @words: span<u32, read_write>

function run(%self: u32) effects {
  if (convert<u64>(%self) < size(@words)) {
    store @words[%self], load(@words[%self + 1])
  }
}

kernel global bounded(%words: span<u32, read_write>, %out: span<f32, read_write>, %count: u32) block(1, 1, 1) effects !4:6 {
  eval @run(%count)
  store %out[0], 1.0
}

kernel global persistent(%words: span<u32, read_write>, %out: span<f32, read_write>, %count: u32) block(1, 1, 1) effects {
  loop while (load(%words[0]) == %count) {
    eval @run(0)
  }
}

kernel global other(%x: span<f32, read_write>) block(64, 1, 1) effects {
  store %x[0], 1.0
}
)",
              kHead + R"(struct m_params size 12 align 4 !4:6 {
  words_size: u32 @0
  out_size: u32 @4
  count: u32 @8
}

struct other_params size 4 align 4 {
  x_size: u32 @0
}

storage @words: array<u32> read_write binding 0
storage @out: array<f32> read_write binding 1 !4:6
params @params: m_params read binding 2 !4:6
storage @x: array<f32> read_write binding 0
params @params_1: other_params read binding 1

function run(%self: u32) effects {
  if (convert<u64>(%self) < convert<u64>(load(@params.words_size))) {
    store @words[%self], load(@words[%self + 1])
  }
}

kernel global bounded() block(1, 1, 1) bindings(@words, @out, @params) effects !4:6 {
  eval @run(load(@params.count))
  store @out[0], 1.0
}

kernel global persistent() block(1, 1, 1) bindings(@words, @out, @params) effects {
  loop while (load(@words[0]) == load(@params.count)) {
    eval @run(0)
  }
}

kernel global other() block(64, 1, 1) bindings(@x, @params_1) effects {
  store @x[0], 1.0
}
)",
              lower);
}

TEST(LowerParams, DropsWhatUsesASpanThatNobodyGives) {
  expect_pass(kHead + R"(bound @words: span<u32, read_write>

function unused(%at: u32) -> u32 {
  return load(@words[%at])
}

function twice(%at: u32) -> u32 {
  return @unused(%at) * 2
}

function pure(%at: u32) -> u32 {
  return %at
}

kernel global k() block(1, 1, 1) {
}
)",
              kHead + R"(bound @words: span<u32, read_write>

function pure(%at: u32) -> u32 {
  return %at
}

kernel global k() block(1, 1, 1) {
}
)",
              [](Module& module) { return lower_params(module); });
}

TEST(LowerParams, KernelsOfOtherParametersHaveFunctionsOfTheirOwn) {
  expect_pass(kHead + R"(bound @words: span<u32, read_write>

function first() -> u32 {
  return load(@words[0])
}

function second() -> u32 {
  return @first() + load(@words[1])
}

kernel global a() block(1, 1, 1) effects {
  let %x: u32 = @second()
}

kernel global b(%n: u32) block(1, 1, 1) effects {
  store @words[%n], @second()
}
)",
              kHead + R"(struct a_params size 4 align 4 {
  words_size: u32 @0
}

struct b_params size 8 align 4 {
  n: u32 @0
  words_size: u32 @4
}

storage @words: array<u32> read_write binding 0
storage @words_1: array<u32> read_write binding 0
params @params: a_params read binding 1
params @params_1: b_params read binding 1

function first() -> u32 {
  return load(@words[0])
}

function second() -> u32 {
  return @first() + load(@words[1])
}

kernel global a() block(1, 1, 1) bindings(@words, @params) effects {
  let %x: u32 = @second()
}

function first_1() -> u32 cpp "first" {
  return load(@words_1[0])
}

function second_1() -> u32 cpp "second" {
  return @first_1() + load(@words_1[1])
}

kernel global b() block(1, 1, 1) bindings(@words_1, @params_1) effects {
  store @words_1[load(@params_1.n)], @second_1()
}
)",
              lower);
}

} // namespace
} // namespace ring::ir::transform
