// The hybrid logical clock of an actor (Kulkarni et al., "Logical Physical Clocks", 2014). Its
// state lies in the actor's words and has one writer, the actor.
#pragma once

#include "ring/abi/actor_block.h"
#include "ring/abi/timestamp.h"
#include "ring/protocol/words.h"

namespace ring {
namespace protocol {

/// The host's clock, µs since the epoch; 0 when it was being set.
inline std::uint64_t wall_clock() {
  const std::uint32_t high = observe(abi::kWallHigh);
  const std::uint32_t low = observe(abi::kWallLow);
  return observe(abi::kWallHighCopy) == high ? wide(low, high) : 0;
}

inline std::uint64_t clock_physical(std::uint32_t actor) {
  return wide(words[actor + abi::kClockLow], words[actor + abi::kClockHigh]);
}

inline void set_clock(std::uint32_t actor, std::uint64_t physical, std::uint32_t logical) {
  tell(actor + abi::kClockLow, static_cast<std::uint32_t>(physical));
  tell(actor + abi::kClockHigh, static_cast<std::uint32_t>(physical >> 32));
  tell(actor + abi::kClockLogical, logical);
}

/// A local event: the clock goes on.
inline void tick(std::uint32_t actor, std::uint64_t wall) {
  const std::uint64_t physical = clock_physical(actor);
  const std::uint32_t logical = words[actor + abi::kClockLogical];
  if (wall > physical) {
    set_clock(actor, wall, 0);
  } else if (logical != 0xFFFFFFFF) {
    set_clock(actor, physical, logical + 1);
  } else {
    set_clock(actor, physical + 1, 0); // the count is exhausted: borrow a microsecond
  }
}

/// A message with that stamp was received. False, and no change, if it is further ahead of the wall
/// clock than the actor allows.
inline bool update(std::uint32_t actor, std::uint64_t wall, std::uint64_t physical,
                   std::uint32_t logical) {
  const std::uint64_t mine = clock_physical(actor);
  const std::uint64_t drift = std::uint64_t{words[actor + abi::kMaxDrift]} * 1000;
  if (wall != 0 && physical > wall + drift) return false;
  const std::uint32_t my_logical = words[actor + abi::kClockLogical];
  if (wall > mine && wall > physical) {
    set_clock(actor, wall, 0);
  } else if (mine == physical) {
    set_clock(actor, mine, (logical > my_logical ? logical : my_logical) + 1);
  } else if (mine > physical) {
    set_clock(actor, mine, my_logical + 1);
  } else {
    set_clock(actor, physical, logical + 1);
  }
  return true;
}

} // namespace protocol
} // namespace ring
