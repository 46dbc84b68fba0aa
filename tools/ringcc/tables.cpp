#include "tools/ringcc/tables.h"

#include "backends/targets.h"
#include "frontend/frontend.h"
#include "intrinsics/table.h"
#include "ir/transform/registry.h"
#include "tools/ringcc/options.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace ring::ringcc {
namespace {

std::string pad(std::string text, std::size_t width) {
  text.resize(std::max(text.size() + 1, width), ' ');
  return text;
}

std::string passes() {
  std::string text;
  for (const ir::transform::PassInfo& pass : ir::transform::registry()) {
    text += pad(std::string(pass.name), 22) + std::string(pass.description) + "\n";
  }
  for (const backends::Target& target : backends::all_targets()) {
    text += "\n" + std::string(target.name) + ":";
    for (const ir::transform::Pass& pass : target.legalize({}))
      text += " " + pass.name;
    text += "\n";
  }
  return text;
}

std::string targets() {
  std::string text;
  for (const backends::Target& target : backends::all_targets()) {
    text += pad(std::string(target.name), 12) + pad("NAME" + std::string(target.suffix), 16);
    for (std::size_t i = 0; i < ir::kCapabilityCount; ++i) {
      const auto capability = static_cast<ir::Capability>(i);
      if (target.capabilities.has(capability)) text += " " + std::string(ir::name_of(capability));
    }
    text += "\n";
  }
  return text;
}

std::string intrinsics_text() {
  std::string text;
  for (const intrinsics::Row& row : intrinsics::rows()) {
    text += pad(std::string(row.name), 18) + pad(std::string(row.signature), 16) +
            pad(std::string(to_string(row.effect)), 14) + std::string(row.cpp_names) + "\n";
  }
  return text;
}

std::string intrinsics_json() {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const intrinsics::Row& row : intrinsics::rows()) {
    nlohmann::ordered_json spellings;
    for (std::size_t i = 0; i < intrinsics::kTargetCount; ++i) {
      spellings[std::string(to_string(static_cast<intrinsics::Target>(i)))] = row.spellings[i];
    }
    list.push_back({{"name", row.name},
                    {"category", to_string(row.category)},
                    {"cpp_names", row.cpp_names},
                    {"signature", row.signature},
                    {"effect", to_string(row.effect)},
                    {"has_order_scope", row.has_order_scope},
                    {"default_order", to_string(row.default_order)},
                    {"default_scope", to_string(row.default_scope)},
                    {"uniformity", to_string(row.uniformity)},
                    {"capability", row.capability},
                    {"spellings", spellings}});
  }
  return list.dump(2) + "\n";
}

ir::Result<std::string> explain(const std::string& code) {
  for (const ir::DiagnosticRow& row : ir::diagnostic_rows()) {
    if (ir::code_of(row.id) != code) continue;
    return code + " (" + std::string(row.name) + "): " + std::string(row.title) + "\n\n" +
           std::string(row.explanation) + "\n";
  }
  return ir::error(ir::DiagnosticId::bad_option, {},
                   "there is no error id '" + code + "'; ids look like RC1203");
}

} // namespace

ir::Result<std::string> show(const std::string& what) {
  if (what == "help") return help_text();
  if (what == "version") {
    return "ringcc " RINGCC_VERSION " (Clang " + frontend::clang_version() + ")\n";
  }
  if (what == "passes") return passes();
  if (what == "targets") return targets();
  if (what == "intrinsics") return intrinsics_text();
  if (what == "intrinsics-json") return intrinsics_json();
  return explain(what.substr(what.find(':') + 1));
}

} // namespace ring::ringcc
