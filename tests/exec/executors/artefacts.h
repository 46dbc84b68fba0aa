// Where the build left the artefacts of a module, and the module made of them.
#pragma once

#include <ring/loaded_module.h>

#include <filesystem>
#include <string>

namespace ring::exec {

/// RINGCC_EXEC_ARTEFACTS/<module>, or the folder of that name in the build.
std::filesystem::path artefact_folder(const std::string& module);

/// NAME.ring.json with the artefacts it names, NAME.cpu.so and, if it is there, NAME.fatbin.
Result<LoadedModule> load_artefacts(const std::string& module);

} // namespace ring::exec
