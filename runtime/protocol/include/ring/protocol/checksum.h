// CRC-32C (Castagnoli, reflected polynomial 0x82F63B78; RFC 3720 §B.4) of a message's payload, by
// words, bit by bit: it is checked only where a sender asked for it.
#pragma once

#include "ring/abi/actor_block.h"
#include "ring/protocol/words.h"

namespace ring::protocol {

inline std::uint32_t checksum(std::uint32_t at, std::uint32_t count) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (std::uint32_t i = 0; i < count; ++i) {
    crc ^= words[at + i];
    for (int bit = 0; bit < 32; ++bit)
      crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0x82F63B78 : 0);
  }
  return ~crc;
}

} // namespace ring::protocol
