#include "backends/wgsl/wgsl.h"

#include "backends/wgsl/printer.h"

namespace ring::backends::wgsl {

Target target() {
  return {.name = "wgsl",
          .suffix = ".wgsl",
          .capabilities = {ir::Capability::subgroups},
          .legalize = legalize,
          .emit = emit};
}

ir::Result<Artefact> emit(const ir::VerifiedModule& module, const Options&) {
  return Artefact{Printer(*module).print()};
}

} // namespace ring::backends::wgsl
