#include "backends/common/namer.h"

#include <cassert>

namespace ring::backends {
namespace {

bool is_identifier_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

} // namespace

Namer::Namer(const NameRules& rules)
    : rules_(rules), taken_(rules.reserved.begin(), rules.reserved.end()), scopes_(1) {}

std::string Namer::make_legal(std::string_view wanted) const {
  std::string name;
  for (char c : wanted) {
    if (is_identifier_char(c)) {
      name += c;
    } else if (!name.empty() && name.back() != '_') {
      name += '_'; // one underscore for "::", "<", "> >"
    }
  }
  if (!wanted.empty() && !is_identifier_char(wanted.back()) && name.ends_with('_')) name.pop_back();
  if (!rules_.allow_leading_double_underscore) {
    while (name.starts_with("__"))
      name.erase(0, 1);
    if (name == "_") name = "unnamed";
  }
  if (name.empty()) return "unnamed";
  if (name.front() >= '0' && name.front() <= '9') name.insert(0, "_");
  return name;
}

bool Namer::is_taken(const std::string& name) const { return taken_.contains(name); }

std::string Namer::declare(std::string_view wanted) {
  const std::string base = make_legal(wanted);
  std::string name = base;
  for (unsigned suffix = 1; is_taken(name); ++suffix)
    name = base + "_" + std::to_string(suffix);
  taken_.insert(name);
  scopes_.back().push_back(name);
  return name;
}

void Namer::push_scope() { scopes_.emplace_back(); }

void Namer::pop_scope() {
  assert(scopes_.size() > 1 && "pop_scope without push_scope");
  for (const std::string& name : scopes_.back())
    taken_.erase(name);
  scopes_.pop_back();
}

} // namespace ring::backends
