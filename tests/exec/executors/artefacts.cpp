#include "artefacts.h"

#include <cstdlib>

namespace ring::exec {

namespace fs = std::filesystem;

fs::path artefact_folder(const std::string& module) {
  const char* const given = std::getenv("RINGCC_EXEC_ARTEFACTS");
  return fs::path(given ? given : RINGCC_EXEC_ARTEFACTS) / module;
}

Result<LoadedModule> load_artefacts(const std::string& module) {
  const fs::path folder = artefact_folder(module);
  const auto if_there = [](const fs::path& file) { return fs::exists(file) ? file : fs::path(); };
  return LoadedModule::try_from_files(folder / (module + ".ring.json"),
                                      {.cpu_library = if_there(folder / (module + ".cpu.so")),
                                       .cuda_fatbin = if_there(folder / (module + ".fatbin"))});
}

} // namespace ring::exec
