#include "results.h"

#include <nlohmann/json.hpp>

#include <fstream>

namespace ring::exec {

NLOHMANN_JSON_SERIALIZE_ENUM(Status, {{Status::crash, "crash"},
                                      {Status::pass, "pass"},
                                      {Status::unsupported, "unsupported"},
                                      {Status::known, "known"},
                                      {Status::missing, "missing"},
                                      {Status::fail, "fail"}})
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Record, row, module, name, kernels, executor, status, reason,
                                   max_error, metric, seconds)

namespace {

void read_file(const std::filesystem::path& file, Records& records) {
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    const nlohmann::json j = nlohmann::json::parse(line, nullptr, false);
    if (!j.is_object()) continue; // cut off by a crash
    Record record = j.get<Record>();
    records[{record.executor, record.test_name()}] = std::move(record);
  }
}

} // namespace

const char* name_of(Status status) {
  switch (status) {
  case Status::pass:
    return "pass";
  case Status::unsupported:
    return "unsupported";
  case Status::known:
    return "known";
  case Status::missing:
    return "missing";
  case Status::fail:
    return "fail";
  case Status::crash:
    return "crash";
  }
  return "";
}

void append_record(const std::filesystem::path& folder, const Record& record) {
  std::filesystem::create_directories(folder);
  std::ofstream stream(folder / (record.executor + ".jsonl"), std::ios::app);
  using nlohmann::json;
  // Compilers quote source in their errors: whatever is no UTF-8 in it is replaced.
  stream << json(record).dump(-1, ' ', false, json::error_handler_t::replace) << std::endl;
}

Records read_records(const std::filesystem::path& folder, const std::string& executor) {
  Records records;
  if (!executor.empty()) {
    read_file(folder / (executor + ".jsonl"), records);
    return records;
  }
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
    if (entry.path().extension() == ".jsonl") read_file(entry.path(), records);
  return records;
}

} // namespace ring::exec
