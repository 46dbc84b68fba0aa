// Judges what an executor left in the buffers of a case: against the oracle, then against the known
// answers.
#pragma once

#include "../case.h"

#include <string>

namespace ring::exec {

struct Verdict {
  bool ok = true;
  std::string what;     ///< the first thing that is wrong: buffer, index, got, expected
  double max_error = 0; ///< largest distance seen, in the metric of the buffer it was seen in
  Metric metric = Metric::exact; ///< metric of max_error; `exact` means that nothing differed
};

/// The buffers as the handlers leave them when the host runs them, launch by launch.
Memory run_oracle(const Case& c, std::uint32_t warp_size = 32);

/// Compares `got` with run_oracle(c) by the rule of each buffer, then runs the known-answer check.
Verdict verify(const Case& c, const Memory& got, Arithmetic arithmetic);

/// The same with an oracle's memory at hand, for a caller that tries several executors on one case.
Verdict verify(const Case& c, const Memory& got, const Memory& expected, Arithmetic arithmetic);

} // namespace ring::exec
