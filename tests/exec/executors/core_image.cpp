#include "core_image.h"

#include <algorithm>

namespace ring::exec {
namespace {

EnumSet<Target> without_full(EnumSet<Target> targets) {
  EnumSet<Target> rest;
  for (std::size_t i = 0; i < kTargetCount; ++i) {
    const auto target = static_cast<Target>(i);
    if (target != Target::spirv_full && targets.has(target)) rest.add(target);
  }
  return rest;
}

} // namespace

CoreImage::CoreImage(const ModuleImage& whole)
    : image_(whole), kernels_(whole.kernels.begin(), whole.kernels.end()) {
  for (KernelImage& kernel : kernels_)
    kernel.targets = without_full(kernel.targets);
  image_.spirv_full = {};
  image_.kernels = kernels_;
  // Another image than the whole one for a runtime that caches by this number; loaded modules count
  // up from 1.
  image_.id |= std::uint64_t{1} << 63;
}

const KernelImage& CoreImage::kernel(std::string_view name) const {
  return *std::ranges::find(kernels_, name, &KernelImage::name);
}

} // namespace ring::exec
