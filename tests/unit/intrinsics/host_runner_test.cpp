// The grid runner: ids, barriers, warp operations, shared memory, and what goes wrong.
#include <gtest/gtest.h>

#include <chrono>
#include <numeric>
#include <vector>

#include "ring/host.h"

namespace {

using ring::host::launch;

TEST(HostRunner, GivesEachThreadItsIds) {
  std::vector<int> seen(6 * 10 * 2);
  launch({3, 2, 1}, {2, 5, 2}, [&] {
    const auto id = ring::global_id();
    const auto linear = ring::thread_id().x + ring::thread_id().y * 2 + ring::thread_id().z * 10;
    EXPECT_EQ(ring::lane_id(), linear % 32);
    EXPECT_EQ(ring::warp_id(), linear / 32);
    EXPECT_EQ(ring::block_dim(), (ring::Index3{2, 5, 2}));
    EXPECT_EQ(ring::grid_dim(), (ring::Index3{3, 2, 1}));
    EXPECT_EQ(id.x, ring::block_id().x * 2 + ring::thread_id().x);
    ++seen[(id.z * 10 + id.y) * 6 + id.x];
  });
  EXPECT_EQ(seen, std::vector<int>(seen.size(), 1));
}

void reduce_block(ring::span<const int> in, ring::span<int> out) {
  RING_SHARED int tile[64];
  const auto t = ring::thread_id().x;
  tile[t] = in[ring::global_id().x];
  ring::barrier();
  for (unsigned stride = 32; stride > 0; stride /= 2) {
    if (t < stride) tile[t] += tile[t + stride];
    ring::barrier();
  }
  if (t == 0) out[ring::block_id().x] = tile[0];
}

TEST(HostRunner, ReducesThroughSharedMemory) {
  for (unsigned os_threads : {1u, 2u}) {
    std::vector<int> in(64 * 100), out(100);
    std::iota(in.begin(), in.end(), 0);
    launch({100}, {64}, [&] { reduce_block(in, out); }, {.os_threads = os_threads});
    for (int b = 0; b < 100; ++b)
      EXPECT_EQ(out[b], 64 * (64 * b) + 63 * 32);
  }
}

TEST(HostRunner, BarrierAfterSomeReturnedIsAnError) {
  const auto run = [] {
    launch({2}, {64}, [] {
      if (ring::thread_id().x == 7) return;
      ring::barrier();
    });
  };
  try {
    run();
    FAIL() << "no error";
  } catch (const ring::host::LaunchError& error) {
    EXPECT_STREQ(error.what(),
                 "block (0, 0, 0): 63 of 64 threads wait at a barrier that the others never reach: "
                 "thread (0, 0, 0) waits, thread (7, 0, 0) has returned");
  }
}

TEST(HostRunner, ThrowsWhatTheKernelThrows) {
  EXPECT_THROW(launch({4}, {64},
                      [] {
                        ring::barrier();
                        if (ring::thread_id().x == 3) throw std::out_of_range("x");
                        ring::barrier();
                      }),
               std::out_of_range);
}

TEST(HostRunner, RefusesImpossibleLaunches) {
  const auto nothing = [] {};
  EXPECT_THROW(launch({1}, {0}, nothing), ring::host::LaunchError);
  EXPECT_THROW(launch({1}, {1025}, nothing), ring::host::LaunchError);
  EXPECT_THROW(launch({1}, {32}, nothing, {.warp_size = 33}), ring::host::LaunchError);
  EXPECT_NO_THROW(launch({0}, {32}, nothing));
}

TEST(HostRunner, ShufflesWithinTheWarp) {
  for (std::uint32_t size : {4u, 8u, 32u}) {
    launch({1}, {64},
           [&] {
             const auto lane = ring::lane_id();
             const auto thread = ring::thread_id().x;
             const auto base = thread - lane;
             EXPECT_EQ(ring::warp_size(), size);
             EXPECT_EQ(ring::shuffle(thread, 1), base + 1);
             EXPECT_EQ(ring::shuffle_up(thread, 1), lane == 0 ? thread : thread - 1);
             EXPECT_EQ(ring::shuffle_down(thread, 2), lane + 2 < size ? thread + 2 : thread);
             EXPECT_EQ(ring::shuffle_xor(thread, 3), base + (lane ^ 3));
             EXPECT_EQ(ring::broadcast(1.5 * thread, 2), 1.5 * (base + 2));
             EXPECT_EQ(ring::shuffle(std::int64_t{thread} << 40, 0), std::int64_t{base} << 40);
           },
           {.warp_size = size});
  }
}

TEST(HostRunner, VotesAndReducesAmongTheLanesThatRemain) {
  launch({1}, {32}, [] {
    const auto lane = ring::lane_id();
    if (lane % 2 == 0) return;
    EXPECT_EQ(ring::ballot(true), 0xaaaaaaaau);
    EXPECT_EQ(ring::ballot(lane > 16), 0xaaaa0000u & 0xaaaaaaaau);
    EXPECT_TRUE(ring::all(true));
    EXPECT_FALSE(ring::all(lane != 5));
    EXPECT_TRUE(ring::any(lane == 5));
    EXPECT_FALSE(ring::any(lane == 4));
    EXPECT_EQ(ring::elect(), lane == 1);
    EXPECT_EQ(ring::reduce_add(lane), 256u);
    EXPECT_EQ(ring::reduce_min(-static_cast<int>(lane)), -31);
    EXPECT_EQ(ring::reduce_max(0.5f * lane), 15.5f);
    EXPECT_EQ(ring::reduce_and(lane | 0x100u), 0x101u);
    EXPECT_EQ(ring::reduce_or(lane), 31u);
    EXPECT_EQ(ring::reduce_xor(std::uint64_t{lane} << 32), 0u);
    EXPECT_EQ(ring::shuffle(lane, 2), lane); // lane 2 has returned
  });
}

TEST(HostRunner, DivergedLanesVoteApart) {
  launch({1}, {32}, [] {
    const auto lane = ring::lane_id();
    if (lane < 16) {
      EXPECT_EQ(ring::ballot(true), 0xffffu);
    }
    ring::barrier();
    ring::warp_barrier();
    EXPECT_EQ(ring::ballot(true), 0xffffffffu);
  });
}

TEST(HostRunner, AtomicsReturnTheOldValue) {
  std::uint32_t counter = 0;
  float sum = 0;
  std::vector<int> seen(512);
  launch({8}, {64},
         [&] {
           ++seen[ring::atomic_inc(counter)];
           ring::atomic_add(sum, 0.5f);
         },
         {.os_threads = 2});
  EXPECT_EQ(counter, 512u);
  EXPECT_EQ(sum, 256.0f);
  EXPECT_EQ(seen, std::vector<int>(512, 1));

  std::int64_t x = 5;
  EXPECT_EQ(ring::atomic_min(x, -3), 5);
  EXPECT_EQ(ring::atomic_max(x, 9), -3);
  EXPECT_EQ(ring::atomic_exchange(x, 7), 9);
  EXPECT_EQ(ring::atomic_cas(x, 6, 1), 7);
  EXPECT_EQ(ring::atomic_cas(x, 7, 1), 7);
  EXPECT_EQ(ring::atomic_load(x), 1);
  ring::atomic_ref<std::int64_t> ref(x);
  std::int64_t expected = 2;
  EXPECT_FALSE(ref.compare_exchange_strong(expected, 3));
  EXPECT_EQ(expected, 1);
  EXPECT_TRUE(ref.compare_exchange_strong(expected, 3, ring::acq_rel, ring::MemoryScope::block));
  EXPECT_EQ(ref.fetch_or(4, ring::relaxed), 3);
  EXPECT_EQ(ref.load(ring::acquire), 7);
  ref.store(INT64_MAX, ring::release);
  EXPECT_EQ(ring::atomic_inc(x), INT64_MAX);
  EXPECT_EQ(x, INT64_MIN);
}

TEST(HostRunner, RunsAMillionThreads) {
  std::vector<float> x(1 << 20, 1.0f);
  launch({4096}, {256}, [&] { x[ring::global_id().x] += 1.0f; });
  EXPECT_EQ(std::accumulate(x.begin(), x.end(), 0.0), 2.0 * (1 << 20));
}

TEST(HostRunner, RunsAMillionThreadsWithBarriers) {
  std::vector<int> in(1 << 20, 1), out(1 << 14);
  launch({1 << 14}, {64}, [&] { reduce_block(in, out); });
  EXPECT_EQ(out, std::vector<int>(out.size(), 64));
}

TEST(HostRunner, RestsLongerAfterMoreTurns) {
  const auto rest = [](std::uint32_t turns) {
    const auto begin = std::chrono::steady_clock::now();
    ring::relax(turns);
    return std::chrono::steady_clock::now() - begin;
  };
  rest(0);
  rest(100);
  EXPECT_GE(rest(0xFFFFFFFF), std::chrono::microseconds(50)); // a sleep, and not a longer one
  EXPECT_LT(rest(0xFFFFFFFF), std::chrono::seconds(10));
}

} // namespace
