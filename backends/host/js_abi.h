// The numbers of runtime/abi/actor_block.h as a JavaScript object, so that they are written down
// once.
#pragma once

#include <string>

namespace ring::backends::host {

/// `{ "kType": 0, …, "commands": { "create": 1, … } }`
std::string js_abi();

} // namespace ring::backends::host
