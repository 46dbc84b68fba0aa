// Messages as words of the arena. ringcc makes a function for each type; the host copies bytes.
#pragma once

#include "ring/detail/annotations.h"
#include "ring/detail/types.h"
#include "ring/protocol/words.h"

namespace ring {

/// The id of a message type: NAME.ring.h specializes it for each message of its handlers.
template <class Message> struct MessageType;

namespace detail {

#ifdef __RINGCC__
template <class Message> RING_DETAIL_MESSAGE("store")
void store_message(std::uint32_t at, const Message& message);
template <class Message> RING_DETAIL_MESSAGE("load") Message load_message(std::uint32_t at);
template <class Message> RING_DETAIL_MESSAGE("type") std::uint32_t message_type();
#else
/// The payload of a message, (sizeof + 3) / 4 words from word `at` on; the bytes behind it are 0.
template <class Message> void store_message(std::uint32_t at, const Message& message) {
  if constexpr (sizeof(Message) % 4 != 0) protocol::words[at + sizeof(Message) / 4] = 0;
  __builtin_memcpy(&protocol::words[at], &message, sizeof(Message));
}
template <class Message> Message load_message(std::uint32_t at) {
  Message message;
  __builtin_memcpy(&message, &protocol::words[at], sizeof(Message));
  return message;
}
template <class Message> constexpr std::uint32_t message_type() { return MessageType<Message>::id; }
#endif

} // namespace detail
} // namespace ring
