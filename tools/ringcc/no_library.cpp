// Linked into the ringcc that lowers the library: it has none yet.
#include "tools/ringcc/resources.h"

namespace ring::ringcc {

std::string_view library_module() { return {}; }

} // namespace ring::ringcc
