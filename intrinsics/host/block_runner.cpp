#include "block_runner.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

namespace ring::host::detail {

// The kernel's id and barrier functions take no argument, so where they stand is found here.
constinit thread_local const Position* current = nullptr;

namespace {
constinit thread_local BlockRunner* runner = nullptr;

[[noreturn]] void fail_outside_launch() {
  std::fputs("ring: a device function was called outside of ring::host::launch\n", stderr);
  std::abort();
}

std::string describe(const Index3& id) {
  std::string text(1, '(');
  text += std::to_string(id.x) + ", " + std::to_string(id.y) + ", " + std::to_string(id.z);
  return text += ')';
}
} // namespace

void set_runner(BlockRunner* new_runner) {
  runner = new_runner;
  current = nullptr;
}

const Position& position() {
  if (current == nullptr) fail_outside_launch();
  return *current;
}

void block_barrier() {
  if (current == nullptr) fail_outside_launch();
  runner->wait_at_barrier();
}

std::uint64_t warp_operation(WarpOp op, Kind kind, std::uint64_t bits, std::uint32_t argument) {
  if (current == nullptr) fail_outside_launch();
  return runner->wait_for_warp(op, kind, bits, argument);
}

BlockRunner::Fibre::Fibre(std::size_t stack_size, BlockRunner* runner)
    : stack(stack_size), context(stack, &BlockRunner::fibre_main, runner) {}

BlockRunner::BlockRunner(Dim3 grid, Dim3 block, const LaunchOptions& options, void (*body)(void*),
                         void* context)
    : threads_(std::size_t{block.x} * block.y * block.z), warp_size_(options.warp_size),
      stack_size_(options.stack_size), body_(body), body_context_(context) {
  for (std::uint32_t i = 0; i < threads_.size(); ++i) {
    Position& p = threads_[i].position;
    p.thread = {i % block.x, i / block.x % block.y, i / block.x / block.y};
    p.block_dim = {block.x, block.y, block.z};
    p.grid_dim = {grid.x, grid.y, grid.z};
    p.lane = i % warp_size_;
    p.warp = i / warp_size_;
    p.warp_size = warp_size_;
  }
  ready_.reserve(threads_.size());
}

void BlockRunner::run(Index3 block_id) {
  block_id_ = block_id;
  next_new_ = 0;
  ready_.clear();
  next_ready_ = 0;
  Context::switch_to(main_, next_flow());
  current = nullptr;
  if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
}

void BlockRunner::fibre_main(void* self) {
  auto& runner = *static_cast<BlockRunner*>(self);
  for (;;) {
    Fibre& mine = *runner.current_fibre_;
    runner.run_new_threads();
    runner.free_fibres_.push_back(&mine);
    Context::switch_to(mine.context, runner.next_flow());
  }
}

void BlockRunner::run_new_threads() {
  while (next_new_ < threads_.size() && !error_) {
    running_ = next_new_++;
    Thread& thread = threads_[running_];
    thread.position.block = block_id_;
    thread.state = State::running;
    current = &thread.position;
    try {
      body_(body_context_);
    } catch (...) {
      error_ = std::current_exception();
    }
    thread.state = State::returned;
  }
}

void BlockRunner::wait_at_barrier() {
  threads_[running_].state = State::at_barrier;
  wait();
}

std::uint64_t BlockRunner::wait_for_warp(WarpOp op, Kind kind, std::uint64_t bits,
                                         std::uint32_t argument) {
  Thread& thread = threads_[running_];
  thread.state = State::at_warp_operation;
  thread.op = op;
  thread.kind = kind;
  thread.bits = bits;
  thread.argument = argument;
  wait();
  return thread.bits;
}

void BlockRunner::wait() {
  Fibre& mine = *current_fibre_;
  threads_[running_].fibre = &mine;
  Context& next = next_flow();
  // The last thread to arrive may itself be the first that goes on.
  if (&next != &mine.context) Context::switch_to(mine.context, next);
}

/// Chooses what runs next and makes it current: a new thread, a ready one, or the launcher.
Context& BlockRunner::next_flow() {
  if (error_) return main_;
  if (next_new_ < threads_.size()) {
    current_fibre_ = &take_fibre();
    return current_fibre_->context;
  }
  if (next_ready_ == ready_.size() && !release_waiting()) {
    fail_if_stuck();
    return main_;
  }
  running_ = ready_[next_ready_++];
  current_fibre_ = threads_[running_].fibre;
  current = &threads_[running_].position;
  return current_fibre_->context;
}

BlockRunner::Fibre& BlockRunner::take_fibre() {
  if (free_fibres_.empty()) {
    fibres_.push_back(std::make_unique<Fibre>(stack_size_, this));
    return *fibres_.back();
  }
  Fibre* fibre = free_fibres_.back();
  free_fibres_.pop_back();
  return *fibre;
}

/// Nothing can run: completes what can be completed. Whole warps first, then the barrier; a warp
/// whose lanes diverged goes on in parts only when nothing else can.
bool BlockRunner::release_waiting() {
  ready_.clear();
  next_ready_ = 0;
  return release_warps(false) || release_barrier() || release_warps(true);
}

bool BlockRunner::release_warps(bool partial_too) {
  bool any = false;
  for (std::size_t first = 0; first < threads_.size(); first += warp_size_)
    any |= release_warp(first, std::min(first + warp_size_, threads_.size()), partial_too);
  return any;
}

bool BlockRunner::release_warp(std::size_t first, std::size_t last, bool partial_too) {
  WarpCall call{};
  call.warp_size = warp_size_;
  for (std::size_t i = first; i < last; ++i) {
    const Thread& thread = threads_[i];
    if (thread.state == State::returned) continue;
    const bool joins = thread.state == State::at_warp_operation &&
                       (call.active == 0 || (thread.op == call.op && thread.kind == call.kind));
    if (!joins && !partial_too) return false;
    if (!joins) continue;
    const std::size_t lane = i - first;
    call.op = thread.op;
    call.kind = thread.kind;
    call.active |= 1u << lane;
    call.value[lane] = thread.bits;
    call.argument[lane] = thread.argument;
  }
  if (call.active == 0) return false;
  execute(call);
  for (std::size_t i = first; i < last; ++i) {
    if ((call.active >> (i - first) & 1) == 0) continue;
    threads_[i].bits = call.result[i - first];
    make_ready(i);
  }
  return true;
}

bool BlockRunner::release_barrier() {
  if (!std::ranges::all_of(threads_, [](auto& t) { return t.state == State::at_barrier; }))
    return false;
  for (std::size_t i = 0; i < threads_.size(); ++i)
    make_ready(i);
  return true;
}

void BlockRunner::make_ready(std::size_t thread) {
  threads_[thread].state = State::running;
  ready_.push_back(thread);
}

void BlockRunner::fail_if_stuck() {
  const auto is_waiting = [](auto& t) { return t.state == State::at_barrier; };
  const auto waiting = std::ranges::find_if(threads_, is_waiting);
  if (waiting == threads_.end()) return;
  const auto gone = std::ranges::find(threads_, State::returned, &Thread::state);
  error_ = std::make_exception_ptr(LaunchError(
      "block " + describe(block_id_) + ": " +
      std::to_string(std::ranges::count_if(threads_, is_waiting)) + " of " +
      std::to_string(threads_.size()) + " threads wait at a barrier that the others never reach: " +
      "thread " + describe(waiting->position.thread) + " waits, thread " +
      describe(gone->position.thread) + " has returned"));
}

} // namespace ring::host::detail
