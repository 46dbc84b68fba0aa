#include "cuda/driver_api.h"

#include "core/dynamic_library.h"

namespace ring::runtime::cuda {

Result<DriverApi> DriverApi::load() {
  Result<DynamicLibrary> library = DynamicLibrary::open({"libcuda.so.1", "libcuda.so"});
  if (!library)
    return Error(ErrorCode::no_device,
                 std::string(library.error().what()) + "; install the NVIDIA driver");
  library->keep_open();
  DriverApi api{};
  std::string missing;
  const auto load = [&](auto& function, const char* name) {
    if (!library->load(function, name) && missing.empty()) missing = name;
  };
  load(api.cuInit, "cuInit");
  load(api.cuGetErrorName, "cuGetErrorName");
  load(api.cuGetErrorString, "cuGetErrorString");
  load(api.cuDeviceGetCount, "cuDeviceGetCount");
  load(api.cuDeviceGet, "cuDeviceGet");
  load(api.cuDeviceGetName, "cuDeviceGetName");
  load(api.cuDeviceGetAttribute, "cuDeviceGetAttribute");
  load(api.cuDeviceTotalMem_v2, "cuDeviceTotalMem_v2");
  load(api.cuDevicePrimaryCtxRetain, "cuDevicePrimaryCtxRetain");
  load(api.cuDevicePrimaryCtxRelease_v2, "cuDevicePrimaryCtxRelease_v2");
  load(api.cuCtxPushCurrent_v2, "cuCtxPushCurrent_v2");
  load(api.cuCtxPopCurrent_v2, "cuCtxPopCurrent_v2");
  load(api.cuMemAlloc_v2, "cuMemAlloc_v2");
  load(api.cuMemFree_v2, "cuMemFree_v2");
  load(api.cuMemAllocAsync, "cuMemAllocAsync");
  load(api.cuMemFreeAsync, "cuMemFreeAsync");
  load(api.cuMemAllocManaged, "cuMemAllocManaged");
  load(api.cuMemAdvise, "cuMemAdvise");
  load(api.cuMemHostAlloc, "cuMemHostAlloc");
  load(api.cuMemFreeHost, "cuMemFreeHost");
  load(api.cuMemHostGetDevicePointer_v2, "cuMemHostGetDevicePointer_v2");
  load(api.cuMemsetD8Async, "cuMemsetD8Async");
  load(api.cuMemcpyHtoDAsync_v2, "cuMemcpyHtoDAsync_v2");
  load(api.cuMemcpyDtoHAsync_v2, "cuMemcpyDtoHAsync_v2");
  load(api.cuModuleLoadData, "cuModuleLoadData");
  load(api.cuModuleUnload, "cuModuleUnload");
  load(api.cuModuleGetFunction, "cuModuleGetFunction");
  load(api.cuFuncGetAttribute, "cuFuncGetAttribute");
  load(api.cuLaunchKernel, "cuLaunchKernel");
  load(api.cuLaunchCooperativeKernel, "cuLaunchCooperativeKernel");
  load(api.cuOccupancyMaxActiveBlocksPerMultiprocessor,
       "cuOccupancyMaxActiveBlocksPerMultiprocessor");
  load(api.cuStreamCreate, "cuStreamCreate");
  load(api.cuStreamDestroy_v2, "cuStreamDestroy_v2");
  load(api.cuStreamQuery, "cuStreamQuery");
  if (!missing.empty())
    return Error(ErrorCode::no_device,
                 "the CUDA driver has no " + missing + "; update it (CUDA 11.2 or later)");
  if (const CUresult r = api.cuInit(0); r != kSuccess)
    return api.error_of(r, "cuInit", ErrorCode::no_device);
  return api;
}

std::string DriverApi::name_of(CUresult result) const {
  const char* name = nullptr;
  const char* text = nullptr;
  cuGetErrorName(result, &name);
  cuGetErrorString(result, &text);
  if (!name) return "CUDA error " + std::to_string(result);
  return std::string(name) + (text ? " (" + std::string(text) + ")" : "");
}

Error DriverApi::error_of(CUresult result, const std::string& what, ErrorCode otherwise) const {
  return Error(result == kOutOfMemory ? ErrorCode::out_of_memory : otherwise,
               what + ": " + name_of(result));
}

} // namespace ring::runtime::cuda
