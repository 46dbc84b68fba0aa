// Memory of a CUDA device, taken and given back without a wait for kernels that never end.
#pragma once

#include "core/device.h"
#include "cuda/context.h"
#include "cuda/persistent.h"

#include <mutex>
#include <vector>

namespace ring::runtime::cuda {

class Allocator;

enum class Place {
  device,
  managed, // moves between host and device, page by page
  host,    // the host's, which the device sees
};

class CudaMemory : public Memory {
public:
  CudaMemory(Allocator& allocator, Place place, CUdeviceptr address, void* host = nullptr)
      : allocator_(allocator), place_(place), address_(address), host_(host) {}
  ~CudaMemory() override;
  CUdeviceptr address() const { return address_; }

private:
  Allocator& allocator_;
  Place place_;
  CUdeviceptr address_;
  void* host_;
};

/// The context is current whenever allocate() or allocate_shared() is called.
class Allocator {
public:
  Allocator(Context& context, PersistentKernels& kernels);
  /// No memory may be left.
  ~Allocator();
  Allocator(const Allocator&) = delete;
  Allocator& operator=(const Allocator&) = delete;

  /// Not cleared; the context's stream sees it at once, others when that stream has.
  Result<std::unique_ptr<CudaMemory>> allocate(std::size_t bytes);
  /// Where both sides may change a word at once, if the device has such memory (`shares_atomics`).
  Result<SharedMemory> allocate_shared(std::size_t size);
  bool shares_atomics() const { return shared_ != Place::host || native_atomics_; }

private:
  friend class CudaMemory;
  struct Block {
    Place place;
    CUdeviceptr address;
    void* host;
  };

  void release(Block block);
  /// Frees what had to wait; the device is idle, and mutex_ is held.
  void sweep();
  Error no_room(CUresult r, std::size_t size, const std::string& what) const;

  Context& context_;
  PersistentKernels& kernels_;
  const bool native_atomics_;
  const bool has_pools_;
  const Place shared_;
  std::mutex mutex_;
  std::vector<Block> late_; // guarded by mutex_: to be freed when no kernel runs on
};

} // namespace ring::runtime::cuda
