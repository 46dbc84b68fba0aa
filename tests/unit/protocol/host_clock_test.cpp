#include "actors/host_clock.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>
#include <vector>

namespace ring::runtime {
namespace {

TEST(HostClock, FollowsTheSameRules) {
  HostClock clock(1000);
  EXPECT_EQ(clock.tick(50), (Timestamp{50, 0, 0}));
  EXPECT_EQ(clock.tick(50), (Timestamp{50, 1, 0}));
  EXPECT_EQ(clock.tick(20), (Timestamp{50, 2, 0}));
  EXPECT_FALSE(clock.update(50, {50, 9, 4}));
  EXPECT_EQ(clock.now(), (Timestamp{50, 10, 0}));
  EXPECT_FALSE(clock.update(50, {60, 3, 4}));
  EXPECT_EQ(clock.now(), (Timestamp{60, 4, 0}));
  EXPECT_FALSE(clock.update(50, {10, 3, 4}));
  EXPECT_EQ(clock.now(), (Timestamp{60, 5, 0}));
  EXPECT_FALSE(clock.update(70, {10, 3, 4}));
  EXPECT_EQ(clock.now(), (Timestamp{70, 0, 0}));
  EXPECT_FALSE(clock.update(70, {1070, 0, 4})); // at the limit
  EXPECT_EQ(clock.update(70, {1071, 0, 4}), 1001u);
  EXPECT_EQ(clock.now(), (Timestamp{1070, 1, 0}));
}

TEST(HostClock, NeverGivesAMomentTwiceNorGoesBack) {
  constexpr int kThreads = 4;
  constexpr std::size_t kEach = 1'000'000;
  HostClock clock(60'000'000);
  std::vector<std::vector<Timestamp>> given(kThreads);
  std::vector<std::thread> threads;
  for (auto& mine : given)
    threads.emplace_back([&] {
      mine.reserve(kEach);
      for (std::size_t i = 0; i < kEach; ++i)
        mine.push_back(clock.tick(wall_now()));
    });
  for (std::thread& thread : threads)
    thread.join();
  std::vector<Timestamp> all;
  for (const auto& mine : given) {
    EXPECT_TRUE(std::is_sorted(mine.begin(), mine.end()));
    all.insert(all.end(), mine.begin(), mine.end());
  }
  std::sort(all.begin(), all.end());
  EXPECT_EQ(std::adjacent_find(all.begin(), all.end()), all.end());
}

} // namespace
} // namespace ring::runtime
