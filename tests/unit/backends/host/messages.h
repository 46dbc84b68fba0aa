// A message that actors.rir's imagined main file had by including this header.
#pragma once

#include <cstdint>

namespace wire {

struct Deposit {
  std::uint32_t account;
  float amount;
};

} // namespace wire
