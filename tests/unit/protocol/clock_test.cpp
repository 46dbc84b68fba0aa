#include "test_arena.h"

namespace ring::protocol::test {
namespace {

class Clock : public testing::Test {
protected:
  void set(std::uint64_t physical, std::uint32_t logical) { set_clock(arena.a, physical, logical); }
  std::uint64_t physical() const { return clock_physical(arena.a); }
  std::uint32_t logical() const { return words[arena.a + abi::kClockLogical]; }

  TestArena arena;
};

TEST_F(Clock, TickFollowsTheWallClock) {
  set(1000, 7);
  tick(arena.a, 1001);
  EXPECT_EQ(physical(), 1001u);
  EXPECT_EQ(logical(), 0u);
}

TEST_F(Clock, TickCountsWhenTheWallClockStandsOrGoesBack) {
  set(1000, 7);
  tick(arena.a, 1000);
  EXPECT_EQ(logical(), 8u);
  tick(arena.a, 5);
  EXPECT_EQ(physical(), 1000u);
  EXPECT_EQ(logical(), 9u);
}

TEST_F(Clock, TickBorrowsAMicrosecondFromAFullCount) {
  set(0xFFFFFFFF, 0xFFFFFFFF);
  tick(arena.a, 0);
  EXPECT_EQ(physical(), 0x100000000u); // past 32 bits
  EXPECT_EQ(logical(), 0u);
}

TEST_F(Clock, UpdateTakesTheLatest) {
  struct Case {
    std::uint64_t wall, mine;
    std::uint32_t my_logical;
    std::uint64_t theirs;
    std::uint32_t their_logical;
    std::uint64_t physical;
    std::uint32_t logical;
  };
  for (const Case& c : {
           Case{100, 50, 3, 60, 9, 100, 0}, // the wall clock
           Case{10, 50, 3, 40, 9, 50, 4},   // mine
           Case{10, 50, 3, 60, 9, 60, 10},  // theirs
           Case{10, 50, 3, 50, 9, 50, 10},  // both: the larger count
           Case{10, 50, 12, 50, 9, 50, 13}, // both
           Case{50, 50, 3, 20, 9, 50, 4},   // mine, which the wall clock has just reached
           Case{60, 50, 3, 60, 9, 60, 10},  // theirs, likewise
       }) {
    set(c.mine, c.my_logical);
    EXPECT_TRUE(update(arena.a, c.wall, c.theirs, c.their_logical));
    EXPECT_EQ(physical(), c.physical) << c.wall << " " << c.mine << " " << c.theirs;
    EXPECT_EQ(logical(), c.logical) << c.wall << " " << c.mine << " " << c.theirs;
  }
}

TEST_F(Clock, UpdateRefusesWhatIsTooFarAhead) {
  words[arena.a + abi::kMaxDrift] = 2; // ms
  set(50, 1);
  EXPECT_TRUE(update(arena.a, 1000, 3000, 0)); // exactly at the limit
  set(50, 1);
  EXPECT_FALSE(update(arena.a, 1000, 3001, 0));
  EXPECT_EQ(physical(), 50u);
  EXPECT_EQ(logical(), 1u);
  EXPECT_TRUE(update(arena.a, 1000, 0, 0)); // the past is always accepted
}

TEST_F(Clock, WallClockOfTornWordsIsNone) {
  arena.set_wall(0x1'00000002);
  EXPECT_EQ(wall_clock(), 0x1'00000002u);
  words[abi::kWallHighCopy] = 2; // being set: the copy comes first
  EXPECT_EQ(wall_clock(), 0u);
}

TEST(Timestamp, IsOrderedByPhysicalLogicalNode) {
  const Timestamp now{5, 5, 5};
  EXPECT_LT(now, (Timestamp{6, 0, 0}));
  EXPECT_LT(now, (Timestamp{5, 6, 0}));
  EXPECT_LT(now, (Timestamp{5, 5, 6}));
  EXPECT_FALSE(now < now);
  EXPECT_EQ(now, now);
}

} // namespace
} // namespace ring::protocol::test
