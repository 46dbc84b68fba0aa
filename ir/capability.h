// What a target can do. Passes ask for capabilities, never for a target's name.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace ring::ir {

enum class Capability : std::uint8_t {
  int8,  // 8-bit integer arithmetic and storage
  int16, // 16-bit integer arithmetic and storage
  int64, // 64-bit integer arithmetic and storage
  float16,
  bfloat16,
  float64,
  int64_atomics,
  float_atomics, // add on f32 in storage and workgroup memory
  subgroups,     // shuffles, votes and warp reductions
  pointers,      // pointers and references as values, spans in structs and as kernel parameters
  byte_layout,   // structs in memory have their C++ layout whatever their fields are
};
inline constexpr std::size_t kCapabilityCount = 11;

/// "float64", ...
std::string_view name_of(Capability capability);
/// The capability of that name, or nothing.
std::optional<Capability> find_capability(std::string_view name);

class CapabilitySet {
public:
  constexpr CapabilitySet() = default;
  constexpr CapabilitySet(std::initializer_list<Capability> capabilities) {
    for (Capability capability : capabilities)
      bits_ |= bit(capability);
  }

  constexpr bool has(Capability capability) const { return (bits_ & bit(capability)) != 0; }
  constexpr void add(Capability capability) { bits_ |= bit(capability); }
  constexpr void remove(Capability capability) { bits_ &= ~bit(capability); }
  constexpr bool operator==(const CapabilitySet&) const = default;

private:
  static constexpr std::uint32_t bit(Capability capability) {
    return 1u << static_cast<std::uint32_t>(capability);
  }

  std::uint32_t bits_ = 0;
};

} // namespace ring::ir
