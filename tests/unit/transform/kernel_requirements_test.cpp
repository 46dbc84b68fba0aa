#include "ir/analysis/kernel_requirements.h"

#include "tests/unit/transform/pass_test.h"

#include <array>

namespace ring::ir::analysis {
namespace {

constexpr std::string_view kModule = R"(module "m"
file 0 "m.cpp"

function root(%x: f64) -> f64 {
  return sqrt(%x) !3:10
}

kernel global plain(%y: span<u8, read_write>) block(64, 1, 1) effects !5:6 {
  store %y[0], 1
}

kernel global scores(%y: span<f64, read_write>) block(64, 1, 1) effects !8:6 {
  store %y[0], @root(2.0) !9:3
}

kernel global counts(%n: span<u64, read_write>) block(64, 1, 1) effects !12:6 {
  eval atomic_add(%n[0], 1) !13:3
}
)";

const std::array<TargetFacts, 2> kTargets{{
    {"CUDA", {Capability::float64, Capability::int64_atomics}, intrinsics::Target::cuda},
    {"WGSL", {}, intrinsics::Target::wgsl},
}};

TEST(KernelRequirements, NameTheKernelsThatATargetCannotDo) {
  const Result<Module> module = parse(kModule, "m.rir");
  ASSERT_TRUE(module) << transform::messages(module.diagnostics());
  const std::vector<KernelRequirements> kernels = kernel_requirements(*module);
  ASSERT_EQ(kernels.size(), 3u);
  for (const KernelRequirements& kernel : kernels) {
    EXPECT_TRUE(missing_on(kernel, kTargets[0], kTargets).empty());
  }
  EXPECT_TRUE(missing_on(kernels[0], kTargets[1], kTargets).empty());
  EXPECT_EQ(transform::messages(missing_on(kernels[1], kTargets[1], kTargets)),
            "8:6: WGSL has no 64-bit float; CUDA has one [RC3001]\n");
  EXPECT_EQ(transform::messages(missing_on(kernels[2], kTargets[1], kTargets)),
            "13:3: WGSL has no atomic operation on a 64-bit type; CUDA has one [RC3001]\n");
}

} // namespace
} // namespace ring::ir::analysis
