// Byte messages of any length behind one another, with the offsets at which they begin, for the
// hash kernels.
#pragma once

#include "inputs.h"

#include <string>

namespace ring::exec {

struct Messages {
  std::vector<std::uint8_t> bytes;
  std::vector<std::uint32_t> offsets = {0};

  void add(const std::string& text) {
    bytes.insert(bytes.end(), text.begin(), text.end());
    offsets.push_back(static_cast<std::uint32_t>(bytes.size()));
  }
};

inline Messages pack(const std::vector<std::string>& texts) {
  Messages all;
  for (const std::string& text : texts)
    all.add(text);
  return all;
}

/// Lengths in [0, max_length].
inline Messages random_messages(std::uint32_t n, std::uint32_t max_length, std::uint64_t seed) {
  Random random(seed);
  Messages all;
  for (std::uint32_t i = 0; i < n; ++i) {
    std::string text(random.below(max_length + 1), '\0');
    for (char& byte : text)
      byte = static_cast<char>(random.bits());
    all.add(text);
  }
  return all;
}

} // namespace ring::exec
