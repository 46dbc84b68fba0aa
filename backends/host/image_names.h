// The names of what the header declares and the embedding file defines, different from those of all
// kernels and actors.
#pragma once

#include "backends/host/actor_facts.h"
#include "backends/host/kernel_facts.h"

#include <set>
#include <string>
#include <vector>

namespace ring::backends::host {

struct ImageNames {
  std::string module, kernels, actors;

  ImageNames(const std::vector<KernelFacts>& kernel_list,
             const std::vector<ActorFacts>& actor_list) {
    std::set<std::string> taken;
    for (const KernelFacts& kernel : kernel_list)
      taken.insert(kernel.function->name);
    for (const ActorFacts& actor : actor_list)
      taken.insert(actor.function->name);
    const auto free_name = [&](std::string name) {
      while (!taken.insert(name).second)
        name += "_";
      return name;
    };
    module = free_name("module");
    kernels = free_name("kernel_images");
    actors = free_name("actor_images");
  }
};

} // namespace ring::backends::host
