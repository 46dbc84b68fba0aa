// What the header, the JSON, the image and the JavaScript module all say about an actor, computed
// once from the ring kernels of the module as the front end made it.
#pragma once

#include "backends/host/host.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ring::backends::host {

struct MessageFacts {
  std::uint32_t id = 0;
  const ir::StructDecl* type = nullptr;
};

struct ArgumentFacts {
  ir::RingKernel::Argument::Kind kind = ir::RingKernel::Argument::Kind::value;
  std::string name;
  ir::TypePtr type = nullptr;         // of the value, or of a span's element; null for a route
  bool is_writable = false;           // spans
  std::uint64_t offset = 0;           // bytes in the arguments area; 0 for a span
  std::uint64_t size = 0;             // bytes: of the value or element; 4 for a route
  std::uint64_t align = 1;            // bytes, likewise
  int param = -1;                     // spans: which parameter of the module's kernels
  std::vector<MessageFacts> messages; // routes
};

struct ActorFacts {
  const ir::Function* function = nullptr; // the ring kernel
  const ir::RingKernel* ring = nullptr;
  std::uint32_t type = 0; // from 1
  int states_param = -1;  // which parameter of the module's kernels, -1 without state
  std::uint64_t arguments_size = 0;
  std::vector<MessageFacts> receives, replies;
  std::vector<ArgumentFacts> arguments;
};

/// Of all ring kernels of `inputs.source`, in the order of the module; empty without `source`.
std::vector<ActorFacts> actor_facts(const Inputs& inputs);

/// Each message type that is received, replied or routed, once, in the order of first mention.
std::vector<MessageFacts> messages_of(const std::vector<ActorFacts>& actors);

/// What the host may get of an actor, each type once: its replies, and what it sends along routes,
/// since a route may be bound to the host.
std::vector<MessageFacts> sent_by(const ActorFacts& actor);

/// Whether expand-actors made this kernel, which programs launch through its actors.
bool is_schedule(const Inputs& inputs, const ir::Function& kernel);

/// FNV-1a, 64 bits, of all that host and device must agree on; 0 without actors.
std::uint64_t layout_hash(const std::vector<ActorFacts>& actors);

} // namespace ring::backends::host
