// Makes ordinary global kernels of a module's actors. A ring kernel handles one event; what calls
// it (queues, clock, life cycle) is ring::protocol, linked from the device library.
//
//   kernel ring Ledger(%context, %state, %event, %message) -> bool
//
// becomes a device function of the same name, one that takes up to `budget` events for any actor of
// the module, and two kernels that run them:
//
//   function bank_run(%self, %budget)              begin_slice, next, Ledger, finish, end_slice
//   kernel global bank_bounded(%words, %Ledger_states, %crew, %first, %count, %budget)
//   kernel global bank_persistent(%words, %Ledger_states, %crew, %budget, %lease)
//
// Their blocks have as many lanes as the actors that are not serial; in those, lane 0 does what no
// handler does (ring/protocol/group.h). Both begin with attach: if the host knows other layouts,
// nothing runs. `bounded` runs each actor of [first, first + count) once and returns, `persistent`
// runs those that are ready until it is told to stop or its lease is over. The state of an actor is
// an element of a bound span of its type. Runs once, before any target's passes; a module without
// actors stays as it is.
#pragma once

#include "ir/module.h"
#include "ir/result.h"

#include <cstdint>
#include <string>

namespace ring::ir::transform {

/// The names of the kernels that run the actors of a module.
std::string bounded_kernel_name(const Module& module);
std::string persistent_kernel_name(const Module& module);

struct ExpandActorsConfig {
  const Module& library;         // has the functions of ring::protocol
  std::uint64_t layout_hash = 0; // what the kernels know of messages and states; the host compares
};

/// A function of the user's that has the name of one of the two kernels is an error (RC2201).
Status expand_actors(Module& module, const ExpandActorsConfig& config);

} // namespace ring::ir::transform
