#include "actors/record.h"

namespace ring::runtime {

Neighbours::~Neighbours() {
  const protocol::Attached attached(arena_->words());
  for (const Member& member : members_)
    member.crew->vacate(member.seat, member.at, member.count);
  members_.clear(); // and the crews that nobody else has, while the arena is attached
}

Neighbours* Neighbours::root(Neighbours* of) {
  while (of->parent_)
    of = of->parent_.get();
  return of;
}

void Neighbours::add(Member member) { root(this)->members_.push_back(std::move(member)); }

void Neighbours::join(const std::shared_ptr<Neighbours>& a, const std::shared_ptr<Neighbours>& b) {
  Neighbours* const from = root(a.get());
  std::shared_ptr<Neighbours> to = b;
  while (to->parent_)
    to = to->parent_;
  if (from == to.get()) return;
  for (Member& member : from->members_)
    to->members_.push_back(std::move(member));
  from->members_.clear();
  from->parent_ = std::move(to);
}

std::string actor_prefix(const ActorRecord& record) { return "actor '" + record.name + "': "; }

} // namespace ring::runtime
