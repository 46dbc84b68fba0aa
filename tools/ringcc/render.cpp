#include "tools/ringcc/render.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <map>
#include <sstream>

namespace ring::ringcc {
namespace {

using Json = nlohmann::ordered_json;

std::string_view name_of(ir::Severity severity) {
  switch (severity) {
  case ir::Severity::note:
    return "note";
  case ir::Severity::warning:
    return "warning";
  case ir::Severity::error:
    return "error";
  }
  return "error";
}

std::string file_name(ir::Loc loc, const SourceMap& sources) {
  return loc.file < sources.files.size() ? sources.files[loc.file].name : "<unknown>";
}

class TextRenderer {
public:
  explicit TextRenderer(const SourceMap& sources) : sources_(sources) {}

  void render(const ir::Diagnostic& diagnostic) {
    std::string suffix = " [" + ir::code_of(diagnostic.id) + "]";
    line(diagnostic.loc, diagnostic.severity, diagnostic.message + suffix, diagnostic.fixits);
    for (const ir::Diagnostic::Note& note : diagnostic.notes) {
      line(note.loc, ir::Severity::note, note.message, {});
    }
  }

  std::string text;

private:
  void line(ir::Loc loc, ir::Severity severity, const std::string& message,
            const std::vector<ir::Diagnostic::FixIt>& fixits) {
    if (loc.valid()) {
      text += file_name(loc, sources_) + ":" + std::to_string(loc.line) + ":" +
              std::to_string(loc.column) + ": ";
    } else {
      text += "ringcc: ";
    }
    text += std::string(name_of(severity)) + ": " + message + "\n";
    if (loc.valid()) caret(loc, fixits);
  }

  void caret(ir::Loc loc, const std::vector<ir::Diagnostic::FixIt>& fixits) {
    const std::string* source = source_line(loc);
    if (!source || loc.column == 0) return;
    const std::string number = std::to_string(loc.line);
    const std::string gutter = std::string(number.size() < 5 ? 5 - number.size() : 0, ' ');
    text += gutter + number + " | " + *source + "\n";
    std::string marks;
    for (std::uint32_t i = 1; i < loc.column && i <= source->size(); ++i) {
      marks += (*source)[i - 1] == '\t' ? '\t' : ' ';
    }
    text += std::string(gutter.size() + number.size(), ' ') + " | " + marks + "^\n";
    for (const ir::Diagnostic::FixIt& fix : fixits) {
      if (fix.begin.line != loc.line || fix.text.empty()) continue;
      const std::string indent(fix.begin.column > 0 ? fix.begin.column - 1 : 0, ' ');
      text += std::string(gutter.size() + number.size(), ' ') + " | " + indent + fix.text + "\n";
    }
  }

  const std::string* source_line(ir::Loc loc) {
    if (loc.file >= sources_.paths.size()) return nullptr;
    auto& lines = lines_[loc.file];
    if (lines.empty()) {
      const std::string& path = sources_.paths[loc.file];
      std::ifstream file(path);
      std::istringstream memory(sources_.standard_input);
      std::istream& stream = !file && loc.file == 0 ? static_cast<std::istream&>(memory) : file;
      for (std::string line; std::getline(stream, line);)
        lines.push_back(std::move(line));
    }
    return loc.line <= lines.size() ? &lines[loc.line - 1] : nullptr;
  }

  const SourceMap& sources_;
  std::map<std::uint32_t, std::vector<std::string>> lines_;
};

Json location(ir::Loc loc, const SourceMap& sources) {
  if (!loc.valid()) return nullptr;
  return {{"file", file_name(loc, sources)}, {"line", loc.line}, {"column", loc.column}};
}

Json fixits_json(const ir::Diagnostic& diagnostic, const SourceMap& sources) {
  Json fixits = Json::array();
  for (const ir::Diagnostic::FixIt& fix : diagnostic.fixits) {
    fixits.push_back({{"begin", location(fix.begin, sources)},
                      {"end", location(fix.end, sources)},
                      {"text", fix.text}});
  }
  return fixits;
}

std::string render_json(const ir::Diagnostics& diagnostics, const SourceMap& sources) {
  Json list = Json::array();
  for (const ir::Diagnostic& diagnostic : diagnostics) {
    Json notes = Json::array();
    for (const ir::Diagnostic::Note& note : diagnostic.notes) {
      notes.push_back({{"location", location(note.loc, sources)}, {"message", note.message}});
    }
    list.push_back({{"severity", name_of(diagnostic.severity)},
                    {"id", ir::code_of(diagnostic.id)},
                    {"location", location(diagnostic.loc, sources)},
                    {"message", diagnostic.message},
                    {"notes", notes},
                    {"fixits", fixits_json(diagnostic, sources)}});
  }
  return list.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json sarif_location(ir::Loc loc, const std::string& message, const SourceMap& sources) {
  Json place = {{"physicalLocation",
                 {{"artifactLocation", {{"uri", file_name(loc, sources)}}},
                  {"region", {{"startLine", loc.line}, {"startColumn", loc.column}}}}}};
  if (!message.empty()) place["message"] = {{"text", message}};
  return place;
}

std::string render_sarif(const ir::Diagnostics& diagnostics, const SourceMap& sources) {
  Json rules = Json::array();
  for (const ir::DiagnosticRow& row : ir::diagnostic_rows()) {
    rules.push_back({{"id", ir::code_of(row.id)},
                     {"name", row.name},
                     {"shortDescription", {{"text", row.title}}},
                     {"fullDescription", {{"text", row.explanation}}}});
  }
  Json results = Json::array();
  for (const ir::Diagnostic& diagnostic : diagnostics) {
    Json result = {{"ruleId", ir::code_of(diagnostic.id)},
                   {"level", name_of(diagnostic.severity)},
                   {"message", {{"text", diagnostic.message}}}};
    if (diagnostic.loc.valid()) {
      result["locations"] = Json::array({sarif_location(diagnostic.loc, "", sources)});
    }
    Json related = Json::array();
    for (const ir::Diagnostic::Note& note : diagnostic.notes) {
      if (note.loc.valid()) related.push_back(sarif_location(note.loc, note.message, sources));
    }
    if (!related.empty()) result["relatedLocations"] = related;
    results.push_back(result);
  }
  const Json log = {
      {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
      {"version", "2.1.0"},
      {"runs", Json::array({{{"tool", {{"driver", {{"name", "ringcc"}, {"rules", rules}}}}},
                             {"results", results}}})}};
  return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace

std::string render(const ir::Diagnostics& diagnostics, const SourceMap& sources,
                   DiagnosticsFormat format) {
  if (format == DiagnosticsFormat::json) return render_json(diagnostics, sources);
  if (format == DiagnosticsFormat::sarif) return render_sarif(diagnostics, sources);
  TextRenderer renderer(sources);
  std::size_t errors = 0;
  std::size_t warnings = 0;
  for (const ir::Diagnostic& diagnostic : diagnostics) {
    renderer.render(diagnostic);
    errors += diagnostic.severity == ir::Severity::error;
    warnings += diagnostic.severity == ir::Severity::warning;
  }
  const auto count = [](std::size_t n, const char* word) {
    return std::to_string(n) + " " + word + (n == 1 ? "" : "s");
  };
  if (warnings) renderer.text += count(warnings, "warning") + (errors ? " and " : " generated.\n");
  if (errors) renderer.text += count(errors, "error") + " generated.\n";
  return renderer.text;
}

} // namespace ring::ringcc
