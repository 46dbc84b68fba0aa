#include "known_failures.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace ring::exec {
namespace {

constexpr std::string_view kSeparator = " | ";

/// The part of `rest` up to the next separator, which is taken away with it.
std::string take_part(std::string_view& rest) {
  const std::size_t end = std::min(rest.find(kSeparator), rest.size());
  std::string part(rest.substr(0, end));
  rest.remove_prefix(std::min(end + kSeparator.size(), rest.size()));
  return part;
}

} // namespace

std::vector<KnownFailure> read_known_failures(const std::filesystem::path& file) {
  std::vector<KnownFailure> known;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    std::string_view rest = line;
    KnownFailure failure;
    failure.executor = take_part(rest);
    failure.test = take_part(rest);
    failure.device = take_part(rest);
    failure.reason = rest;
    if (failure.reason.empty())
      throw std::runtime_error(file.string() + ": not executor | test | device | reason: " + line);
    known.push_back(std::move(failure));
  }
  return known;
}

const KnownFailure* find(const std::vector<KnownFailure>& known, std::string_view executor,
                         std::string_view test, std::string_view device) {
  const auto place = std::ranges::find_if(known, [&](const KnownFailure& failure) {
    return failure.executor == executor && failure.test == test &&
           device.find(failure.device) != std::string_view::npos;
  });
  return place == known.end() ? nullptr : &*place;
}

} // namespace ring::exec
