// A crew: the actors of one module that one launch runs. Slot 0 is the supervisor; create, restart
// and terminate are messages to it, so an actor that joins a crew needs no launch.
//
// Any thread may call any member. The calling thread has the arena attached.
#pragma once

#include "actors/arena.h"

#include <ring/launch_options.h>
#include <ring/module_image.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace ring::runtime {

class BoundedPool;

/// What the parameters of a module's two kernels are bound to.
struct CrewSpan {
  std::shared_ptr<Memory> memory; // null: nobody of the crew has it
  std::size_t bytes = 0;
};

struct CrewPlan {
  const ModuleImage* module = nullptr;
  const KernelImage* kernel = nullptr;
  Schedule schedule = Schedule::bounded; // not automatic
  std::uint32_t budget = 1;
  std::uint32_t slots = 32;            // with the supervisor's
  std::vector<std::uint32_t> per_type; // room for so many actors of each type; [0] is type 1
  std::vector<CrewSpan> spans;         // by parameter: the user's
};

/// A place in a crew.
struct Seat {
  std::uint32_t slot = 0;
  std::uint32_t address = 0; // of the control block
  std::uint32_t type = 0;
  std::uint32_t state = 0; // index
};

class Crew {
public:
  static Result<std::shared_ptr<Crew>> create(std::shared_ptr<Device> device,
                                              std::shared_ptr<Arena> arena, CrewPlan plan);
  /// The words of the arena that create() takes.
  static std::uint64_t words_of(const CrewPlan& plan);
  /// Asks the kernel to end and waits for a while; what a kernel that goes on may touch stays.
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  const CrewPlan& plan() const { return plan_; }
  std::uint32_t address() const { return crew_; }
  std::uint32_t supervisor() const { return supervisor_; }

  /// Launches the persistent kernel.
  Status start();
  /// Asks the kernel to end; Error{timeout} names it when it has not. Nothing runs afterwards.
  Status stop(std::chrono::microseconds timeout);
  bool is_stopped() const { return stopped_; }

  /// Whether actors of those numbers (by type) with those spans can join.
  bool has_room(const std::vector<std::uint32_t>& per_type, const std::vector<CrewSpan>& spans);
  /// A free place. The caller has seen that there is room, and nobody else seats.
  Seat seat(std::uint32_t type);
  /// Whether the actor's words are the host's: it has ended, or was never told to begin.
  bool is_idle(const Seat& seat) const;
  /// Gives a place and the range of words that its actor had back, once they are the host's.
  void vacate(const Seat& seat, std::uint32_t at, std::uint64_t count);

  /// Why nothing runs any more; none while all is well.
  std::optional<Error> failure();
  /// Error{layout_mismatch} if the kernel told so.
  std::optional<Error> mismatch() const;

  // For BoundedPool:
  bool has_ready() const;
  struct Turn {
    unsigned ran = 0;     // actors
    unsigned stalled = 0; // of these: they wait for room elsewhere
  };
  /// Runs actors that are ready, each for a slice, where many threads may do so at once.
  Turn run_each();
  /// Runs all that are ready with one launch.
  Turn run_all();

private:
  struct Resources;

  Crew(std::shared_ptr<Device> device, CrewPlan plan);
  Status allocate(std::shared_ptr<Arena> arena);
  Status bind();
  void lay_out();
  Status run_slots(std::uint32_t first, std::uint32_t count);
  bool is_stalled(std::uint32_t slot);
  void fail(const Error& error);
  std::optional<Error> trapped() const;
  Error why_it_ended() const;

  std::shared_ptr<Device> device_;
  std::shared_ptr<Resources> resources_; // shared with a persistent kernel
  const CrewPlan plan_;
  std::uint32_t crew_ = 0;
  std::uint32_t supervisor_ = 0;
  std::uint32_t blocks_ = 0; // address of slot 0's control block
  std::uint32_t ready_ = 0;  // address of the ready bits
  std::uint32_t budget_ = 0;
  std::uint32_t lease_ = 0;
  std::uint32_t no_slot_ = 0;
  std::vector<LaunchArg> args_;      // as the kernel's parameters
  std::vector<int> first_and_count_; // which of these are `first` and `count`
  std::unique_ptr<RunningKernel> kernel_;
  std::vector<std::atomic<std::uint32_t>> running_; // bits of slots that a thread runs
  std::vector<std::uint32_t> processed_;            // by slot, when it was last looked at
  std::atomic<std::uint32_t> cursor_ = 0;
  std::atomic<bool> stopped_ = false;

  std::mutex mutex_;
  std::vector<std::uint32_t> free_slots_;               // guarded by mutex_; ascending from the end
  std::vector<std::vector<std::uint32_t>> free_states_; // guarded by mutex_; by type - 1
  std::optional<Error> failure_;                        // guarded by mutex_
  std::atomic<bool> has_failed_ = false;
};

} // namespace ring::runtime
