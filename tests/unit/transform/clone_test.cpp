#include "ir/clone.h"

#include "tests/unit/ir/sample_modules.h"
#include "tests/unit/transform/pass_test.h"

namespace ring::ir {
namespace {

TEST(Clone, PrintsLikeTheOriginalAndOutlivesIt) {
  for (std::string_view sample : {kEverything, kActors}) {
    std::string copy_text;
    std::optional<Module> copy;
    {
      Result<Module> original = parse(sample, "sample.rir");
      ASSERT_TRUE(original) << transform::messages(original.diagnostics());
      copy_text = print(*original);
      copy = clone(*original);
    }
    EXPECT_EQ(print(*copy), copy_text);
    EXPECT_TRUE(verify(*copy, all_capabilities()));
  }
}

TEST(Clone, PutsArgumentsInThePlaceOfParameters) {
  Result<Module> module = parse(kSaxpy, "saxpy.rir");
  ASSERT_TRUE(module);
  Function& kernel = module->functions.front();
  Expr* three = module->expr(module->types.f32(), Literal{3.0});
  Cloner cloner(*module);
  cloner.values[kernel.params[2]] = three;
  kernel.body = cloner.block(kernel.body);
  EXPECT_NE(print(*module).find("store %y[%i], 3.0 * load(%x[%i]) + load(%y[%i])"),
            std::string::npos);
}

} // namespace
} // namespace ring::ir
