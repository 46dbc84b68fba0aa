// Runs blocks, one after the other, on the OS thread that owns the runner.
//
// One fibre runs the threads of a block one after the other, as plain calls. When a thread has to
// wait, its fibre is parked and another one goes on with the next thread; so a kernel without
// barriers never switches, and one with barriers switches once a thread and barrier.
#pragma once

#include <exception>
#include <memory>
#include <vector>

#include "fibre.h"
#include "ring/host.h"
#include "warp.h"

namespace ring::host::detail {

class BlockRunner {
public:
  BlockRunner(Dim3 grid, Dim3 block, const LaunchOptions& options, void (*body)(void*),
              void* context);

  /// Throws LaunchError, or what the body threw.
  void run(Index3 block_id);

  void wait_at_barrier();
  std::uint64_t wait_for_warp(WarpOp op, Kind kind, std::uint64_t bits, std::uint32_t argument);

private:
  enum class State : std::uint8_t { running, at_barrier, at_warp_operation, returned };

  struct Fibre {
    Fibre(std::size_t stack_size, BlockRunner* runner);
    Stack stack;
    Context context;
  };

  struct Thread {
    Position position;
    State state = State::running;
    Fibre* fibre = nullptr;
    WarpOp op{};
    Kind kind{};
    std::uint64_t bits = 0; // the operand, then the result
    std::uint32_t argument = 0;
  };

  static void fibre_main(void* runner);
  void run_new_threads();
  void wait();
  Context& next_flow();
  Fibre& take_fibre();
  bool release_waiting();
  bool release_warps(bool partial_too);
  bool release_warp(std::size_t first, std::size_t last, bool partial_too);
  bool release_barrier();
  void make_ready(std::size_t thread);
  void fail_if_stuck();

  std::vector<Thread> threads_;
  std::uint32_t warp_size_;
  std::size_t stack_size_;
  void (*body_)(void*);
  void* body_context_;

  Index3 block_id_;
  std::size_t next_new_ = 0; // threads from here on have not begun
  std::vector<std::size_t> ready_;
  std::size_t next_ready_ = 0;
  std::size_t running_ = 0; // index of the thread that runs
  std::exception_ptr error_;

  Context main_;
  Fibre* current_fibre_ = nullptr;
  std::vector<std::unique_ptr<Fibre>> fibres_;
  std::vector<Fibre*> free_fibres_;
};

/// Makes `runner` the one that this OS thread's barriers talk to.
void set_runner(BlockRunner* runner);

} // namespace ring::host::detail
