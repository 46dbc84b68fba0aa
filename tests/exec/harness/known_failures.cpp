#include "known_failures.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace ring::exec {

KnownFailures read_known_failures(const std::filesystem::path& file) {
  KnownFailures known;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    std::istringstream words(line);
    std::string executor, test, reason;
    if (!(words >> executor >> test) || !std::getline(words >> std::ws, reason))
      throw std::runtime_error(file.string() + ": a line wants executor, test and reason: " + line);
    known[{executor, test}] = reason;
  }
  return known;
}

} // namespace ring::exec
