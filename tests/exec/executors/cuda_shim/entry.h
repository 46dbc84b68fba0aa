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

template <class... Params>
Kernel describe(const char* name, void (*call)(void**), void (*)(Params...)) {
  static constexpr std::size_t sizes[] = {sizeof(Params)..., 0};
  return {name, call, sizes, sizeof...(Params)};
}

} // namespace cuda_shim

#define CUDA_SHIM_KERNEL(name)                                                                     \
  cuda_shim::describe(#name, [](void** args) { cuda_shim::call(&::name, args); }, &::name)

#define CUDA_SHIM_KERNELS(...)                                                                     \
  extern "C" const cuda_shim::Kernel* cuda_shim_find(const char* name) {                           \
    static const cuda_shim::Kernel kernels[] = {__VA_ARGS__};                                      \
    return cuda_shim::find(kernels, sizeof kernels / sizeof kernels[0], name);                     \
  }                                                                                                \
  extern "C" bool cuda_shim_launch(const cuda_shim::Kernel* kernel, const unsigned grid[3],        \
                                   const unsigned block[3], void** args, unsigned os_threads,      \
                                   char* error, std::size_t error_size) {                          \
    return cuda_shim::launch(kernel, grid, block, args, os_threads, error, error_size);            \
  }
