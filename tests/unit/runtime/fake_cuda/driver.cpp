// A CUDA driver without a GPU, built as libcuda.so.1 and found through LD_LIBRARY_PATH. It checks
// how it is called (a current context, live pointers, module images) and runs kernels.h's kernels
// in threads, so that the CUDA backend is tested where there is no NVIDIA device.
//
// It is as unkind as a driver may be: what can wait until the device is idle does, and who would
// wait for ever (a persistent kernel runs) is told so by an error.
#include "kernels.h"
#include "stream.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <vector>

namespace fake_cuda {
namespace {

constexpr int kOk = 0, kInvalidValue = 1, kOutOfMemory = 2, kInvalidContext = 201, kNoBinary = 209,
              kNotFound = 500, kNotReady = 600, kIllegalAddress = 700, kTooLarge = 720,
              kNotPermitted = 800;
constexpr std::size_t kMemory = std::size_t{1} << 30;
constexpr int kMaxThreads = 512; // its registers allow no more
constexpr std::chrono::seconds kPatience{3};

const std::map<int, int> kAttributes = {
    {1, 1024},       {2, 1024},  {3, 1024},  {4, 64},   // threads of a block
    {5, 0x7fffffff}, {6, 65535}, {7, 65535},            // blocks of a grid
    {10, 32},        {16, 4},    {17, 0},    {18, 0},   // multiprocessors: 16
    {31, 1},         {41, 1},    {75, 9},    {76, 0},   // 9.0
    {86, 0},         {89, 1},    {95, 1},    {115, 1}}; // as behind PCIe: no atomics to the host

enum class Place { device, pool, managed, host };

struct Block {
  std::size_t size;
  Place place;
};

struct Driver {
  std::mutex mutex; // guards the members
  int retained = 0;
  std::set<void*> modules;
  std::map<std::uint64_t, Block> memory;
  std::set<Stream*> streams;
  std::map<int, int> attributes = kAttributes;
  int local_bytes = 0;
  int failure = kOk; // of a kernel: the context is lost
  std::atomic<int> would_hang = 0;

  bool owns(std::uint64_t address, std::size_t size) const {
    auto it = memory.upper_bound(address);
    if (it == memory.begin()) return false;
    --it;
    return address + size <= it->first + it->second.size;
  }
};
/// Never destroyed: threads of kernels that hang go on as the process ends.
Driver& driver() {
  static Driver& state = *new Driver;
  return state;
}
thread_local int contexts = 0; // pushed

int with_context(int result = kOk) {
  if (contexts == 0) return kInvalidContext;
  const std::lock_guard lock(driver().mutex);
  return driver().failure != kOk ? driver().failure : result;
}

/// Waits until nothing runs.
int idle(const char* what) {
  const auto is_idle = [] {
    const std::lock_guard lock(driver().mutex);
    for (Stream* stream : driver().streams)
      if (!stream->is_idle()) return false;
    return true;
  };
  const auto begin = std::chrono::steady_clock::now();
  while (!is_idle()) {
    if (std::chrono::steady_clock::now() - begin > kPatience) {
      std::fprintf(stderr, "fake CUDA driver: %s waits for a kernel that does not end\n", what);
      ++driver().would_hang;
      return kNotPermitted;
    }
    std::this_thread::sleep_for(std::chrono::microseconds(100));
  }
  return with_context();
}

int allocate(std::uint64_t* address, std::size_t bytes, Place place) {
  if (bytes == 0) return kInvalidValue;
  if (bytes > kMemory) return kOutOfMemory;
  constexpr std::size_t kAlign = 256;
  const std::size_t whole = (bytes + kAlign - 1) / kAlign * kAlign;
  void* const memory = std::aligned_alloc(kAlign, whole);
  std::memset(memory, 0xcd, whole);
  *address = reinterpret_cast<std::uint64_t>(memory);
  const std::lock_guard lock(driver().mutex);
  driver().memory.emplace(*address, Block{bytes, place});
  return kOk;
}

template <class... Places> int release(std::uint64_t address, Places... places) {
  const std::lock_guard lock(driver().mutex);
  const auto found = driver().memory.find(address);
  if (found == driver().memory.end() || ((found->second.place != places) && ...))
    return kInvalidValue;
  std::free(reinterpret_cast<void*>(address));
  driver().memory.erase(found);
  return kOk;
}

int transfer(void* stream, std::uint64_t device, std::size_t bytes, std::function<void()> work) {
  if (const int r = with_context(); r != kOk) return r;
  const std::lock_guard lock(driver().mutex);
  if (!driver().owns(device, bytes) || !driver().streams.contains(static_cast<Stream*>(stream)))
    return kInvalidValue;
  static_cast<Stream*>(stream)->enqueue(std::move(work));
  return kOk;
}

int launch(const Function& function, const Grid& grid, void* stream, void** params) {
  bool grows;
  {
    const std::lock_guard lock(driver().mutex);
    grows = function.local_bytes > driver().local_bytes;
    driver().local_bytes = std::max(driver().local_bytes, function.local_bytes);
  }
  if (const int r = grows ? idle("a launch with more local memory") : with_context(); r != kOk)
    return r;
  std::vector<std::vector<unsigned char>> values;
  for (std::size_t i = 0; i < function.param_sizes.size(); ++i) {
    const auto* const bytes = static_cast<const unsigned char*>(params[i]);
    values.emplace_back(bytes, bytes + function.param_sizes[i]);
  }
  const std::lock_guard lock(driver().mutex);
  if (!driver().streams.contains(static_cast<Stream*>(stream))) return kInvalidValue;
  static_cast<Stream*>(stream)->enqueue([&function, grid, values = std::move(values)]() mutable {
    std::vector<void*> args;
    for (auto& value : values)
      args.push_back(value.data());
    const int r = function.run(grid, args.data());
    const std::lock_guard failed(driver().mutex);
    if (r != kOk) driver().failure = r;
  });
  return kOk;
}

} // namespace
} // namespace fake_cuda

using namespace fake_cuda;

extern "C" {
// For tests, which ask for these through dlsym.

/// What is still held.
int fake_cuda_leaks() {
  idle("the test"); // until what is freed in order with a stream is
  const Driver& d = driver();
  return contexts + d.retained + static_cast<int>(d.modules.size() + d.memory.size());
}
/// How many calls would have waited for ever.
int fake_cuda_would_hang() { return driver().would_hang; }
/// As in a new process.
void fake_cuda_reset() {
  idle("the test");
  const std::lock_guard lock(driver().mutex);
  driver().attributes = kAttributes;
  driver().local_bytes = 0;
  driver().failure = kOk;
  driver().would_hang = 0;
}
void fake_cuda_set_attribute(int attribute, int value) { driver().attributes[attribute] = value; }

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
  const auto found = driver().attributes.find(attribute);
  if (found == driver().attributes.end()) return kInvalidValue;
  *value = found->second;
  return kOk;
}
int cuDeviceTotalMem_v2(std::size_t* bytes, int) {
  *bytes = kMemory;
  return kOk;
}

int cuDevicePrimaryCtxRetain(void** context, int) {
  const std::lock_guard lock(driver().mutex);
  ++driver().retained;
  *context = &driver();
  return kOk;
}
int cuDevicePrimaryCtxRelease_v2(int) {
  const std::lock_guard lock(driver().mutex);
  --driver().retained;
  return kOk;
}
int cuCtxPushCurrent_v2(void*) {
  ++contexts;
  return kOk;
}
int cuCtxPopCurrent_v2(void** context) {
  *context = &driver();
  --contexts;
  return kOk;
}

int cuMemAlloc_v2(std::uint64_t* address, std::size_t bytes) {
  if (const int r = idle("cuMemAlloc"); r != kOk) return r;
  return allocate(address, bytes, Place::device);
}
int cuMemAllocManaged(std::uint64_t* address, std::size_t bytes, unsigned flags) {
  if (const int r = idle("cuMemAllocManaged"); r != kOk) return r;
  return flags == 1 ? allocate(address, bytes, Place::managed) : kInvalidValue;
}
int cuMemAdvise(std::uint64_t address, std::size_t bytes, int advice, int device) {
  if (const int r = with_context(); r != kOk) return r;
  const std::lock_guard lock(driver().mutex);
  const auto found = driver().memory.find(address);
  const bool is_managed = found != driver().memory.end() && found->second.size >= bytes &&
                          found->second.place == Place::managed;
  const bool is_known = (advice == 3 && device == -1) || (advice == 5 && device == 0);
  return is_managed && is_known ? kOk : kInvalidValue;
}
int cuMemFree_v2(std::uint64_t address) {
  if (const int r = idle("cuMemFree"); r != kOk) return r;
  return release(address, Place::device, Place::managed);
}
int cuMemHostAlloc(void** address, std::size_t bytes, unsigned flags) {
  if (const int r = idle("cuMemHostAlloc"); r != kOk) return r;
  if ((flags & 2) == 0) return kInvalidValue; // not mapped
  std::uint64_t device = 0;
  const int r = allocate(&device, bytes, Place::host);
  *address = reinterpret_cast<void*>(device);
  return r;
}
int cuMemHostGetDevicePointer_v2(std::uint64_t* device, void* host, unsigned) {
  *device = reinterpret_cast<std::uint64_t>(host);
  const std::lock_guard lock(driver().mutex);
  return driver().memory.contains(*device) ? kOk : kInvalidValue;
}
int cuMemFreeHost(void* address) {
  if (const int r = idle("cuMemFreeHost"); r != kOk) return r;
  return release(reinterpret_cast<std::uint64_t>(address), Place::host);
}
int cuMemAllocAsync(std::uint64_t* address, std::size_t bytes, void*) {
  if (const int r = with_context(); r != kOk) return r;
  return allocate(address, bytes, Place::pool);
}
int cuMemFreeAsync(std::uint64_t address, void* stream) {
  return transfer(stream, address, 1, [address] { release(address, Place::pool); });
}
int cuMemsetD8Async(std::uint64_t address, unsigned char value, std::size_t count, void* stream) {
  return transfer(stream, address, count,
                  [=] { std::memset(reinterpret_cast<void*>(address), value, count); });
}
int cuMemcpyHtoDAsync_v2(std::uint64_t to, const void* from, std::size_t bytes, void* stream) {
  return transfer(stream, to, bytes,
                  [=] { std::memcpy(reinterpret_cast<void*>(to), from, bytes); });
}
int cuMemcpyDtoHAsync_v2(void* to, std::uint64_t from, std::size_t bytes, void* stream) {
  return transfer(stream, from, bytes,
                  [=] { std::memcpy(to, reinterpret_cast<const void*>(from), bytes); });
}

int cuModuleLoadData(void** module, const void* image) {
  if (const int r = idle("cuModuleLoadData"); r != kOk) return r;
  std::unique_ptr<Module> loaded = load_image(image);
  if (!loaded) return kNoBinary;
  *module = loaded.release();
  const std::lock_guard lock(driver().mutex);
  driver().modules.insert(*module);
  return kOk;
}
int cuModuleUnload(void* module) {
  if (const int r = idle("cuModuleUnload"); r != kOk) return r;
  const std::lock_guard lock(driver().mutex);
  if (driver().modules.erase(module) == 0) return kInvalidValue;
  delete static_cast<Module*>(module);
  return kOk;
}
/// Loads the kernel, when loading is lazy.
int cuModuleGetFunction(void** function, void* module, const char* name) {
  if (const int r = idle("cuModuleGetFunction"); r != kOk) return r;
  *function = const_cast<Function*>(static_cast<Module*>(module)->find(name));
  return *function ? kOk : kNotFound;
}
int cuFuncGetAttribute(int* value, int attribute, void* function) {
  *value = attribute == 3 ? static_cast<const Function*>(function)->local_bytes : kMaxThreads;
  return kOk;
}
int cuOccupancyMaxActiveBlocksPerMultiprocessor(int* blocks, void* function, int threads,
                                                std::size_t) {
  *blocks =
      threads > kMaxThreads ? 0 : static_cast<const Function*>(function)->blocks_per_multiprocessor;
  return with_context();
}

int cuLaunchKernel(void* function, unsigned grid_x, unsigned grid_y, unsigned grid_z,
                   unsigned block_x, unsigned block_y, unsigned block_z, unsigned, void* stream,
                   void** params, void**) {
  return launch(*static_cast<const Function*>(function),
                {{grid_x, grid_y, grid_z}, {block_x, block_y, block_z}}, stream, params);
}
int cuLaunchCooperativeKernel(void* function, unsigned grid_x, unsigned grid_y, unsigned grid_z,
                              unsigned block_x, unsigned block_y, unsigned block_z, unsigned,
                              void* stream, void** params) {
  const auto& f = *static_cast<const Function*>(function);
  if (static_cast<int>(grid_x * grid_y * grid_z) >
      f.blocks_per_multiprocessor * driver().attributes[16])
    return kTooLarge;
  return launch(f, {{grid_x, grid_y, grid_z}, {block_x, block_y, block_z}}, stream, params);
}

/// Only streams that do not wait for the default stream.
int cuStreamCreate(void** stream, unsigned flags) {
  if (const int r = with_context(); r != kOk) return r;
  if (flags != 1) return kInvalidValue;
  auto* const made = new Stream;
  *stream = made;
  const std::lock_guard lock(driver().mutex);
  driver().streams.insert(made);
  return kOk;
}
int cuStreamDestroy_v2(void* stream) {
  {
    const std::lock_guard lock(driver().mutex);
    if (driver().streams.erase(static_cast<Stream*>(stream)) == 0) return kInvalidValue;
  }
  delete static_cast<Stream*>(stream);
  return with_context();
}
int cuStreamQuery(void* stream) {
  {
    const std::lock_guard lock(driver().mutex);
    if (!driver().streams.contains(static_cast<Stream*>(stream))) return kInvalidValue;
  }
  if (const int r = with_context(); r != kOk) return r;
  return static_cast<Stream*>(stream)->is_idle() ? kOk : kNotReady;
}
}
