// Random damage to a text: bytes, tokens, lines, truncation. The same seed gives the same damage on
// every machine, so a finding is named by its number.
//
//   Mutator mutator(texts);
//   std::string input = mutator.make(/*number=*/4711);
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ring::testing {

class Mutator {
public:
  /// `texts` are valid inputs; tokens and lines of one find their way into others.
  Mutator(std::vector<std::string> texts, std::uint64_t seed);

  /// One of the texts after one to four mutations.
  std::string make(std::uint64_t number) const;

private:
  std::vector<std::string> texts_;
  std::uint64_t seed_;
};

} // namespace ring::testing
