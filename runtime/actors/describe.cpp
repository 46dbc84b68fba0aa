#include "actors/describe.h"

#include "actors/actor_system.h"
#include "actors/life_cycle.h"

namespace ring::runtime {

using protocol::observe;
using protocol::words;

namespace {

/// Of all rings of the mailbox, `from` abi::kHead or abi::kTail on.
std::uint32_t sum_of_positions(std::uint32_t self, std::uint32_t from) {
  std::uint32_t sum = 0;
  for (std::uint32_t ring = 0; ring < abi::kPriorities; ++ring)
    sum += observe(self + from + ring); // 0 where there is no such ring
  return sum;
}

/// One actor's part, and whom it waits for.
std::string describe(const ActorRecord& record, std::uint32_t& waits_for) {
  const std::uint32_t self = record.address();
  std::string text = "'" + record.name + "' is " + std::string(name_of(phase_of(record))) +
                     " and has " + std::to_string(protocol::depth_of(self)) + " messages queued";
  waits_for = observe(self + abi::kWaitsFor);
  if (waits_for == 0) return text;
  const std::string slot = " (sequence " + std::to_string(observe(self + abi::kWaitsSeen)) +
                           ", expected " + std::to_string(observe(self + abi::kWaitsExpected)) +
                           ")";
  if (waits_for == self) {
    waits_for = 0;
    return text + "; it waits until the host receives what it has sent" + slot;
  }
  const auto other = record.system->at(waits_for);
  return text + "; it waits for room in the mailbox of " +
         (other ? "'" + other->name + "'" : "an actor that is gone") + slot;
}

} // namespace

std::string describe_waits(const ActorRecord& record) {
  std::uint32_t waits_for = 0;
  std::string text = describe(record, waits_for);
  // Actors that wait for each other in a ring come round.
  constexpr int kMost = 8;
  for (int i = 0; i < kMost && waits_for != 0; ++i) {
    const auto next = record.system->at(waits_for);
    if (!next) break;
    text += "; " + describe(*next, waits_for);
    if (next.get() == &record) break;
  }
  return text;
}

abi::ControlBlock status_of(ActorRecord& record) {
  const std::lock_guard lock(record.inbox_mutex);
  const std::uint32_t self = record.address();
  const abi::Phase phase = phase_of(record);
  abi::ControlBlock block{};
  block.is_active = phase == abi::Phase::active;
  block.should_terminate = phase == abi::Phase::terminating;
  block.has_terminated = phase == abi::Phase::terminated;
  auto& wide = record.wide;
  // What is behind is read first, so that no head is ahead of its tail.
  block.messages_processed = wide.processed.widen(observe(self + abi::kProcessed));
  block.input_head = wide.dequeued.widen(sum_of_positions(self, abi::kHead));
  block.input_tail = wide.enqueued.widen(sum_of_positions(self, abi::kTail));
  block.output_head = wide.received.widen(record.replies_head);
  block.output_tail = wide.replied.widen(observe(self + abi::kRepliesTail));
  block.messages_in_flight =
      block.input_tail - block.input_head + block.output_tail - block.output_head;
  block.input_mask = words[self + abi::kMailboxMask];
  block.input_capacity = (block.input_mask + 1) * rings_of(record.actor);
  block.output_mask = words[self + abi::kRepliesMask];
  block.output_capacity = block.output_mask + 1;
  block.clock_physical =
      protocol::wide(observe(self + abi::kClockLow), observe(self + abi::kClockHigh));
  block.clock_logical = observe(self + abi::kClockLogical);
  block.last_error = observe(self + abi::kLastError);
  block.error_count = observe(self + abi::kErrorCount);
  return block;
}

ActorMetrics metrics_of(ActorRecord& record) {
  const abi::ControlBlock status = status_of(record);
  const std::lock_guard lock(record.inbox_mutex);
  const std::uint32_t self = record.address();
  auto& wide = record.wide;
  ActorMetrics metrics;
  metrics.enqueued = status.input_tail;
  metrics.dequeued = status.input_head;
  metrics.rejected = wide.rejected.widen(observe(self + abi::kRejected));
  metrics.sent = wide.sent.widen(observe(self + abi::kSent));
  metrics.dead_letters = wide.dead.widen(observe(self + abi::kDead)) + record.host_dead;
  metrics.late_replies = record.late;
  metrics.depth = static_cast<std::uint32_t>(status.input_tail - status.input_head);
  metrics.max_depth = std::max(observe(self + abi::kMaxDepth), metrics.depth);
  metrics.errors = status.error_count;
  abi::Telemetry& telemetry = metrics.telemetry;
  telemetry.processed = status.messages_processed;
  telemetry.dropped = wide.dropped.widen(observe(self + abi::kDropped));
  telemetry.total_latency_us =
      protocol::wide(observe(self + abi::kLatencyLow), observe(self + abi::kLatencyHigh));
  const std::uint32_t least = observe(self + abi::kLatencyMin);
  telemetry.min_latency_us = least == 0xFFFFFFFF ? ~std::uint64_t{0} : least;
  telemetry.max_latency_us = observe(self + abi::kLatencyMax);
  telemetry.input_depth = metrics.depth;
  telemetry.output_depth = static_cast<std::uint32_t>(status.output_tail - status.output_head);
  telemetry.last_error = status.last_error;
  return metrics;
}

} // namespace ring::runtime
