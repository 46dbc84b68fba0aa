// Rules 1 to 3: one reader of a ring, the slot's sequence as the only publication, and a failed
// push that changes nothing.
#include "test_arena.h"

#include <atomic>
#include <thread>

namespace ring::protocol::test {
namespace {

/// A ring alone in an arena.
class Alone {
public:
  explicit Alone(std::uint32_t capacity, std::uint32_t position = 0)
      : memory(abi::kLine * 2 + capacity * kSlotWords), attached(all()),
        ring{abi::kLine * 2, capacity - 1, kSlotWords, abi::kLine}, head(position) {
    TestArena::begin_ring(ring, position);
  }

  ring::span<std::uint32_t> all() { return {memory.data(), memory.size()}; }
  bool push(std::uint32_t value) const {
    const std::uint32_t slot = claim(ring);
    if (slot == 0) return false;
    words[slot + abi::kPayload] = value;
    publish_slot(slot);
    return true;
  }
  bool pop(std::uint32_t& value) {
    const std::uint32_t slot = peek(ring, head);
    if (slot == 0) return false;
    value = words[slot + abi::kPayload];
    release_slot(ring, head++);
    return true;
  }

  static constexpr std::uint32_t kSlotWords = abi::kPayload + 4;
  std::vector<std::uint32_t> memory;
  Attached attached;
  const Ring ring;
  std::uint32_t head;
};

class Queue : public testing::TestWithParam<std::uint32_t> {};

// Positions wrap at 2^32, their sequences, which are twice as large, at 2^31 already.
INSTANTIATE_TEST_SUITE_P(From, Queue, testing::Values(0u, 0x7FFFFFFDu, 0xFFFFFFFDu, 0xFFFFFFFFu));

TEST_P(Queue, UsesAllSlotsInOrder) {
  for (std::uint32_t capacity : {1u, 2u, 8u}) {
    Alone queue(capacity, GetParam() / capacity * capacity);
    std::uint32_t value = 0, pushed = 0, popped = 0;
    for (int round = 0; round < 5; ++round) {
      while (queue.push(pushed))
        ++pushed;
      EXPECT_EQ(pushed - popped, capacity);
      while (queue.pop(value))
        EXPECT_EQ(value, popped++);
      EXPECT_EQ(pushed, popped);
    }
  }
}

TEST(QueueRules, AFullRingChangesNothing) { // rule 3
  Alone queue(4);
  while (queue.push(1)) {}
  const std::vector<std::uint32_t> before = queue.memory;
  EXPECT_FALSE(queue.push(2));
  EXPECT_EQ(queue.memory, before);
}

TEST(QueueRules, WhatIsClaimedIsNotSeenUntilItIsPublished) { // rule 2
  Alone queue(4);
  std::uint32_t value = 0;
  const std::uint32_t first = claim(queue.ring);
  const std::uint32_t second = claim(queue.ring);
  words[second + abi::kPayload] = 2;
  publish_slot(second); // out of the order of the claims, which holds up nobody
  EXPECT_FALSE(queue.pop(value));
  words[first + abi::kPayload] = 1;
  publish_slot(first);
  EXPECT_TRUE(queue.pop(value));
  EXPECT_EQ(value, 1u);
  EXPECT_TRUE(queue.pop(value));
  EXPECT_EQ(value, 2u);
}

void check_producers(std::uint32_t capacity, std::uint32_t each, std::uint32_t position) {
  constexpr std::uint32_t kProducers = 8;
  Alone queue(capacity, position);
  std::vector<std::thread> producers;
  for (std::uint32_t p = 0; p < kProducers; ++p)
    producers.emplace_back([&, p] {
      const Attached attached(queue.all());
      for (std::uint32_t i = 0; i < each; ++i)
        while (!queue.push(p << 24 | i))
          std::this_thread::yield();
    });
  std::vector<std::uint32_t> expected(kProducers);
  bool in_order = true;
  for (std::uint64_t left = std::uint64_t{kProducers} * each; left != 0;) {
    std::uint32_t value = 0;
    if (!queue.pop(value)) {
      std::this_thread::yield();
      continue;
    }
    --left;
    in_order = in_order && (value & 0xFFFFFF) == expected[value >> 24]++;
  }
  for (std::thread& producer : producers)
    producer.join();
  std::uint32_t value = 0;
  EXPECT_TRUE(in_order); // each once, and in the order of its producer
  EXPECT_FALSE(queue.pop(value));
}

TEST(QueueRules, EightProducersOfAMillionEach) { check_producers(1024, 1'000'000, 0); }
TEST(QueueRules, EightProducersAtTheWrap) { check_producers(64, 50'000, 0xFFFFFFFF - 63); }
TEST(QueueRules, EightProducersOfOneSlot) { check_producers(1, 2'000, 0xFFFFFFFF); }

} // namespace
} // namespace ring::protocol::test
