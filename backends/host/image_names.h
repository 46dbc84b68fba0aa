// The names of what the header declares and the embedding file defines, different from all
// kernels'.
#pragma once

#include "backends/host/kernel_facts.h"

#include <string>

namespace ring::backends::host {

struct ImageNames {
  std::string module;
  std::string kernels;

  explicit ImageNames(const std::vector<KernelFacts>& kernel_list)
      : module(unlike("module", kernel_list)), kernels(unlike("kernel_images", kernel_list)) {}

private:
  static std::string unlike(std::string name, const std::vector<KernelFacts>& kernel_list) {
    for (bool is_taken = true; is_taken;) {
      is_taken = false;
      for (const KernelFacts& kernel : kernel_list)
        is_taken |= kernel.function->name == name;
      if (is_taken) name += "_";
    }
    return name;
  }
};

} // namespace ring::backends::host
