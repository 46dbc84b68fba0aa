// The full envelope of a message: of the wire, of replays and of dead letters. Between host and
// device the compact one of actor_block.h travels.
#pragma once

#include <ring/abi/timestamp.h>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ring::abi {

inline constexpr std::uint64_t kMessageMagic = 0x52494E474B45524E; // "RINGKERN"
inline constexpr std::uint32_t kMessageVersion = 1;

//  byte   0       8         12      16           24               32       40            48
//         ├ magic ┼ version ┼ flags ┼ message_id ┼ correlation_id ┼ source ┼ destination ┤
//  byte  48             56         57    64             72         76    80
//         ├ message_type ┼ priority ┼ pad ┼ payload_size ┼ checksum ┼ pad ┤
//  byte  80          104        128        256
//         ├ timestamp ┼ deadline ┼ reserved ┤
struct alignas(64) MessageHeader {
  std::uint64_t magic = kMessageMagic;
  std::uint32_t version = kMessageVersion;
  std::uint32_t flags = 0;
  std::uint64_t message_id = 0;
  std::uint64_t correlation_id = 0;
  std::uint64_t source = 0;      // an actor's address; 0: the host
  std::uint64_t destination = 0; // likewise
  std::uint64_t message_type = 0;
  std::uint8_t priority = 1; // low, normal, high, critical
  std::uint8_t pad[7] = {};
  std::uint64_t payload_size = 0; // bytes
  std::uint32_t checksum = 0;     // CRC-32C of the payload
  std::uint32_t pad2 = 0;
  Timestamp timestamp = {};
  Timestamp deadline = {}; // all zero: none
  unsigned char reserved[128] = {};
};
static_assert(sizeof(MessageHeader) == 256 && alignof(MessageHeader) == 64);
static_assert(offsetof(MessageHeader, version) == 8 && offsetof(MessageHeader, flags) == 12);
static_assert(offsetof(MessageHeader, message_id) == 16);
static_assert(offsetof(MessageHeader, correlation_id) == 24);
static_assert(offsetof(MessageHeader, source) == 32);
static_assert(offsetof(MessageHeader, destination) == 40);
static_assert(offsetof(MessageHeader, message_type) == 48);
static_assert(offsetof(MessageHeader, priority) == 56);
static_assert(offsetof(MessageHeader, payload_size) == 64);
static_assert(offsetof(MessageHeader, checksum) == 72);
static_assert(offsetof(MessageHeader, timestamp) == 80);
static_assert(offsetof(MessageHeader, deadline) == 104);
static_assert(offsetof(MessageHeader, reserved) == 128);
static_assert(std::is_trivially_copyable_v<MessageHeader>);

} // namespace ring::abi
