// An actor of a generated header, with the types of its messages and of its launch arguments.
//
//   inline constexpr ring::Actor<ring::Receives<Deposit, Withdraw>, ring::Replies<Balance>, float>
//       Ledger{&module, &actor_images[0]};
//   template <> struct ring::MessageType<Deposit> { static constexpr std::uint32_t id = 0x…; };
#pragma once

#include <ring/actor_image.h>
#include <ring/module_image.h>

namespace ring {

template <class... Messages> struct Receives {};
template <class... Messages> struct Replies {};

/// Replied: what it may send to the host: its replies, and what it sends along routes.
/// Params: the types of RING_PARAM() fields in order of declaration, a span as ring::span<T> or
/// ring::span<const T>. Routes are not among them: a launch binds those by name.
template <class Received, class Replied, class... Params> struct Actor;

template <class... Received, class... Replied, class... Params>
struct Actor<Receives<Received...>, Replies<Replied...>, Params...> {
  const ModuleImage* module = nullptr;
  const ActorImage* actor = nullptr;
};

/// `id` of a message type, which generated headers state by a specialization for each.
template <class Message> struct MessageType;

} // namespace ring
