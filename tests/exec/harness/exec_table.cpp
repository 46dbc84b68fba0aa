// Prints the table of the last run: exec_table [--markdown] [--by=kernel|module|row] <results
// folder>
//
// Exits with 1 when a cell failed, or when there are no results.
#include "table.h"

#include <cstdio>
#include <cstring>
#include <string_view>

int main(int argc, char** argv) {
  using namespace ring::exec;
  bool is_markdown = false, is_usage_wrong = false;
  Grouping grouping = Grouping::kernel;
  const char* folder = nullptr;
  for (int i = 1; i < argc; ++i) {
    const std::string_view arg = argv[i];
    if (arg == "--markdown")
      is_markdown = true;
    else if (arg == "--by=kernel")
      grouping = Grouping::kernel;
    else if (arg == "--by=module")
      grouping = Grouping::module;
    else if (arg == "--by=row")
      grouping = Grouping::row;
    else if (arg.starts_with("-") || folder)
      is_usage_wrong = true;
    else
      folder = argv[i];
  }
  if (is_usage_wrong || !folder) {
    std::fputs("usage: exec_table [--markdown] [--by=kernel|module|row] <results folder>\n",
               stderr);
    return 2;
  }
  const Records records = read_records(folder);
  if (records.empty()) {
    std::fprintf(stderr,
                 "exec_table: no results in %s; run exec_test with RINGCC_EXEC_RESULTS set to it\n",
                 folder);
    return 1;
  }
  const Table table = make_table(records, grouping);
  std::fputs((is_markdown ? as_markdown(table) : as_text(table)).c_str(), stdout);
  return table.failures > 0 ? 1 : 0;
}
