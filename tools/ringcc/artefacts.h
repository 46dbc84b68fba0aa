// What a compilation leaves behind: one artefact (--emit) or all of them (--out-dir).
#pragma once

#include "tools/ringcc/compile.h"

namespace ring::ringcc {

/// Runs what --emit needs and writes it to --output.
void emit_one(Compilation& compilation, const Options& options);

/// Runs all targets and writes NAME.rir, the targets' artefacts, NAME.ring.h, NAME.ring.json and
/// NAME.embed.cpp into the folder, and the depfile if one is wanted.
void emit_all(Compilation& compilation, const Options& options);

} // namespace ring::ringcc
