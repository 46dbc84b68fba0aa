// The calls that wait for an answer, by their correlation. Any thread.
#pragma once

#include "actors/incoming.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace ring::runtime {

class Calls {
public:
  /// Gives the call a correlation that no other has.
  void add(const std::shared_ptr<CallState>& call) {
    const std::lock_guard lock(mutex_);
    do
      ++last_;
    while (last_ == 0 || waiting_.contains(last_)); // 0 is nobody's, and numbers come round
    call->correlation = last_;
    waiting_.emplace(last_, call.get());
  }
  void remove(const CallState& call) {
    const std::lock_guard lock(mutex_);
    waiting_.erase(call.correlation);
  }
  /// Whether somebody waited for it.
  bool answer(std::uint32_t correlation, Result<RawMessage> answer) {
    const std::lock_guard lock(mutex_);
    const auto found = waiting_.find(correlation);
    if (found == waiting_.end()) return false;
    found->second->answer = std::move(answer);
    waiting_.erase(found); // each has one answer
    return true;
  }
  bool has_answer(const CallState& call) {
    const std::lock_guard lock(mutex_);
    return call.answer.has_value();
  }
  Result<RawMessage> take(CallState& call) {
    const std::lock_guard lock(mutex_);
    Result<RawMessage> answer = std::move(*call.answer);
    call.answer = Error(ErrorCode::invalid_argument, "the answer of this call has been taken");
    return answer;
  }

private:
  std::mutex mutex_;
  std::uint32_t last_ = 0;                                // guarded by mutex_
  std::unordered_map<std::uint32_t, CallState*> waiting_; // guarded by mutex_
};

} // namespace ring::runtime
