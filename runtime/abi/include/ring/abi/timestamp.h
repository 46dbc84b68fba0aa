// A moment of a hybrid logical clock, as messages carry it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace ring {

/// A moment: µs since the epoch, then a count, then who says so. Ordered by them in this order.
//  byte  0          8         16     24
//        ├ physical ┼ logical ┼ node ┤
struct Timestamp {
  std::uint64_t physical;
  std::uint64_t logical;
  std::uint64_t node;

  friend constexpr bool operator==(const Timestamp& a, const Timestamp& b) {
    return a.physical == b.physical && a.logical == b.logical && a.node == b.node;
  }
  friend constexpr bool operator<(const Timestamp& a, const Timestamp& b) {
    if (a.physical != b.physical) return a.physical < b.physical;
    if (a.logical != b.logical) return a.logical < b.logical;
    return a.node < b.node;
  }
};
static_assert(sizeof(Timestamp) == 24 && alignof(Timestamp) == 8);
static_assert(offsetof(Timestamp, logical) == 8 && offsetof(Timestamp, node) == 16);

} // namespace ring
