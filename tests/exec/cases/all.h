// The list of all acceptance cases, in the order of the rows of the acceptance table.
#pragma once

#include "../case.h"

#include <vector>

namespace ring::exec {

std::vector<CaseEntry> all_cases();

} // namespace ring::exec
