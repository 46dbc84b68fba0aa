#include "cuda/memory.h"

#include <algorithm>
#include <cstring>

namespace ring::runtime::cuda {

CudaMemory::~CudaMemory() { allocator_.release({place_, address_, host_}); }

// Read-modify-writes of host and device on one word are atomic to each other in host memory only if
// the link carries them, and else in managed memory that both may touch at once (CUDA C++
// documentation, "Atomicity" in libcu++'s memory model). Without either the host's memory is all
// there is, and persistent kernels are refused (CudaDevice::why_not_persistent).
Allocator::Allocator(Context& context, PersistentKernels& kernels)
    : context_(context), kernels_(kernels),
      native_atomics_(context.attribute(kHostNativeAtomicSupported) != 0),
      has_pools_(context.attribute(kMemoryPoolsSupported) != 0),
      shared_(!native_atomics_ && context.attribute(kConcurrentManagedAccess) != 0 ? Place::managed
                                                                                   : Place::host) {}

Allocator::~Allocator() {
  if (context_.abandoned() || late_.empty()) return;
  // Those of others on this device. If they do not pause the memory stays taken.
  const Result<PersistentKernels::Pause> pause = kernels_.pause("freeing memory");
  if (!pause) return;
  const Context::Current current(context_);
  sweep();
}

Error Allocator::no_room(CUresult r, std::size_t size, const std::string& what) const {
  return context_.api().error_of(r,
                                 "device '" + context_.info().name + "': no room for " + what +
                                     " of " + std::to_string(size) +
                                     " bytes; free others or make it smaller",
                                 ErrorCode::out_of_memory);
}

Result<std::unique_ptr<CudaMemory>> Allocator::allocate(std::size_t bytes) {
  const DriverApi& api = context_.api();
  CUdeviceptr address = 0;
  CUresult r = kSuccess;
  if (has_pools_) {
    // Ordered with one stream, so it waits for no other.
    r = api.cuMemAllocAsync(&address, bytes, context_.stream());
  } else {
    const Result<PersistentKernels::Pause> pause = kernels_.pause("allocating a buffer");
    if (!pause) return pause.error();
    const std::lock_guard lock(mutex_);
    sweep();
    r = api.cuMemAlloc_v2(&address, bytes);
  }
  if (r != kSuccess) return no_room(r, bytes, "a buffer");
  return std::make_unique<CudaMemory>(*this, Place::device, address);
}

Result<SharedMemory> Allocator::allocate_shared(std::size_t size) {
  const DriverApi& api = context_.api();
  const std::size_t bytes = std::max<std::size_t>(size, 4);
  const Result<PersistentKernels::Pause> pause =
      kernels_.pause("allocating memory that the host shares");
  if (!pause) return pause.error();
  {
    const std::lock_guard lock(mutex_);
    sweep();
  }
  void* host = nullptr;
  CUdeviceptr address = 0;
  CUresult r = kSuccess;
  if (shared_ == Place::managed) {
    r = api.cuMemAllocManaged(&address, bytes, kAttachGlobal);
    // Words that are only read or only written stay with the host; without this advice their pages
    // would move to whoever looked last.
    if (r == kSuccess) r = api.cuMemAdvise(address, bytes, kSetPreferredLocation, kHostAsDevice);
    if (r == kSuccess) r = api.cuMemAdvise(address, bytes, kSetAccessedBy, context_.device());
    if (r != kSuccess && address != 0) api.cuMemFree_v2(address);
    host = reinterpret_cast<void*>(address);
  } else {
    r = api.cuMemHostAlloc(&host, bytes, kHostAllocPortable | kHostAllocMapped);
    if (r == kSuccess) r = api.cuMemHostGetDevicePointer_v2(&address, host, 0);
    if (r != kSuccess && host) api.cuMemFreeHost(host);
  }
  if (r != kSuccess) return no_room(r, size, "memory that the host shares");
  auto memory = std::make_unique<CudaMemory>(*this, shared_, address, host);
  std::memset(host, 0, bytes);
  return SharedMemory{std::move(memory), {static_cast<std::byte*>(host), size}};
}

void Allocator::release(Block block) {
  if (context_.abandoned()) return; // the driver has given all of it up
  const Context::Current current(context_);
  if (block.place == Place::device && has_pools_) {
    context_.api().cuMemFreeAsync(block.address, context_.stream());
    return;
  }
  // These wait until the device is idle.
  const std::optional<PersistentKernels::Pause> idle = kernels_.pause_if_idle();
  const std::lock_guard lock(mutex_);
  late_.push_back(block);
  if (idle) sweep();
}

void Allocator::sweep() {
  for (const Block& block : late_) {
    if (block.place == Place::host)
      context_.api().cuMemFreeHost(block.host);
    else
      context_.api().cuMemFree_v2(block.address);
  }
  late_.clear();
}

} // namespace ring::runtime::cuda
