#include "ir/transform/inline_references.h"
#include "ir/transform/split_views.h"

#include "tests/unit/transform/pass_test.h"

namespace ring::ir::transform {
namespace {

const std::string kHead = "module \"m\"\nfile 0 \"m.cpp\"\n";

Status split_after_inlining(Module& module) {
  if (Status status = inline_references(module); !status) return status;
  return split_views(module);
}

TEST(SplitViews, LambdaThatCapturesByReference) {
  expect_pass(kHead + R"(struct Closure size 16 align 8 {
  sum: ref<f32, generic, read_write> @0
  k: f32 @8
}

function call(%self: ref<Closure, generic, read>, %v: f32) effects {
  store load(%self.sum), load(load(%self.sum)) + %v * load(%self.k)
}

kernel global k(%y: span<f32, read_write>, %a: f32) block(64, 1, 1) effects {
  var %sum: f32 = 0.0
  var %add: Closure = Closure{%sum, %a}
  eval @call(%add, load(%y[0]))
  eval @call(%add, 2.0)
  store %y[1], load(%sum)
}
)",
              kHead + R"(struct Closure size 16 align 8 {
  sum: ref<f32, generic, read_write> @0
  k: f32 @8
}

kernel global k(%y: span<f32, read_write>, %a: f32) block(64, 1, 1) effects {
  var %sum: f32 = 0.0
  let %v: f32 = load(%y[0])
  store %sum, load(%sum) + %v * %a
  store %sum, load(%sum) + 2.0 * %a
  store %y[1], load(%sum)
}
)",
              split_after_inlining);
}

TEST(SplitViews, LambdaThatCapturesALambda) {
  expect_pass(kHead + R"(struct Inner size 8 align 8 {
  sum: ref<f32, generic, read_write> @0
}

struct Outer size 8 align 8 {
  add: ref<Inner, generic, read> @0
}

function add(%self: ref<Inner, generic, read>, %v: f32) effects {
  store load(%self.sum), %v
}

function call(%self: ref<Outer, generic, read>) effects {
  eval @add(load(%self.add), 3.0)
}

kernel global k(%y: span<f32, read_write>) block(64, 1, 1) effects {
  var %sum: f32 = 0.0
  var %inner: Inner = Inner{%sum}
  var %outer: Outer = Outer{%inner}
  eval @call(%outer)
  store %y[1], load(%sum)
}
)",
              kHead + R"(struct Inner size 8 align 8 {
  sum: ref<f32, generic, read_write> @0
}

struct Outer size 8 align 8 {
  add: ref<Inner, generic, read> @0
}

kernel global k(%y: span<f32, read_write>) block(64, 1, 1) effects {
  var %sum: f32 = 0.0
  var %inner_sum: ptr<f32, generic, read_write> = &%sum
  store *load(%inner_sum), 3.0
  store %y[1], load(%sum)
}
)",
              split_after_inlining);
}

// A view with a span, exchanged as a whole and by field.
TEST(SplitViews, ViewThatChanges) {
  expect_pass(kHead + R"(struct View size 24 align 8 {
  data: span<f32, read_write> @0
  start: u32 @16
}

kernel global k(%x: span<f32, read_write>, %y: span<f32, read_write>) block(64, 1, 1) effects {
  var %a: View = View{%x, 0}
  var %b: View = View{%y, 5}
  let %t: View = load(%a)
  store %a, load(%b)
  store %b, %t
  store %a.start, load(%a.start) + 1
  store load(%a.data)[load(%b.start)], 1.0
}
)",
              kHead + R"(struct View size 24 align 8 {
  data: span<f32, read_write> @0
  start: u32 @16
}

kernel global k(%x: span<f32, read_write>, %y: span<f32, read_write>) block(64, 1, 1) effects {
  var %a_data: span<f32, read_write> = %x
  var %a_start: u32 = 0
  var %b_data: span<f32, read_write> = %y
  var %b_start: u32 = 5
  let %t_data: span<f32, read_write> = load(%a_data)
  let %t_start: u32 = load(%a_start)
  let %value: span<f32, read_write> = load(%b_data)
  let %value.2: u32 = load(%b_start)
  store %a_data, %value
  store %a_start, %value.2
  store %b_data, %t_data
  store %b_start, %t_start
  store %a_start, load(%a_start) + 1
  store load(%a_data)[load(%b_start)], 1.0
}
)",
              split_after_inlining);
}

TEST(SplitViews, ViewMadeByAConstructor) {
  expect_pass(kHead + R"(struct View size 16 align 8 {
  row: ref<f32, generic, read_write> @0
  n: u32 @8
}

function make_View(%row: ref<f32, generic, read_write>, %n: u32) -> View {
  var %self: View
  store %self.row, %row
  store %self.n, %n * 2
  return load(%self)
}

kernel global k(%x: span<f32, read_write>) block(64, 1, 1) effects {
  let %view: View = @make_View(%x[3], 7)
  store %view.row, 1.0
  store %x[%view.n], 2.0
}
)",
              kHead + R"(struct View size 16 align 8 {
  row: ref<f32, generic, read_write> @0
  n: u32 @8
}

kernel global k(%x: span<f32, read_write>) block(64, 1, 1) effects {
  var %self_row: ptr<f32, generic, read_write>
  var %self_n: u32
  store %self_row, &%x[3]
  store %self_n, 7 * 2
  let %view_row: ref<f32, generic, read_write> = *load(%self_row)
  let %view_n: u32 = load(%self_n)
  store %view_row, 1.0
  store %x[%view_n], 2.0
}
)",
              split_after_inlining);
}

TEST(SplitViews, FunctionObjectWithoutData) {
  expect_pass(kHead + R"(struct Plus size 1 align 1 {
}

function call(%self: ref<Plus, generic, read>, %a: f32, %b: f32) -> f32 {
  return %a + %b
}

function reduce(%s: span<f32, read>, %op: Plus) -> f32 {
  var %op.2: Plus = %op
  return @call(%op.2, load(%s[0]), load(%s[1]))
}

kernel global k(%x: span<f32, read_write>) block(64, 1, 1) effects {
  store %x[0], @reduce(%x, Plus{})
}
)",
              kHead + R"(struct Plus size 1 align 1 {
}

kernel global k(%x: span<f32, read_write>) block(64, 1, 1) effects {
  let %reduce: f32 = load(%x[0]) + load(%x[1])
  store %x[0], %reduce
}
)",
              split_after_inlining);
}

TEST(SplitViews, ArrayOfViewsIsRefused) {
  EXPECT_EQ(
      run_pass(kHead + R"(struct View size 16 align 8 {
  data: span<f32, read_write> @0
}

kernel global k(%x: span<f32, read_write>, %i: u32) block(64, 1, 1) effects {
  var %views: array<View, 2> = array<View, 2>{View{%x}, View{%x}} !7:3
  store load(%views[%i].data)[0], 1.0 !8:3
}
)",
               split_after_inlining),
      R"(7:3: this object holds a reference, pointer or span, and the target has no pointers: keep it in a local variable of its own, not in an array or in memory [RC3101]
8:3: this object holds a reference, pointer or span, and the target has no pointers: keep it in a local variable of its own, not in an array or in memory [RC3101]
)");
}

TEST(SplitViews, ABoundSpanInAView) {
  expect_pass(R"(module "m"

bound @rows: span<f32, read>

struct View size 24 align 8 {
  rows: span<f32, read> @0
  n: u32 @16
}

function f(%i: u32) -> f32 {
  let %view: View = View{@rows, %i}
  return load(%view.rows[%view.n])
}
)",
              R"(module "m"

bound @rows: span<f32, read>

struct View size 24 align 8 {
  rows: span<f32, read> @0
  n: u32 @16
}

function f(%i: u32) -> f32 {
  return load(@rows[%i])
}
)",
              split_views);
}

} // namespace
} // namespace ring::ir::transform
