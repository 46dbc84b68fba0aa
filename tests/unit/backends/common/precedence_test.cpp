#include "backends/common/precedence.h"

#include <gtest/gtest.h>

namespace ring::backends {
namespace {

using enum Precedence;
using enum Side;

TEST(PrecedenceTest, MinimalInArithmetic) {
  EXPECT_FALSE(needs_parentheses(additive, left, multiplicative)); // a * b + c
  EXPECT_FALSE(needs_parentheses(additive, left, additive));       // a - b - c
  EXPECT_TRUE(needs_parentheses(additive, right, additive));       // a - (b - c)
  EXPECT_TRUE(needs_parentheses(multiplicative, left, additive));  // (a + b) * c
  EXPECT_FALSE(needs_parentheses(relational, right, additive));    // a < b + c
  EXPECT_FALSE(needs_parentheses(logical_and, left, relational));  // a < b && c
}

TEST(PrecedenceTest, ClearWhereReadersAndCompilersStumble) {
  EXPECT_TRUE(needs_parentheses(logical_or, right, logical_and)); // a || (b && c)
  EXPECT_TRUE(needs_parentheses(shift, left, additive));          // (a + b) << c
  EXPECT_TRUE(needs_parentheses(bit_or, left, bit_and));          // (a & b) | c
  EXPECT_TRUE(needs_parentheses(bit_and, left, equality));        // (a == b) & c
  EXPECT_TRUE(needs_parentheses(relational, left, relational));   // (a < b) < c
  EXPECT_FALSE(needs_parentheses(bit_or, left, bit_or));          // a | b | c
}

TEST(PrecedenceTest, UnaryAndPostfixBindTighterThanAnyBinaryOperator) {
  EXPECT_FALSE(needs_parentheses(multiplicative, right, unary));
  EXPECT_FALSE(needs_parentheses(multiplicative, left, postfix));
}

} // namespace
} // namespace ring::backends
