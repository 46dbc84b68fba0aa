// A CUDA driver without a GPU, built as libcuda.so.1 and found through LD_LIBRARY_PATH. It checks
// how it is called (a current context, live pointers, module images) and runs the one kernel
// `saxpy` on the host, so that the CUDA backend's calls are tested where there is no NVIDIA device.
#include <ring/abi/span_view.h>

#include <cstdint>
#include <cstring>
#include <map>
#include <vector>

namespace {

constexpr int kOk = 0, kInvalidValue = 1, kOutOfMemory = 2, kInvalidContext = 201, kNoBinary = 209,
              kNotFound = 500, kNotReady = 600, kIllegalAddress = 700;
constexpr std::size_t kMemory = std::size_t{1} << 30;

struct Driver {
  int contexts = 0; // pushed on this thread; the tests are single-threaded
  int retained = 0;
  int modules = 0;
  std::map<std::uint64_t, std::vector<unsigned char>> memory;
  int stream_state = kOk;
  int pending_queries = 0; // how often the stream is still asked in vain

  bool owns(std::uint64_t address, std::size_t size) const {
    auto it = memory.upper_bound(address);
    if (it == memory.begin()) return false;
    --it;
    return address + size <= it->first + it->second.size();
  }
};
Driver& driver() {
  static Driver state;
  return state;
}
int with_context(int result = kOk) { return driver().contexts > 0 ? result : kInvalidContext; }

enum Function : std::uintptr_t { kSaxpy = 1, kCrash, kHang, kLate };

} // namespace

extern "C" {
/// What is still held; the test asks for it through dlsym.
int fake_cuda_leaks() {
  const Driver& d = driver();
  return d.contexts + d.retained + d.modules + static_cast<int>(d.memory.size());
}

int cuInit(unsigned) { return kOk; }
/// NVRTC asks the driver for private tables, and takes a refusal.
int cuGetExportTable(const void** table, const void*) {
  *table = nullptr;
  return kNotFound;
}
int cuGetErrorName(int error, const char** text) {
  *text = error == kOutOfMemory      ? "CUDA_ERROR_OUT_OF_MEMORY"
          : error == kIllegalAddress ? "CUDA_ERROR_ILLEGAL_ADDRESS"
          : error == kNotFound       ? "CUDA_ERROR_NOT_FOUND"
          : error == kNoBinary       ? "CUDA_ERROR_NO_BINARY_FOR_GPU"
                                     : nullptr;
  return kOk;
}
int cuGetErrorString(int, const char** text) {
  *text = "words of the driver";
  return kOk;
}
int cuDeviceGetCount(int* count) {
  *count = 1;
  return kOk;
}
int cuDeviceGet(int* device, int ordinal) {
  *device = ordinal;
  return ordinal == 0 ? kOk : kInvalidValue;
}
int cuDeviceGetName(char* name, int size, int) {
  std::strncpy(name, "Imaginary GPU", static_cast<std::size_t>(size));
  return kOk;
}
int cuDeviceGetAttribute(int* value, int attribute, int) {
  switch (attribute) {
  case 1:
    *value = 1024;
    break; // threads of a block
  case 2:
  case 3:
    *value = 1024;
    break;
  case 4:
    *value = 64;
    break;
  case 5:
    *value = 0x7fffffff;
    break; // blocks along x
  case 6:
  case 7:
    *value = 65535;
    break;
  case 10:
    *value = 32;
    break;
  case 18:
    *value = 0;
    break;
  case 75:
    *value = 9;
    break;
  case 76:
    *value = 0;
    break;
  default:
    return kInvalidValue;
  }
  return kOk;
}
int cuDeviceTotalMem_v2(std::size_t* bytes, int) {
  *bytes = kMemory;
  return kOk;
}
int cuDevicePrimaryCtxRetain(void** context, int) {
  ++driver().retained;
  *context = &driver();
  return kOk;
}
int cuDevicePrimaryCtxRelease_v2(int) {
  --driver().retained;
  return kOk;
}
int cuCtxPushCurrent_v2(void*) {
  ++driver().contexts;
  return kOk;
}
int cuCtxPopCurrent_v2(void** context) {
  *context = &driver();
  --driver().contexts;
  return kOk;
}
int cuMemAlloc_v2(std::uint64_t* address, std::size_t bytes) {
  if (bytes == 0) return kInvalidValue;
  if (bytes > kMemory) return kOutOfMemory;
  std::vector<unsigned char> block(bytes, 0xcd);
  *address = reinterpret_cast<std::uint64_t>(block.data());
  driver().memory.emplace(*address, std::move(block));
  return with_context();
}
int cuMemFree_v2(std::uint64_t address) {
  return with_context(driver().memory.erase(address) == 1 ? kOk : kInvalidValue);
}
int cuMemsetD8Async(std::uint64_t address, unsigned char value, std::size_t count, void*) {
  if (!driver().owns(address, count)) return kInvalidValue;
  std::memset(reinterpret_cast<void*>(address), value, count);
  return with_context();
}
int cuMemcpyHtoDAsync_v2(std::uint64_t to, const void* from, std::size_t bytes, void*) {
  if (!driver().owns(to, bytes)) return kInvalidValue;
  std::memcpy(reinterpret_cast<void*>(to), from, bytes);
  return with_context();
}
int cuMemcpyDtoHAsync_v2(void* to, std::uint64_t from, std::size_t bytes, void*) {
  if (!driver().owns(from, bytes)) return kInvalidValue;
  std::memcpy(to, reinterpret_cast<const void*>(from), bytes);
  return with_context();
}
/// Takes machine code (an ELF file, what NVRTC gives for sm_90) and the test's own "fatbin".
int cuModuleLoadData(void** module, const void* image) {
  if (std::memcmp(image, "\177ELF", 4) != 0 && std::memcmp(image, "FAKE", 4) != 0) return kNoBinary;
  ++driver().modules;
  *module = &driver();
  return with_context();
}
int cuModuleUnload(void*) {
  --driver().modules;
  return with_context();
}
int cuModuleGetFunction(void** function, void*, const char* name) {
  const Function found = std::strcmp(name, "saxpy") == 0   ? kSaxpy
                         : std::strcmp(name, "crash") == 0 ? kCrash
                         : std::strcmp(name, "hang") == 0  ? kHang
                         : std::strcmp(name, "late") == 0  ? kLate
                                                           : Function{};
  *function = reinterpret_cast<void*>(found);
  return with_context(found ? kOk : kNotFound);
}
int cuFuncGetAttribute(int* value, int, void*) {
  *value = 512; // its registers allow no more
  return kOk;
}
int cuLaunchKernel(void* function, unsigned grid_x, unsigned, unsigned, unsigned block_x, unsigned,
                   unsigned, unsigned, void*, void** params, void**) {
  switch (static_cast<Function>(reinterpret_cast<std::uintptr_t>(function))) {
  case kCrash:
    driver().stream_state = kIllegalAddress;
    break;
  case kLate:
    driver().pending_queries = 50;
    break;
  case kHang:
    driver().stream_state = kNotReady;
    break;
  case kSaxpy: {
    const auto& x = *static_cast<const ring::abi::SpanView*>(params[0]);
    const auto& y = *static_cast<const ring::abi::SpanView*>(params[1]);
    const float a = *static_cast<const float*>(params[2]);
    for (std::uint64_t i = 0; i < std::uint64_t{grid_x} * block_x && i < y.size; ++i)
      reinterpret_cast<float*>(y.data)[i] += a * reinterpret_cast<const float*>(x.data)[i];
    break;
  }
  }
  return with_context();
}
int cuStreamCreate(void** stream, unsigned) {
  *stream = &driver();
  return with_context();
}
int cuStreamDestroy_v2(void*) { return with_context(); }
int cuStreamQuery(void*) {
  if (driver().pending_queries > 0) {
    --driver().pending_queries;
    return kNotReady;
  }
  return with_context(driver().stream_state);
}
int cuStreamSynchronize(void*) { return with_context(driver().stream_state); }
}
