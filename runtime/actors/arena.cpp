#include "actors/arena.h"

#include <algorithm>
#include <cstring>

namespace ring::runtime {

Result<std::shared_ptr<Arena>> Arena::create(std::shared_ptr<Device> device, std::uint64_t bytes) {
  constexpr std::uint64_t kMost = std::uint64_t{1} << 34; // what 32-bit addresses of words reach
  if (bytes > kMost)
    return Error(ErrorCode::out_of_memory, "actors need " + std::to_string(bytes) +
                                               " bytes, but they share 2^34 at most; give them "
                                               "smaller mailboxes");
  const std::uint64_t words = lines(std::max<std::uint64_t>(bytes / 4, 4 * abi::kArenaWords));
  Result<SharedMemory> shared = device->allocate_shared(words * 4);
  if (!shared) return shared.error();
  std::shared_ptr<Arena> arena(new Arena);
  arena->device_ = std::move(device);
  arena->memory_ = std::move(shared->memory);
  arena->words_ = {reinterpret_cast<std::uint32_t*>(shared->host.data()), words};
  arena->words_[abi::kArenaMagic] = abi::kArenaMagicValue;
  arena->words_[abi::kArenaVersion] = abi::kProtocolVersion;
  arena->free_.emplace(abi::kArenaWords, words - abi::kArenaWords);
  return arena;
}

Result<std::uint32_t> Arena::allocate(std::uint64_t words) {
  words = lines(words);
  const std::lock_guard lock(mutex_);
  const auto fits =
      std::ranges::find_if(free_, [&](const auto& range) { return range.second >= words; });
  if (fits == free_.end()) {
    std::uint64_t left = 0;
    for (const auto& [at, count] : free_)
      left += count;
    return Error(ErrorCode::out_of_memory,
                 "actors: no " + std::to_string(words * 4) + " bytes in one piece; " +
                     std::to_string(left * 4) + " of " + std::to_string(words_.size() * 4) +
                     " are free. Raise RuntimeOptions::actor_memory, or make mailboxes smaller");
  }
  const auto [at, count] = *fits;
  free_.erase(fits);
  if (count > words) free_.emplace(at + words, count - words);
  std::memset(&words_[at], 0, words * 4);
  return static_cast<std::uint32_t>(at);
}

void Arena::release(std::uint32_t at, std::uint64_t words) {
  words = lines(words);
  const std::lock_guard lock(mutex_);
  auto range = free_.emplace(at, words).first;
  if (const auto next = std::next(range);
      next != free_.end() && range->first + range->second == next->first) {
    range->second += next->second;
    free_.erase(next);
  }
  if (range == free_.begin()) return;
  if (const auto before = std::prev(range); before->first + before->second == range->first) {
    before->second += range->second;
    free_.erase(range);
  }
}

} // namespace ring::runtime
