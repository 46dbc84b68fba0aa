#include "table.h"

#include "../executors/executor.h"

#include <algorithm>
#include <cstdio>
#include <set>
#include <tuple>

namespace ring::exec {
namespace {

/// A2 before A10.
using RowKey = std::tuple<std::string, int, std::string, std::string>;

RowKey key_of(const Record& record, const std::string& kernel) {
  const std::size_t digits = record.row.find_first_of("0123456789");
  const bool is_numbered = digits != std::string::npos;
  return {is_numbered ? record.row.substr(0, digits) : record.row,
          is_numbered ? std::stoi(record.row.substr(digits)) : 0, record.module, kernel};
}

struct Cell {
  std::map<Status, int> count;
  std::map<std::string, double> errors; // largest by metric
  std::set<std::string> unsupported, known, wrong;
};

void add(Cell& cell, const Record& record) {
  ++cell.count[record.status];
  if (record.status == Status::pass && record.max_error > 0) {
    double& largest = cell.errors[record.metric];
    largest = std::max(largest, record.max_error);
  }
  if (record.status == Status::unsupported) cell.unsupported.insert(record.reason);
  if (record.status == Status::known) cell.known.insert(record.reason);
  if (record.status == Status::fail || record.status == Status::crash)
    cell.wrong.insert(record.test_name() + " on " + record.executor + ": " + record.reason);
}

class Notes {
public:
  /// The number of a note, which is added if it is new.
  std::string refer(const std::string& text) {
    auto place = std::ranges::find(texts_, text);
    if (place == texts_.end()) place = texts_.insert(texts_.end(), text);
    return std::string("[") + std::to_string(place - texts_.begin() + 1) + "]";
  }
  std::vector<std::string> take() { return std::move(texts_); }

private:
  std::vector<std::string> texts_;
};

std::string error_text(const Cell& cell) {
  std::string text;
  for (const auto& [metric, error] : cell.errors) {
    char number[32];
    std::snprintf(number, sizeof number, "%.2g", error);
    text += (text.empty() ? "" : ", ") + std::string(number) + " " + metric;
  }
  return text.empty() ? "exact" : text;
}

std::string cell_text(const Cell& cell, Notes& notes) {
  const auto count = [&](Status status) {
    return cell.count.contains(status) ? cell.count.at(status) : 0;
  };
  const int wrong = count(Status::fail) + count(Status::crash);
  const int all = wrong + count(Status::pass);
  if (wrong > 0) {
    std::string text = "FAIL " + std::to_string(wrong) + "/" + std::to_string(all);
    for (const std::string& reason : cell.wrong)
      text.append(" ").append(notes.refer(reason));
    return text;
  }
  std::string text = count(Status::pass) > 0 ? error_text(cell) : "";
  if (count(Status::known) > 0) {
    text += text.empty() ? "known failure" : "; known failure";
    for (const std::string& reason : cell.known)
      text.append(" ").append(notes.refer(reason));
  }
  if (count(Status::unsupported) > 0) {
    text += text.empty() ? "unsupported" : "; some unsupported";
    for (const std::string& reason : cell.unsupported)
      text.append(" ").append(notes.refer(reason));
  }
  return text.empty() ? "not here" : text;
}

/// Columns as they are seen: a byte that continues a UTF-8 sequence is none.
std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  constexpr std::size_t kLongest = 300;
  return text.size() > kLongest ? text.substr(0, kLongest) + " …" : text;
}

} // namespace

Table make_table(const Records& records, Grouping grouping) {
  std::vector<std::string> executors;
  for (const ExecutorEntry& entry : all_executors())
    if (std::ranges::any_of(records, [&](const auto& r) { return r.first.first == entry.name; }))
      executors.emplace_back(entry.name);

  std::map<RowKey, std::map<std::string, Cell>> cells;
  for (const auto& [key, record] : records) {
    if (grouping != Grouping::kernel || record.kernels.empty()) {
      Record grouped = record;
      if (grouping == Grouping::row) grouped.module.clear();
      add(cells[key_of(grouped, "")][record.executor], record);
      continue;
    }
    for (const std::string& kernel : record.kernels)
      add(cells[key_of(record, kernel)][record.executor], record);
  }

  Table table;
  Notes notes;
  table.header = {"row", "kernel"};
  table.header.insert(table.header.end(), executors.begin(), executors.end());
  for (const auto& [key, columns] : cells) {
    const auto& [letter, number, module, kernel] = key;
    std::vector<std::string> row{letter + (number ? std::to_string(number) : ""),
                                 module + (kernel.empty() ? "" : "." + kernel)};
    for (const std::string& executor : executors) {
      const auto cell = columns.find(executor);
      row.push_back(cell == columns.end() ? "" : cell_text(cell->second, notes));
      if (cell != columns.end() && !cell->second.wrong.empty()) ++table.failures;
    }
    table.rows.push_back(std::move(row));
  }
  table.notes = notes.take();
  return table;
}

std::string as_text(const Table& table) {
  std::vector<std::size_t> widths;
  for (std::size_t column = 0; column < table.header.size(); ++column) {
    std::size_t width = width_of(table.header[column]);
    for (const auto& row : table.rows)
      width = std::max(width, width_of(row[column]));
    widths.push_back(width);
  }
  std::string text;
  const auto put = [&](const std::vector<std::string>& row) {
    for (std::size_t column = 0; column < row.size(); ++column)
      text += row[column] + std::string(widths[column] - width_of(row[column]) + 2, ' ');
    text.erase(text.find_last_not_of(' ') + 1);
    text += '\n';
  };
  put(table.header);
  for (const auto& row : table.rows)
    put(row);
  if (!table.notes.empty()) text += '\n';
  for (std::size_t i = 0; i < table.notes.size(); ++i)
    text.append("[").append(std::to_string(i + 1)).append("] " + one_line(table.notes[i]) + "\n");
  return text;
}

std::string as_markdown(const Table& table) {
  std::string text;
  const auto put = [&](const std::vector<std::string>& row) {
    text += '|';
    for (const std::string& cell : row)
      text += " " + cell + " |";
    text += '\n';
  };
  put(table.header);
  put(std::vector<std::string>(table.header.size(), "---"));
  for (const auto& row : table.rows)
    put(row);
  if (!table.notes.empty()) text += '\n';
  for (std::size_t i = 0; i < table.notes.size(); ++i)
    text += std::string("- [") + std::to_string(i + 1) + "] " + one_line(table.notes[i]) + "\n";
  return text;
}

} // namespace ring::exec
