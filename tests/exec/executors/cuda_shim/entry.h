// Exports the kernels of the .cu file that was included before, by name. NAME.shim.cpp is made of
// it:
//
//   #include "NAME.cu"
//   #include "entry.h"
//   CUDA_SHIM_KERNELS(CUDA_SHIM_KERNEL(saxpy), CUDA_SHIM_KERNEL(scale))
#pragma once

#include "engine.h"

namespace cuda_shim {

template <class... Params, std::size_t... Index>
void call(void (*kernel)(Params...), void** args, std::index_sequence<Index...>) {
  kernel(*static_cast<Params*>(args[Index])...);
}

template <class... Params> void call(void (*kernel)(Params...), [[maybe_unused]] void** args) {
  call(kernel, args, std::index_sequence_for<Params...>{});
}

} // namespace cuda_shim

#define CUDA_SHIM_KERNEL(name)                                                                     \
  cuda_shim::Kernel {                                                                              \
    #name, [](void** args) { cuda_shim::call(&::name, args); }                                     \
  }

#define CUDA_SHIM_KERNELS(...)                                                                     \
  extern "C" bool cuda_shim_launch(const char* name, const unsigned grid[3],                       \
                                   const unsigned block[3], void** args, char* error,              \
                                   std::size_t error_size) {                                       \
    static const cuda_shim::Kernel kernels[] = {__VA_ARGS__};                                      \
    return cuda_shim::launch(kernels, sizeof kernels / sizeof kernels[0], name, grid, block, args, \
                             error, error_size);                                                   \
  }
