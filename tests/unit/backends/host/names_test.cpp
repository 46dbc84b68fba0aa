// The compiler and the runtime share no header, but these names and numbers.
#include "backends/host/kernel_facts.h"

#include <ring/module_image.h>

#include <gtest/gtest.h>

namespace ring::backends::host {
namespace {

TEST(Names, TargetsAreThoseOfTheImage) {
  ASSERT_EQ(kTargets.size(), kTargetCount);
  for (std::size_t i = 0; i < kTargetCount; ++i)
    EXPECT_EQ(kTargets[i].image_name, name_of(static_cast<ring::Target>(i)));
}

TEST(Names, FeaturesAreCapabilities) {
  for (std::size_t i = 0; i < kFeatureCount; ++i)
    EXPECT_TRUE(ir::find_capability(name_of(static_cast<Feature>(i))))
        << name_of(static_cast<Feature>(i));
  // All of them but the two that say how a target handles memory.
  EXPECT_EQ(kFeatureCount + 2, ir::kCapabilityCount);
}

} // namespace
} // namespace ring::backends::host
