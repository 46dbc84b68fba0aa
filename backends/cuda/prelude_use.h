// Which sections of prelude.cuh a module needs.
#pragma once

#include "ir/module.h"

#include <set>
#include <string>

namespace ring::backends::cuda {

std::set<std::string> prelude_sections_of(const ir::Module& module);

} // namespace ring::backends::cuda
