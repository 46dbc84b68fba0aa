#include "cpu/cpu_device.h"

#include "cpu/thread_pool.h"

#include <ring/abi/cpu_block.h>
#include <ring/abi/span_view.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <limits>
#include <mutex>
#include <optional>
#include <thread>
#include <unistd.h>
#include <vector>

namespace ring::runtime::cpu {
namespace {

std::uint64_t machine_memory() {
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long page = sysconf(_SC_PAGE_SIZE);
  return pages > 0 && page > 0 ? static_cast<std::uint64_t>(pages) * page : 0;
}

std::string processor_name() {
  std::ifstream cpuinfo("/proc/cpuinfo");
  for (std::string line; std::getline(cpuinfo, line);)
    if (line.starts_with("model name"))
      if (const auto colon = line.find(": "); colon != std::string::npos)
        return line.substr(colon + 2);
  return "CPU";
}

/// Cache lines are 64 bytes and vectors up to 64: buffers begin on such a boundary. calloc gives
/// big blocks zeroed by the kernel, page by page as they are touched.
class HostMemory : public Memory {
public:
  static constexpr std::size_t kAlign = 64;

  explicit HostMemory(void* block) : block_(block) {
    const auto address = reinterpret_cast<std::uintptr_t>(block);
    data_ = reinterpret_cast<std::byte*>((address + kAlign - 1) / kAlign * kAlign);
  }
  ~HostMemory() override { std::free(block_); }

  std::byte* data() const { return data_; }

private:
  void* block_;
  std::byte* data_;
};

class CpuDevice : public Device {
public:
  CpuDevice(const DeviceInfo& info, unsigned threads)
      : info_(info), threads_(threads), pool_(threads) {}

  const DeviceInfo& info() const override { return info_; }

  Result<std::unique_ptr<Memory>> allocate(std::size_t size) override {
    // Linux promises memory that it does not have; more than there is would end the process later.
    const bool possible = info_.memory_bytes == 0 || size <= info_.memory_bytes;
    void* block = possible ? std::calloc(size + HostMemory::kAlign, 1) : nullptr;
    if (!block)
      return Error(ErrorCode::out_of_memory, "no room for a buffer of " + std::to_string(size) +
                                                 " bytes; the machine has " +
                                                 std::to_string(info_.memory_bytes));
    return std::unique_ptr<Memory>(std::make_unique<HostMemory>(block));
  }

  Status upload(Memory& memory, std::span<const std::byte> bytes) override {
    std::memcpy(static_cast<HostMemory&>(memory).data(), bytes.data(), bytes.size());
    return Success{};
  }

  Status download(const Memory& memory, std::span<std::byte> bytes) override {
    std::memcpy(bytes.data(), static_cast<const HostMemory&>(memory).data(), bytes.size());
    return Success{};
  }

  Status run(const Launch& launch) override;

  Result<SharedMemory> allocate_shared(std::size_t size) override {
    auto memory = allocate(size);
    if (!memory) return memory.error();
    const std::span<std::byte> host(static_cast<HostMemory&>(**memory).data(), size);
    return SharedMemory{std::move(*memory), host};
  }
  std::string why_not_persistent() const override { return {}; }
  Result<std::unique_ptr<RunningKernel>>
  start(const Launch& launch, std::shared_ptr<const void> keep, StopSwitch stop) override;
  unsigned slice_threads() const override { return threads_; }
  Status run_slice(const Launch& launch) override;

private:
  DeviceInfo info_;
  unsigned threads_;
  std::mutex mutex_; // one grid at a time
  ThreadPool pool_;
};

Error no_entry(const KernelImage& kernel) {
  const std::string_view reason = kernel.unsupported[static_cast<std::size_t>(Target::cpu)];
  return Error(ErrorCode::unsupported,
               kernel_prefix(kernel) + "it has no CPU code: " +
                   (reason.empty() ? "build the module with --target=cpu and link its .cpu.cpp"
                                   : std::string(reason)));
}

/// Arguments as entries take them.
class EntryArgs {
public:
  explicit EntryArgs(std::span<const LaunchArg> from) : views_(from.size()), args_(from.size()) {
    for (std::size_t i = 0; i < from.size(); ++i) {
      const LaunchArg& arg = from[i];
      if (arg.memory) {
        std::byte* data = static_cast<HostMemory*>(arg.memory)->data();
        views_[i] = {reinterpret_cast<std::uint64_t>(data), arg.count};
        args_[i] = &views_[i];
      } else {
        args_[i] = const_cast<std::byte*>(arg.value.data()); // the entry reads values only
      }
    }
  }
  EntryArgs(const EntryArgs&) = delete;
  EntryArgs& operator=(const EntryArgs&) = delete;

  void* const* data() const { return args_.data(); }

private:
  std::vector<abi::SpanView> views_;
  std::vector<void*> args_;
};

constexpr abi::CpuBlock kOnlyBlock{{0, 0, 0}, {1, 1, 1}};

/// Calls the entry; what it throws becomes an Error.
Status call(const KernelImage& kernel, void* const* args) {
  try {
    kernel.cpu_entry(&kOnlyBlock, args);
  } catch (const std::exception& failure) {
    return Error(ErrorCode::launch_failed, kernel_prefix(kernel) + failure.what());
  } catch (...) {
    return Error(ErrorCode::launch_failed, kernel_prefix(kernel) + "it threw an exception");
  }
  return Success{};
}

/// A thread that runs one block. Left to itself if nobody waits until it ends.
class KernelThread : public RunningKernel {
public:
  KernelThread(const Launch& launch, std::shared_ptr<const void> keep) {
    // Values are copied: the caller may go before the thread.
    for (const LaunchArg& arg : launch.args)
      state_->values.emplace_back(arg.value.begin(), arg.value.end());
    std::vector<LaunchArg> args(launch.args.begin(), launch.args.end());
    for (std::size_t i = 0; i < args.size(); ++i)
      args[i].value = state_->values[i];
    state_->args = std::make_unique<EntryArgs>(args);
    thread_ =
        std::thread([state = state_, kernel = &launch.kernel, keep = std::move(keep)]() mutable {
          Status result = call(*kernel, state->args->data());
          keep.reset(); // before anybody who waited goes on
          const std::lock_guard lock(state->mutex);
          state->result = std::move(result);
          state->ended.notify_all();
        });
  }
  ~KernelThread() override {
    if (!thread_.joinable()) return;
    if (has_ended())
      thread_.join();
    else
      thread_.detach();
  }

  bool has_ended() override {
    const std::lock_guard lock(state_->mutex);
    return state_->result.has_value();
  }
  Status wait(std::chrono::milliseconds timeout) override {
    std::unique_lock lock(state_->mutex);
    if (!state_->ended.wait_for(lock, timeout, [this] { return state_->result.has_value(); }))
      return Error(ErrorCode::timeout, "the kernel has not ended");
    return *state_->result;
  }

private:
  struct State {
    std::vector<std::vector<std::byte>> values;
    std::unique_ptr<EntryArgs> args;
    std::mutex mutex;
    std::condition_variable ended;
    std::optional<Status> result; // guarded by mutex
  };
  std::shared_ptr<State> state_ = std::make_shared<State>();
  std::thread thread_;
};

Result<std::unique_ptr<RunningKernel>>
CpuDevice::start(const Launch& launch, std::shared_ptr<const void> keep, StopSwitch) {
  if (!launch.kernel.cpu_entry) return no_entry(launch.kernel);
  return std::unique_ptr<RunningKernel>(std::make_unique<KernelThread>(launch, std::move(keep)));
}

Status CpuDevice::run_slice(const Launch& launch) {
  if (!launch.kernel.cpu_entry) return no_entry(launch.kernel);
  return call(launch.kernel, EntryArgs(launch.args).data());
}

Status CpuDevice::run(const Launch& launch) {
  const KernelImage& kernel = launch.kernel;
  if (!kernel.cpu_entry) return no_entry(kernel);
  const auto [x, y, z] = launch.blocks;
  constexpr std::uint64_t kMax = std::numeric_limits<std::uint32_t>::max();
  if (x > kMax || y > kMax || z > kMax || x * y > std::numeric_limits<std::uint64_t>::max() / z)
    return Error(ErrorCode::grid_too_large,
                 kernel_prefix(kernel) + "a grid has at most 2^32 - 1 blocks along each axis and "
                                         "2^64 together; give fewer threads");

  const EntryArgs args(launch.args);
  const auto body = [&](std::uint64_t block) {
    const abi::CpuBlock where{{static_cast<std::uint32_t>(block % x),
                               static_cast<std::uint32_t>(block / x % y),
                               static_cast<std::uint32_t>(block / x / y)},
                              {static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y),
                               static_cast<std::uint32_t>(z)}};
    kernel.cpu_entry(&where, args.data());
  };
  const std::lock_guard lock(mutex_);
  // The longest wait that a clock can count, not an overflow, when the timeout is "for ever".
  const auto now = ThreadPool::Clock::now();
  const auto longest = std::chrono::duration_cast<std::chrono::milliseconds>(
      ThreadPool::Clock::time_point::max() - now);
  const auto deadline = now + std::min(launch.timeout, longest);
  try {
    if (pool_.run(x * y * z, body, deadline) == ThreadPool::Outcome::timed_out)
      return Error(ErrorCode::timeout,
                   kernel_prefix(kernel) + "not ended after " +
                       std::to_string(launch.timeout.count()) +
                       " ms; raise .timeout in the run options if it needs longer");
  } catch (const std::exception& failure) {
    return Error(ErrorCode::launch_failed, kernel_prefix(kernel) + failure.what());
  } catch (...) {
    return Error(ErrorCode::launch_failed, kernel_prefix(kernel) + "it threw an exception");
  }
  return Success{};
}

} // namespace

DeviceList list_devices() {
  DeviceInfo info;
  info.backend = Backend::cpu;
  info.name = processor_name();
  info.kind = DeviceKind::cpu;
  info.memory_bytes = machine_memory();
  info.warp_size = 32;
  return {{info}, ""};
}

Result<std::shared_ptr<Device>> open_device(const DeviceInfo& info, unsigned threads) {
  if (threads == 0) threads = std::max(1u, std::thread::hardware_concurrency());
  return std::shared_ptr<Device>(std::make_shared<CpuDevice>(info, threads));
}

} // namespace ring::runtime::cpu
