// A prelude is a header that comes with the generated source, in sections of which only those that
// a module needs are printed. A section begins with a line `//@ name` or `//@ name needs a b`.
#pragma once

#include "ir/module.h"

#include <set>
#include <string>
#include <string_view>

namespace ring::backends {

/// The wanted sections and those that they need, in the order of the prelude, without the marker
/// lines. A name that the prelude lacks is a bug in the caller.
std::string prelude_sections(std::string_view prelude, const std::set<std::string>& wanted);

/// The sections that the module's types ask for: "types", "span" and "vec".
std::set<std::string> sections_of_types(const ir::Module& module);

} // namespace ring::backends
