#include "backends/common/prelude.h"

#include "ir/overloaded.h"
#include "ir/walk.h"

#include <algorithm>
#include <cassert>
#include <sstream>
#include <vector>

namespace ring::backends {
namespace {

struct Section {
  std::string name;
  std::vector<std::string> needs;
  std::string text;
};

constexpr std::string_view kMarker = "//@ ";

void add_sections(ir::TypePtr type, std::set<std::string>& sections) {
  ir::match(
      type->node, [](const ir::VoidType&) {}, [](const ir::ScalarType&) {},
      [&](const ir::VectorType&) { sections.insert("vec"); },
      [&](const ir::ArrayType& t) { add_sections(t.element, sections); },
      [](const ir::StructType&) {},
      [&](const ir::RefType& t) { add_sections(t.pointee, sections); },
      [&](const ir::PtrType& t) { add_sections(t.pointee, sections); },
      [&](const ir::SpanType&) { sections.insert("span"); });
}

std::vector<Section> parse(std::string_view prelude) {
  std::vector<Section> sections;
  while (!prelude.empty()) {
    const std::size_t end = std::min(prelude.find('\n'), prelude.size() - 1) + 1;
    const std::string_view line = prelude.substr(0, end);
    prelude.remove_prefix(end);
    if (line.starts_with(kMarker)) {
      std::istringstream words{std::string(line.substr(kMarker.size()))};
      Section section;
      std::string word;
      words >> section.name >> word; // the word is "needs" or nothing
      while (words >> word)
        section.needs.push_back(word);
      sections.push_back(std::move(section));
    } else if (!sections
                    .empty()) { // what stands before the first marker is for readers of the file
      sections.back().text += line;
    }
  }
  return sections;
}

} // namespace

std::string prelude_sections(std::string_view prelude, const std::set<std::string>& wanted) {
  const std::vector<Section> sections = parse(prelude);
  std::set<std::string> names;
  const auto add = [&](const auto& self, const std::string& name) -> void {
    if (!names.insert(name).second) return;
    const auto found = std::find_if(sections.begin(), sections.end(),
                                    [&](const Section& section) { return section.name == name; });
    assert(found != sections.end() && "no such section");
    for (const std::string& needed : found->needs)
      self(self, needed);
  };
  for (const std::string& name : wanted)
    add(add, name);
  std::string text;
  for (const Section& section : sections) {
    if (names.contains(section.name)) text += section.text;
  }
  return text;
}

std::set<std::string> sections_of_types(const ir::Module& module) {
  std::set<std::string> sections{"types"};
  for (const ir::StructDecl& decl : module.structs) {
    for (const ir::StructDecl::Field& field : decl.fields)
      add_sections(field.type, sections);
  }
  for (const ir::Function& function : module.functions) {
    for (const ir::Local* param : function.params)
      add_sections(param->type, sections);
    for_each_expr(const_cast<ir::Block&>(function.body), // the walkers take mutable nodes
                  [&](ir::Expr*& expr) { add_sections(expr->type, sections); });
  }
  return sections;
}

} // namespace ring::backends
