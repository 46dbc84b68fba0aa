#include "tools/ringcc/resources.h"

namespace ring::ringcc {

extern const std::string_view kLibraryModule;

std::string_view library_module() { return kLibraryModule; }

} // namespace ring::ringcc
