// The part of the CUDA driver API that the runtime calls, declared from its documented ABI (CUDA
// Driver API reference) and found at run time, so that building needs no CUDA toolkit and running
// needs only a driver. The names are those of the reference, with the version suffixes that cuda.h
// adds.
#pragma once

#include <ring/result.h>

#include <cstddef>
#include <cstdint>
#include <string>

namespace ring::runtime::cuda {

using CUresult = int;
using CUdevice = int;
using CUdeviceptr = std::uint64_t;
using CUcontext = struct CUctx_st*;
using CUmodule = struct CUmod_st*;
using CUfunction = struct CUfunc_st*;
using CUstream = struct CUstream_st*;

inline constexpr CUresult kSuccess = 0;
inline constexpr CUresult kOutOfMemory = 2;
inline constexpr CUresult kNotReady = 600;
inline constexpr CUresult kCooperativeLaunchTooLarge = 720;

/// CUdevice_attribute.
enum DeviceAttribute : int {
  kMaxThreadsPerBlock = 1,
  kMaxBlockDimX = 2, // Y and Z follow
  kMaxGridDimX = 5,  // Y and Z follow
  kWarpSize = 10,
  kMultiprocessorCount = 16,
  kKernelExecTimeout = 17, // a watchdog ends kernels that run for seconds
  kIntegrated = 18,
  kConcurrentKernels = 31,
  kUnifiedAddressing = 41,
  kComputeCapabilityMajor = 75,
  kComputeCapabilityMinor = 76,
  kHostNativeAtomicSupported = 86, // the link to the host carries read-modify-writes
  kConcurrentManagedAccess = 89,   // the host may touch managed memory while kernels run
  kCooperativeLaunch = 95,
  kMemoryPoolsSupported = 115,
};
/// CUfunction_attribute.
enum FunctionAttribute : int { kFunctionMaxThreadsPerBlock = 0, kFunctionLocalBytes = 3 };
/// Flags of cuMemHostAlloc.
inline constexpr unsigned kHostAllocPortable = 1;
inline constexpr unsigned kHostAllocMapped = 2;
/// CUmemAttach_flags.
inline constexpr unsigned kAttachGlobal = 1;
/// CUmem_advise, and the device that stands for the host there.
inline constexpr int kSetPreferredLocation = 3;
inline constexpr int kSetAccessedBy = 5;
inline constexpr CUdevice kHostAsDevice = -1;
/// CUstream_flags.
inline constexpr unsigned kStreamNonBlocking = 1;

struct DriverApi {
  CUresult (*cuInit)(unsigned flags);
  CUresult (*cuGetErrorName)(CUresult, const char** text);
  CUresult (*cuGetErrorString)(CUresult, const char** text);
  CUresult (*cuDeviceGetCount)(int* count);
  CUresult (*cuDeviceGet)(CUdevice*, int ordinal);
  CUresult (*cuDeviceGetName)(char* name, int size, CUdevice);
  CUresult (*cuDeviceGetAttribute)(int* value, int attribute, CUdevice);
  CUresult (*cuDeviceTotalMem_v2)(std::size_t* bytes, CUdevice);
  CUresult (*cuDevicePrimaryCtxRetain)(CUcontext*, CUdevice);
  CUresult (*cuDevicePrimaryCtxRelease_v2)(CUdevice);
  CUresult (*cuCtxPushCurrent_v2)(CUcontext);
  CUresult (*cuCtxPopCurrent_v2)(CUcontext*);
  CUresult (*cuMemAlloc_v2)(CUdeviceptr*, std::size_t bytes);
  CUresult (*cuMemFree_v2)(CUdeviceptr);
  CUresult (*cuMemAllocAsync)(CUdeviceptr*, std::size_t bytes, CUstream);
  CUresult (*cuMemFreeAsync)(CUdeviceptr, CUstream);
  CUresult (*cuMemAllocManaged)(CUdeviceptr*, std::size_t bytes, unsigned flags);
  CUresult (*cuMemAdvise)(CUdeviceptr, std::size_t bytes, int advice, CUdevice);
  CUresult (*cuMemHostAlloc)(void**, std::size_t bytes, unsigned flags);
  CUresult (*cuMemFreeHost)(void*);
  CUresult (*cuMemHostGetDevicePointer_v2)(CUdeviceptr*, void*, unsigned flags);
  CUresult (*cuMemsetD8Async)(CUdeviceptr, unsigned char value, std::size_t count, CUstream);
  CUresult (*cuMemcpyHtoDAsync_v2)(CUdeviceptr, const void*, std::size_t bytes, CUstream);
  CUresult (*cuMemcpyDtoHAsync_v2)(void*, CUdeviceptr, std::size_t bytes, CUstream);
  CUresult (*cuModuleLoadData)(CUmodule*, const void* image);
  CUresult (*cuModuleUnload)(CUmodule);
  CUresult (*cuModuleGetFunction)(CUfunction*, CUmodule, const char* name);
  CUresult (*cuFuncGetAttribute)(int* value, int attribute, CUfunction);
  CUresult (*cuLaunchKernel)(CUfunction, unsigned grid_x, unsigned grid_y, unsigned grid_z,
                             unsigned block_x, unsigned block_y, unsigned block_z,
                             unsigned shared_bytes, CUstream, void** params, void** extra);
  CUresult (*cuLaunchCooperativeKernel)(CUfunction, unsigned grid_x, unsigned grid_y,
                                        unsigned grid_z, unsigned block_x, unsigned block_y,
                                        unsigned block_z, unsigned shared_bytes, CUstream,
                                        void** params);
  CUresult (*cuOccupancyMaxActiveBlocksPerMultiprocessor)(int* blocks, CUfunction, int block_size,
                                                          std::size_t shared_bytes);
  CUresult (*cuStreamCreate)(CUstream*, unsigned flags);
  CUresult (*cuStreamDestroy_v2)(CUstream);
  CUresult (*cuStreamQuery)(CUstream);

  /// Opens libcuda.so.1, which then stays loaded, and initializes it.
  static Result<DriverApi> load();

  /// "CUDA_ERROR_ILLEGAL_ADDRESS (an illegal memory access was encountered)".
  std::string name_of(CUresult result) const;
  Error error_of(CUresult result, const std::string& what,
                 ErrorCode otherwise = ErrorCode::launch_failed) const;
};

} // namespace ring::runtime::cuda
