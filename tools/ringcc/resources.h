// What ringcc needs at run time beside its own code, found relative to where it is installed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ring::ringcc {

/// Clang's resource folder (with stddef.h): beside this ringcc if it was installed there, otherwise
/// the one of the LLVM that it was built with.
std::string resource_dir(const std::string& program);

/// The folders that hold ring/kernel.h and the protocol's headers: the installed one, or the source
/// tree's.
std::vector<std::string> include_dirs(const std::string& program);

/// The library module (.rir): C++ under ring/library/, lowered when ringcc was built. Empty in the
/// ringcc that lowers it.
std::string_view library_module();

} // namespace ring::ringcc
