#include "mutator.h"

#include <cctype>
#include <sstream>

namespace ring::testing {
namespace {

/// SplitMix64 (Steele, Lea, Flood 2014): the distributions of <random> differ between libraries.
class Random {
public:
  explicit Random(std::uint64_t state) : state_(state) {}

  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  std::size_t below(std::size_t bound) { return bound ? next() % bound : 0; }

private:
  std::uint64_t state_;
};

struct Range {
  std::size_t begin = 0;
  std::size_t size = 0;
};

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '%'; }

/// Words, numbers and single signs; blanks stand between them.
std::vector<Range> tokens_of(const std::string& text) {
  std::vector<Range> tokens;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i + 1;
    if (is_word(text[i])) {
      while (end < text.size() && is_word(text[end]))
        ++end;
    }
    if (!std::isspace(static_cast<unsigned char>(text[i]))) tokens.push_back({i, end - i});
    i = end;
  }
  return tokens;
}

std::vector<Range> lines_of(const std::string& text) {
  std::vector<Range> lines;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = text.find('\n', i);
    const std::size_t next = end == std::string::npos ? text.size() : end + 1;
    lines.push_back({i, next - i});
    i = next;
  }
  return lines;
}

std::string piece(const std::string& text, const std::vector<Range>& ranges, Random& random) {
  if (ranges.empty()) return {};
  const Range range = ranges[random.below(ranges.size())];
  return text.substr(range.begin, range.size);
}

/// Removes a range, doubles it, exchanges it for one of `donor`, or puts one of `donor` before it.
void change(std::string& text, const std::vector<Range>& ranges, const std::string& replacement,
            Random& random) {
  if (ranges.empty()) return;
  const Range range = ranges[random.below(ranges.size())];
  switch (random.below(4)) {
  case 0:
    text.erase(range.begin, range.size);
    break;
  case 1:
    text.insert(range.begin, text.substr(range.begin, range.size));
    break;
  case 2:
    text.replace(range.begin, range.size, replacement);
    break;
  default:
    text.insert(range.begin, replacement);
    break;
  }
}

void change_number(std::string& text, Random& random) {
  static const std::vector<std::string> kNumbers{"0",
                                                 "1",
                                                 "255",
                                                 "65536",
                                                 "2147483648",
                                                 "4294967295",
                                                 "18446744073709551615",
                                                 "99999999999999999999",
                                                 "1e400"};
  std::vector<Range> numbers;
  for (const Range& token : tokens_of(text)) {
    if (std::isdigit(static_cast<unsigned char>(text[token.begin]))) numbers.push_back(token);
  }
  if (numbers.empty()) return;
  const Range range = numbers[random.below(numbers.size())];
  text.replace(range.begin, range.size, kNumbers[random.below(kNumbers.size())]);
}

void change_bytes(std::string& text, Random& random) {
  for (std::size_t count = 1 + random.below(8); count > 0 && !text.empty(); --count) {
    text[random.below(text.size())] = static_cast<char>(random.below(256));
  }
}

void mutate(std::string& text, const std::string& donor, Random& random) {
  switch (random.below(10)) {
  case 0:
    return change_bytes(text, random);
  case 1:
    return text.resize(random.below(text.size() + 1));
  case 2:
  case 3:
    return change_number(text, random);
  case 4:
  case 5:
    return change(text, lines_of(text), piece(donor, lines_of(donor), random), random);
  default:
    return change(text, tokens_of(text), piece(donor, tokens_of(donor), random), random);
  }
}

} // namespace

Mutator::Mutator(std::vector<std::string> texts, std::uint64_t seed)
    : texts_(std::move(texts)), seed_(seed) {}

std::string Mutator::make(std::uint64_t number) const {
  Random random(seed_ * 0x2545f4914f6cdd1du + number);
  std::string text = texts_[random.below(texts_.size())];
  for (std::size_t count = 1 + random.below(4); count > 0; --count) {
    // Half of the donors are the text itself, whose names fit.
    const bool own = random.below(2) == 0;
    const std::string donor = own ? text : texts_[random.below(texts_.size())];
    mutate(text, donor, random);
  }
  return text;
}

} // namespace ring::testing
