// A module that is read from files as the program runs, for tools and tests; applications link the
// generated NAME.embed.cpp instead. Needs the library ringcc::runtime_loader.
//
//   auto module = ring::LoadedModule::from_files("out/saxpy.ring.json", {.cpu_library =
//   "libsaxpy.so"}); rt.run_raw(module.image(), *module.find("saxpy"), {.threads = n}, args);
#pragma once

#include <ring/module_image.h>
#include <ring/result.h>

#include <filesystem>
#include <memory>
#include <string_view>

namespace ring {

struct LoadOptions {
  /// A shared library made of NAME.cpu.cpp; empty: the module has no CPU code.
  std::filesystem::path cpu_library = {};
  /// What nvcc made of NAME.cu; empty: NVRTC compiles it.
  std::filesystem::path cuda_fatbin = {};
};

/// Owns the bytes of its image. Must live while kernels of it run; it can be moved, and the image
/// stays where it is.
class LoadedModule {
public:
  /// Reads NAME.ring.json and the artefacts that it names, which lie beside it.
  static LoadedModule from_files(const std::filesystem::path& json,
                                 const LoadOptions& options = {}) {
    return try_from_files(json, options).value();
  }
  static Result<LoadedModule> try_from_files(const std::filesystem::path& json,
                                             const LoadOptions& options = {});

  LoadedModule(LoadedModule&&) noexcept;
  LoadedModule& operator=(LoadedModule&&) noexcept;
  ~LoadedModule();

  const ModuleImage& image() const;
  /// Null when the module has no kernel of that name.
  const KernelImage* find(std::string_view kernel) const;

private:
  struct State;
  explicit LoadedModule(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

} // namespace ring
