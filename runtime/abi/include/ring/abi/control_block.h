// The snapshot of an actor that users and tools read. The runtime fills it from the words of the
// arena (actor_block.h), where each has one writer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ring::abi {

//  byte   0           4                  8                12    16                   24
//         ├ is_active ┼ should_terminate ┼ has_terminated ┼ pad ┼ messages_processed ┼ in_flight ┤
//  byte  32           40           48            56            64       68       72     76    80
//         ├ input_head ┼ input_tail ┼ output_head ┼ output_tail ┼ in_cap ┼ out_cap ┼ masks ───┤
//  byte  80                       96           100           104          128
//         ├ clock: physical, logical ┼ last_error ┼ error_count ┼ user_state ┤
struct alignas(128) ControlBlock {
  std::uint32_t is_active;
  std::uint32_t should_terminate;
  std::uint32_t has_terminated;
  std::uint32_t pad;
  std::uint64_t messages_processed;
  std::uint64_t messages_in_flight; // in the mailbox and on the way to the host
  std::uint64_t input_head;
  std::uint64_t input_tail;
  std::uint64_t output_head;
  std::uint64_t output_tail;
  std::uint32_t input_capacity;
  std::uint32_t output_capacity;
  std::uint32_t input_mask;
  std::uint32_t output_mask;
  std::uint64_t clock_physical; // µs since the epoch
  std::uint64_t clock_logical;
  std::uint32_t last_error; // an ActorError
  std::uint32_t error_count;
  unsigned char user_state[24]; // zero: states stay on the device
};
static_assert(sizeof(ControlBlock) == 128 && alignof(ControlBlock) == 128);
static_assert(offsetof(ControlBlock, messages_processed) == 16);
static_assert(offsetof(ControlBlock, messages_in_flight) == 24);
static_assert(offsetof(ControlBlock, input_head) == 32);
static_assert(offsetof(ControlBlock, output_tail) == 56);
static_assert(offsetof(ControlBlock, input_capacity) == 64);
static_assert(offsetof(ControlBlock, output_mask) == 76);
static_assert(offsetof(ControlBlock, clock_physical) == 80);
static_assert(offsetof(ControlBlock, last_error) == 96);
static_assert(offsetof(ControlBlock, error_count) == 100);
static_assert(offsetof(ControlBlock, user_state) == 104);
static_assert(std::is_trivially_copyable_v<ControlBlock>);

} // namespace ring::abi
