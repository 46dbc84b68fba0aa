// A module without its full SPIR-V profile, so that a device that could run it takes the core
// profile.
#pragma once

#include <ring/module_image.h>

#include <vector>

namespace ring::exec {

class CoreImage {
public:
  explicit CoreImage(const ModuleImage& whole);
  CoreImage(const CoreImage&) = delete;
  CoreImage& operator=(const CoreImage&) = delete;

  const ModuleImage& image() const { return image_; }
  const KernelImage& kernel(std::string_view name) const;

private:
  ModuleImage image_;
  std::vector<KernelImage> kernels_;
};

} // namespace ring::exec
