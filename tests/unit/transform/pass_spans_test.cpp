#include "ir/transform/pass_spans.h"

#include "tests/unit/ir/sample_modules.h"
#include "tests/unit/transform/pass_test.h"

namespace ring::ir::transform {
namespace {

TEST(PassSpans, FunctionsGetThemFromTheirCallers) {
  expect_pass(R"(module "m"
file 0 "m.cpp"

bound @words: span<u32, read_write>
bound @rows: span<f32, read>

function first() -> u32 {
  return load(@words[0])
}

function row(%i: u32) -> f32 {
  let %view: span<f32, read> = @rows
  return size(%view) > 0 ? load(%view[%i + @first()]) : 0.0
}

function plain(%i: u32) -> u32 {
  return %i
}

kernel global k(%out: span<f32, read_write>, %words: span<u32, read_write>) block(64, 1, 1) effects !7:1 {
  store %out[0], @row(@plain(1))
  store @words[1], load(%words[0])
}

kernel global none(%out: span<f32, read_write>) block(64, 1, 1) effects {
  store %out[0], convert<f32>(@plain(2))
}
)",
              R"(module "m"
file 0 "m.cpp"

function first(%words: span<u32, read_write>) -> u32 {
  return load(%words[0])
}

function row(%i: u32, %words: span<u32, read_write>, %rows: span<f32, read>) -> f32 {
  let %view: span<f32, read> = %rows
  return size(%view) > 0 ? load(%view[%i + @first(%words)]) : 0.0
}

function plain(%i: u32) -> u32 {
  return %i
}

kernel global k(
    %out: span<f32, read_write>,
    %words: span<u32, read_write>,
    %rows: span<f32, read>) block(64, 1, 1) effects !7:1 {
  store %out[0], @row(@plain(1), %words, %rows)
  store %words[1], load(%words[0])
}

kernel global none(%out: span<f32, read_write>) block(64, 1, 1) effects {
  store %out[0], convert<f32>(@plain(2))
}
)",
              pass_spans);
}

TEST(PassSpans, AParameterOfTheNameHasTheType) {
  EXPECT_EQ(run_pass(R"(bound @words: span<u32, read_write>

kernel global k(%words: span<u32, read>) block(1, 1, 1) !3:1 {
  let %x: u32 = load(@words[0])
}
)",
                     pass_spans),
            "3:1: the parameter 'words' of the kernel 'k' is 'span<u32, read>', but the bound span "
            "of that name is 'span<u32, read_write>' [RC2001]\n");
}

TEST(PassSpans, ActorsWaitForTheirKernels) {
  const std::string after = run_pass(kActors, pass_spans);
  EXPECT_NE(after.find("bound @words"), std::string::npos);
  EXPECT_NE(after.find("@load_Deposit(%message, @words)"), std::string::npos) << after;
}

} // namespace
} // namespace ring::ir::transform
