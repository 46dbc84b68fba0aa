// What a host program gets of a module: NAME.ring.h with typed kernel handles, NAME.ring.json for
// tools, and NAME.embed.cpp, which holds the module image with all artefacts. The image's form is
// runtime/include/ring/module_image.h. A program in JavaScript gets NAME.ring.js.
//
//   backends::host::Inputs inputs;
//   inputs.module = &module;                 // before the passes: kernels still have parameters
//   inputs.source = &unexpanded;             // before expand-actors: actors are still actors
//   inputs.artefacts["spirv"] = words;       // by the names of --target=
//   std::string text = backends::host::header(inputs);
#pragma once

#include "backends/common/backend.h"
#include "ir/module.h"
#include "ir/result.h"

#include <map>
#include <string>

namespace ring::backends::host {

struct Inputs {
  /// After expand-actors. Must have passed the verifier, as must `source`.
  const ir::Module* module = nullptr;
  /// As the front end made it, for what it says of actors; null for a module without actors.
  const ir::Module* source = nullptr;
  std::string module_namespace; // may be nested: "a::b"
  /// By target name. A target that is not here, or whose artefact is empty, was not made.
  std::map<std::string, Artefact> artefacts;
  /// By target name: the kernels that are not in that artefact, each with the reason.
  std::map<std::string, std::map<std::string, std::string>> omitted;
  /// Kernels have the hidden parameter `ring_trap` (--bounds=trap).
  bool has_trap = false;
  FloatMode fp = FloatMode::strict;
};

/// NAME.ring.h: structs that the main file defines, a ring::Kernel<…> for each kernel that the user
/// wrote, a ring::Actor<…> for each actor, a ring::MessageType<…> for each message.
std::string header(const Inputs& inputs);
/// NAME.ring.json: what the image holds, with the artefacts as file names beside it.
std::string json(const Inputs& inputs);
/// NAME.embed.cpp: defines what the header declares. Compiled with RING_CUDA_FATBIN defined as the
/// quoted name of a file of comma-separated bytes, it also holds that CUDA binary.
std::string embed(const Inputs& inputs);
/// NAME.ring.js: the module's actors for WebGPU, with the runtime (runtime/js) behind it. An error
/// without actors or without WGSL.
ir::Result<std::string> js(const Inputs& inputs);
/// Whether js() has what it needs.
bool has_js(const Inputs& inputs);

} // namespace ring::backends::host
