// The text of runtime/js, embedded when ringcc was built.
#pragma once

#include <string_view>

namespace ring::backends::host {

extern const std::string_view kJsRuntime;

} // namespace ring::backends::host
