// Messages as words of the arena. ringcc makes a function for each type; the host copies bytes.
#pragma once

#include "ring/detail/annotations.h"
#include "ring/detail/types.h"
#include "ring/protocol/words.h"

namespace ring {

namespace detail {

#ifndef __RINGCC__
/// As the compiler spells it, with all its namespaces.
template <class Type> constexpr auto spelling_of() {
  struct Name {
    const char* begin;
    const char* end;
  };
  // "... [with Type = bank::Deposit]" (GCC) or "... [Type = bank::Deposit]" (Clang)
  const char* at = __PRETTY_FUNCTION__;
  while (*at != '=')
    ++at;
  const char* end = at += 2;
  while (*end != ']' && *end != ';')
    ++end;
  return Name{at, end};
}

/// FNV-1a of the qualified name; the ids below 16 are those of other events.
template <class Message> constexpr std::uint32_t id_by_name() {
  std::uint32_t hash = 2166136261U;
  const auto name = spelling_of<Message>();
  for (const char* at = name.begin; at != name.end; ++at)
    hash = (hash ^ static_cast<unsigned char>(*at)) * 16777619U;
  return hash < 16 ? hash + 16 : hash;
}
#endif

} // namespace detail

#ifndef __RINGCC__
/// The id of a message type. NAME.ring.h specializes it for each message of its handlers.
template <class Message> struct MessageType {
  static constexpr std::uint32_t id = detail::id_by_name<Message>();
};
#endif

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
#if __has_builtin(__builtin_clear_padding)
  // As on a device; and what else lay on this stack is nobody's business.
  __builtin_clear_padding(reinterpret_cast<Message*>(&protocol::words[at]));
#endif
}
template <class Message> Message load_message(std::uint32_t at) {
  Message message;
  __builtin_memcpy(static_cast<void*>(&message), &protocol::words[at], sizeof(Message));
  return message;
}
template <class Message> constexpr std::uint32_t message_type() { return MessageType<Message>::id; }
#endif

} // namespace detail
} // namespace ring
