// One launch of actors, from options to a crew that runs them. Everything is checked, found and
// allocated before the first of them begins; if something fails, nothing has happened.
#pragma once

#include "actors/actor_system.h"
#include "actors/waiting.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace ring::runtime {

class Launcher {
public:
  /// The caller has the system's launch_mutex_.
  Launcher(ActorSystem& system, std::span<const RawLaunch> launches)
      : system_(system), launches_(launches) {}

  Result<std::vector<std::shared_ptr<const Instances>>> run();

private:
  /// One of the launches.
  struct Planned {
    const RawLaunch* launch = nullptr;
    const KernelImage* kernel = nullptr;
    Schedule schedule = Schedule::bounded;
    std::uint32_t mailbox = 0, replies = 0, outbox = 0; // messages
    std::uint32_t mailbox_words = 0, other_words = 0;   // of a slot
    std::vector<CrewSpan> spans;                        // by parameter
    std::size_t crew = 0;                               // index into crews_
    Instances records;

    std::uint64_t stage_words() const;
    std::uint64_t words() const; // of one actor
  };
  struct PlannedCrew {
    CrewPlan plan;
    std::uint32_t actors = 0;
    std::shared_ptr<Crew> crew;
  };

  Status check(Planned& planned) const;
  Status check_options(Planned& planned) const;
  Status check_arguments(Planned& planned) const;
  Status choose_schedule(Planned& planned) const;
  Status check_names();
  void plan_crews();
  void join_running();
  Status make_memory();
  Status place();
  Result<std::shared_ptr<ActorRecord>> place_one(Planned& planned, std::string name);
  void write_block(const Planned& planned, ActorRecord& record, std::uint32_t at) const;
  Status bind_routes();
  Result<std::shared_ptr<ActorRecord>> find_target(const ActorRecord& from,
                                                   const RouteBinding& binding) const;
  void enter_names();
  void leave_names();
  Status begin();

  ActorSystem& system_;
  std::span<const RawLaunch> launches_;
  std::vector<Planned> planned_;
  std::vector<PlannedCrew> crews_;
};

} // namespace ring::runtime
