// What an actor counts, in one cache line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ring::abi {

//  byte  0           8         16              24            32            40           44
//        ├ processed ┼ dropped ┼ total_latency ┼ min_latency ┼ max_latency ┼ input_depth ┼ …
//  byte  44             48           52          64
//        ├ output_depth ┼ last_error ┼ reserved ─┤
struct Telemetry {
  std::uint64_t processed;
  std::uint64_t dropped;
  std::uint64_t total_latency_us; // from a message's stamp to the beginning of its handler
  std::uint64_t min_latency_us;   // starts at the largest value
  std::uint64_t max_latency_us;
  std::uint32_t input_depth;
  std::uint32_t output_depth;
  std::uint32_t last_error; // an ActorError
  std::uint32_t reserved[3];
};
static_assert(sizeof(Telemetry) == 64 && alignof(Telemetry) == 8);
static_assert(offsetof(Telemetry, min_latency_us) == 24);
static_assert(offsetof(Telemetry, input_depth) == 40);
static_assert(offsetof(Telemetry, last_error) == 48);
static_assert(offsetof(Telemetry, reserved) == 52);
static_assert(std::is_trivially_copyable_v<Telemetry>);

} // namespace ring::abi
