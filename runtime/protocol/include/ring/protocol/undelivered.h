// What an actor gets back that wants to know what became of its messages:
//
//   void receive(ring::Context&, const ring::Undelivered& m) {
//     if (m.is<Order>() && m.reason == ring::Reason::closed) ...
//   }
//
// Without such a handler, a message that was not handled is a dead letter at the host.
#pragma once

#include "ring/abi/actor_block.h"
#include "ring/detail/message.h"

namespace ring {

/// Why a message was not delivered.
using Reason = abi::Reason;

struct RING_MESSAGE() Undelivered {
  std::uint32_t type; // of the message
  Reason reason;
  std::uint32_t correlation; // of the message; 0: nobody waits for just its answer
  std::uint32_t destination; // the actor that it was sent to; abi::kNobody: along an unbound route

  /// Whether that was a message of this type.
  template <class Message> bool is() const { return type == detail::message_type<Message>(); }
};

#ifndef __RINGCC__
static_assert(detail::id_by_name<Undelivered>() == abi::kUndelivered);
#endif

} // namespace ring
