// The memory in which all actors of a Runtime live: words that host and device share, given out in
// ranges. Layout: ring/abi/actor_block.h.
#pragma once

#include "core/device.h"

#include <ring/abi/actor_block.h>

#include "ring/protocol/host.h"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>

namespace ring::runtime {

class Arena {
public:
  /// At least `bytes`.
  static Result<std::shared_ptr<Arena>> create(std::shared_ptr<Device> device, std::uint64_t bytes);

  /// The address of words that are all zero, on a cache line of its own.
  Result<std::uint32_t> allocate(std::uint64_t words);
  void release(std::uint32_t at, std::uint64_t words);

  ring::span<std::uint32_t> words() const { return words_; }
  Memory& memory() const { return *memory_; }

private:
  Arena() = default;

  std::shared_ptr<Device> device_; // outlives the memory
  std::unique_ptr<Memory> memory_;
  ring::span<std::uint32_t> words_;
  std::mutex mutex_;
  std::map<std::uint64_t, std::uint64_t> free_; // guarded by mutex_: address → words
};

/// So many words take the room of whole cache lines.
constexpr std::uint64_t lines(std::uint64_t words) {
  return (words + abi::kLine - 1) / abi::kLine * abi::kLine;
}

} // namespace ring::runtime
