// The table kernel × executor: pass with the largest error, unsupported with a footnote, or what
// went wrong.
#pragma once

#include "results.h"

#include <string>
#include <vector>

namespace ring::exec {

struct Table {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> notes; ///< reasons, referred to by number from the cells
  int failures = 0;               ///< cells that failed or crashed
};

enum class Grouping { kernel, module, row };

Table make_table(const Records& records, Grouping grouping);

std::string as_text(const Table& table);
std::string as_markdown(const Table& table);

} // namespace ring::exec
