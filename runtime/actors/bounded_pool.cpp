#include "actors/bounded_pool.h"

#include <algorithm>

namespace ring::runtime {

BoundedPool::BoundedPool(std::shared_ptr<Device> device, std::shared_ptr<Arena> arena)
    : state_(std::make_shared<State>()) {
  state_->in_turns = device->slice_threads() == 1 && device->info().backend != Backend::cpu;
  state_->device = std::move(device);
  state_->arena = std::move(arena);
}

BoundedPool::~BoundedPool() { static_cast<void>(stop(std::chrono::seconds(2))); }

void BoundedPool::add(std::weak_ptr<Crew> crew) {
  const std::lock_guard lock(mutex_);
  {
    const std::lock_guard inner(state_->mutex);
    std::erase_if(state_->crews, [](const auto& each) { return each.expired(); });
    state_->crews.push_back(std::move(crew));
    ++state_->version;
  }
  if (!threads_.empty()) return;
  const unsigned count = std::max(1U, state_->device->slice_threads());
  state_->inside = count;
  for (unsigned i = 0; i < count; ++i)
    threads_.emplace_back([state = state_] { state->work(); });
}

void BoundedPool::State::wake(bool all) {
  // Rule 5: the work was published; the fence stands between that and the look at the flag, and
  // pairs with the one in work().
  std::atomic_thread_fence(std::memory_order_seq_cst);
  if (sleepers.load(std::memory_order_relaxed) == 0) return;
  {
    const std::lock_guard lock(mutex);
    ++wakes;
  }
  if (all)
    changed.notify_all();
  else
    changed.notify_one();
}

void BoundedPool::wake() { state_->wake(false); }

void BoundedPool::look() {
  if (state_->sleepers.load(std::memory_order_relaxed) == 0) return;
  std::vector<std::weak_ptr<Crew>> crews;
  {
    const std::lock_guard lock(state_->mutex);
    crews = state_->crews;
  }
  if (state_->has_ready(crews)) state_->wake(true);
}

bool BoundedPool::State::has_ready(const std::vector<std::weak_ptr<Crew>>& mine) const {
  return std::ranges::any_of(mine, [](const std::weak_ptr<Crew>& each) {
    const std::shared_ptr<Crew> crew = each.lock();
    return crew && crew->has_ready();
  });
}

Crew::Turn BoundedPool::State::run(std::vector<std::weak_ptr<Crew>>& mine) {
  Crew::Turn sum;
  for (const std::weak_ptr<Crew>& each : mine) {
    const std::shared_ptr<Crew> crew = each.lock();
    if (!crew) continue;
    const Crew::Turn turn = in_turns ? crew->run_all() : crew->run_each();
    sum.ran += turn.ran;
    sum.stalled += turn.stalled;
  }
  return sum;
}

void BoundedPool::State::work() {
  const protocol::Attached attached(arena->words());
  std::vector<std::weak_ptr<Crew>> mine;
  std::uint64_t mine_version = 0;
  constexpr std::chrono::microseconds kShortest{20};
  constexpr std::chrono::microseconds kLongest{1000};
  std::chrono::microseconds nap = kShortest;
  while (!quit) {
    std::uint64_t seen;
    if (version.load() != mine_version) {
      const std::lock_guard lock(mutex);
      mine = crews;
      mine_version = version;
    }
    const Crew::Turn turn = run(mine);
    if (turn.ran > turn.stalled) {
      // What ran may have given others work.
      nap = kShortest;
      if (turn.ran > 1 && sleepers.load(std::memory_order_relaxed) != 0 && has_ready(mine))
        wake(false);
      continue;
    }
    {
      const std::lock_guard lock(mutex);
      seen = wakes;
    }
    // Rule 5: the flag, a full fence, a second look, and only then sleep.
    sleepers.fetch_add(1, std::memory_order_seq_cst);
    std::atomic_thread_fence(std::memory_order_seq_cst);
    const bool is_stalled = turn.ran != 0;
    if (is_stalled || !has_ready(mine)) {
      std::unique_lock lock(mutex);
      const auto is_awake = [&] { return quit || wakes != seen || version != mine_version; };
      // Those that wait for room are looked at again and again: nobody tells when a device makes
      // some.
      if (is_stalled)
        changed.wait_for(lock, nap, is_awake);
      else
        changed.wait(lock, is_awake);
    }
    sleepers.fetch_sub(1, std::memory_order_relaxed);
    nap = is_stalled ? std::min(2 * nap, kLongest) : kShortest;
  }
  mine.clear();
  {
    const std::lock_guard lock(mutex);
    --inside;
  }
  changed.notify_all();
}

Status BoundedPool::stop(std::chrono::microseconds timeout) {
  const std::lock_guard lock(mutex_);
  if (threads_.empty()) return Success{};
  bool all_ended;
  {
    std::unique_lock inner(state_->mutex);
    state_->quit = true;
    state_->changed.notify_all();
    all_ended = state_->changed.wait_for(inner, timeout, [&] { return state_->inside == 0; });
  }
  for (std::thread& thread : threads_) {
    if (all_ended)
      thread.join();
    else
      thread.detach();
  }
  threads_.clear();
  if (all_ended) return Success{};
  return Error(ErrorCode::timeout, "actors: a handler of the bounded schedule does not return; its "
                                   "thread is left to itself");
}

} // namespace ring::runtime
