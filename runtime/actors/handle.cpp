#include <ring/actor.h>

#include "actors/actor_system.h"
#include "actors/describe.h"
#include "actors/incoming.h"
#include "actors/life_cycle.h"
#include "actors/outgoing.h"

namespace ring {

using runtime::Deadline;
using runtime::Step;

namespace {

/// The arena is this thread's for the length of a call.
protocol::Attached attach(const runtime::ActorRecord& record) {
  return protocol::Attached(record.system->words());
}

} // namespace

RawActorHandle::RawActorHandle(std::shared_ptr<const runtime::Instances> instances,
                               std::uint32_t index, bool is_whole)
    : instances_(std::move(instances)), index_(index), is_whole_(is_whole) {}

runtime::ActorRecord& RawActorHandle::record() const {
  if (!instances_)
    throw Error(ErrorCode::invalid_argument, "this handle names no actor; launch() makes one");
  return *(*instances_)[index_];
}

const std::string& RawActorHandle::name() const { return record().name; }
Schedule RawActorHandle::schedule() const { return record().crew->plan().schedule; }
const ActorImage& RawActorHandle::image() const { return record().actor; }
std::uint32_t RawActorHandle::address() const { return record().address(); }

ActorState RawActorHandle::state() const {
  const auto attached = attach(record());
  return phase_of(record());
}

abi::ControlBlock RawActorHandle::status() const {
  const auto attached = attach(record());
  return status_of(record());
}

ActorMetrics RawActorHandle::metrics() const {
  const auto attached = attach(record());
  return metrics_of(record());
}

std::vector<DeadLetter> RawActorHandle::dead_letters() {
  const auto attached = attach(record());
  return runtime::dead_letters(record());
}

std::uint32_t RawActorHandle::instances() const {
  return instances_ ? static_cast<std::uint32_t>(instances_->size()) : 0;
}

RawActorHandle RawActorHandle::instance(std::uint32_t index) const {
  if (index >= instances())
    throw Error(ErrorCode::invalid_argument,
                "instance " + std::to_string(index) + " of " + std::to_string(instances()));
  return RawActorHandle(instances_, index, false);
}

namespace {

Status take_step(const runtime::Instances& all, std::uint32_t index, bool is_whole, Step step,
                 std::chrono::microseconds timeout) {
  const auto attached = attach(*all[index]);
  const Deadline deadline(timeout);
  if (is_whole) return take(all, step, deadline);
  return take({all[index]}, step, deadline);
}

} // namespace

Status RawActorHandle::try_activate(std::chrono::microseconds timeout) {
  record();
  return take_step(*instances_, index_, is_whole_, Step::activate, timeout);
}
Status RawActorHandle::try_suspend(std::chrono::microseconds timeout) {
  record();
  return take_step(*instances_, index_, is_whole_, Step::suspend, timeout);
}
Status RawActorHandle::try_resume(std::chrono::microseconds timeout) {
  record();
  return take_step(*instances_, index_, is_whole_, Step::resume, timeout);
}
Status RawActorHandle::try_restart(std::chrono::microseconds timeout) {
  record();
  return take_step(*instances_, index_, is_whole_, Step::restart, timeout);
}
Status RawActorHandle::try_terminate(Terminate how, std::chrono::microseconds timeout) {
  record();
  return take_step(*instances_, index_, is_whole_,
                   how == Terminate::drain ? Step::drain : Step::terminate, timeout);
}
void RawActorHandle::activate(std::chrono::microseconds timeout) { try_activate(timeout).value(); }
void RawActorHandle::suspend(std::chrono::microseconds timeout) { try_suspend(timeout).value(); }
void RawActorHandle::resume(std::chrono::microseconds timeout) { try_resume(timeout).value(); }
void RawActorHandle::restart(std::chrono::microseconds timeout) { try_restart(timeout).value(); }
void RawActorHandle::terminate(Terminate how, std::chrono::microseconds timeout) {
  try_terminate(how, timeout).value();
}

Status RawActorHandle::try_send_raw(std::uint32_t type, std::span<const std::byte> payload,
                                    const SendOptions& options, std::chrono::microseconds timeout) {
  runtime::ActorRecord& to = record();
  if (Status s = runtime::check_type(to, type, payload.size()); !s) return s;
  const auto attached = attach(to);
  return runtime::send(to, {type, payload, options, 0}, timeout.count() > 0, Deadline(timeout));
}

Status RawActorHandle::send_all(std::uint32_t type, std::size_t size,
                                std::span<const std::byte> messages, const SendOptions& options,
                                std::chrono::microseconds timeout) {
  runtime::ActorRecord& to = record();
  if (Status s = runtime::check_type(to, type, size); !s) return s;
  const auto attached = attach(to);
  const Deadline deadline(timeout);
  const std::size_t count = messages.size() / size;
  for (std::size_t i = 0; i < count; ++i) {
    const Status s = runtime::send(to, {type, messages.subspan(i * size, size), options, 0},
                                   timeout.count() > 0, deadline, false);
    if (s) continue;
    runtime::notify(to);
    return Error(s.error().code(), std::to_string(i) + " of " + std::to_string(count) +
                                       " messages were sent; " + s.error().what());
  }
  if (count != 0) runtime::notify(to);
  return Success{};
}

Result<RawMessage> RawActorHandle::try_receive_raw(std::chrono::microseconds timeout,
                                                   std::span<const std::uint32_t> types) {
  const auto attached = attach(record());
  return runtime::receive(record(), types, Deadline(timeout));
}

Result<std::shared_ptr<runtime::CallState>>
RawActorHandle::start_call(std::uint32_t type, std::span<const std::byte> payload,
                           const SendOptions& options) {
  runtime::ActorRecord& to = record();
  if (Status s = runtime::check_type(to, type, payload.size()); !s) return s.error();
  const auto attached = attach(to);
  auto call = runtime::begin_call((*instances_)[index_]);
  const Status s =
      runtime::send(to, {type, payload, options, call->correlation}, true, Deadline(kActorTimeout));
  if (s) return call;
  to.system->calls().remove(*call);
  return s.error();
}

RawCall::RawCall(std::shared_ptr<runtime::CallState> state) : state_(std::move(state)) {}
RawCall::RawCall(RawCall&&) noexcept = default;
RawCall& RawCall::operator=(RawCall&& other) noexcept {
  std::swap(state_, other.state_);
  return *this;
}
RawCall::~RawCall() {
  if (state_) state_->system->calls().remove(*state_);
}

bool RawCall::is_ready() {
  const protocol::Attached attached(state_->system->words());
  return runtime::has_answer(*state_);
}

Result<RawMessage> RawCall::try_get(std::chrono::microseconds timeout) {
  const protocol::Attached attached(state_->system->words());
  return runtime::await(*state_, Deadline(timeout));
}

namespace detail {

Error wrong_reply(const RawMessage& message) {
  return Error(ErrorCode::wrong_message, "the actor answered with a message of type " +
                                             std::to_string(message.type) +
                                             ", which is none of those that were waited for");
}

} // namespace detail
} // namespace ring
