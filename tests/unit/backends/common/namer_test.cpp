#include "backends/common/namer.h"

#include <gtest/gtest.h>

namespace ring::backends {
namespace {

constexpr std::string_view kReserved[] = {"for", "int"};

TEST(NamerTest, KeepsAFreeName) {
  Namer namer({.reserved = kReserved});
  EXPECT_EQ(namer.declare("row_sum"), "row_sum");
}

TEST(NamerTest, AvoidsReservedWordsAndVisibleNames) {
  Namer namer({.reserved = kReserved});
  EXPECT_EQ(namer.declare("for"), "for_1");
  EXPECT_EQ(namer.declare("x"), "x");
  EXPECT_EQ(namer.declare("x"), "x_1");
  EXPECT_EQ(namer.declare("x"), "x_2");
}

TEST(NamerTest, AGivenSuffixIsNotTakenTwice) {
  Namer namer({.reserved = kReserved});
  EXPECT_EQ(namer.declare("x_1"), "x_1");
  EXPECT_EQ(namer.declare("x"), "x");
  EXPECT_EQ(namer.declare("x"), "x_2");
}

TEST(NamerTest, NamesAreFreeAgainAfterTheirScope) {
  Namer namer({.reserved = kReserved});
  EXPECT_EQ(namer.declare("i"), "i");
  namer.push_scope();
  EXPECT_EQ(namer.declare("i"), "i_1");
  EXPECT_EQ(namer.declare("j"), "j");
  namer.pop_scope();
  EXPECT_EQ(namer.declare("j"), "j");
  EXPECT_EQ(namer.declare("i"), "i_1");
}

TEST(NamerTest, MakesCppNamesLegal) {
  Namer namer({.reserved = kReserved});
  EXPECT_EQ(namer.declare("bank::Pair<int, float>"), "bank_Pair_int_float");
  EXPECT_EQ(namer.declare("operator+="), "operator");
  EXPECT_EQ(namer.declare("3d"), "_3d");
  EXPECT_EQ(namer.declare(""), "unnamed");
}

TEST(NamerTest, DropsLeadingUnderscoresWhereTheTargetRefusesThem) {
  Namer namer({.reserved = kReserved, .allow_leading_double_underscore = false});
  EXPECT_EQ(namer.declare("__range1"), "_range1");
  EXPECT_EQ(namer.declare("_"), "unnamed");
}

} // namespace
} // namespace ring::backends
