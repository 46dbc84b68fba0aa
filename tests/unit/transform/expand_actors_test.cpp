#include "ir/transform/expand_actors.h"

#include "tests/unit/transform/pass_test.h"

namespace ring::ir::transform {
namespace {

const std::string kHead = "module \"bank\"\nfile 0 \"bank.cpp\"\n";

/// A protocol as small as its callers allow.
constexpr std::string_view kLibrary = R"(module "library"
file 0 "library.h"

struct Context size 12 align 4 cpp "ring::Context" {
  self_: u32 @0
  slot_: u32 @4
  event_: u32 @8
}

bound @words: span<u32, read_write>

function word(%at: u32) -> u32 cpp "ring::protocol::detail::word" {
  return load(@words[%at])
}

function begin_slice(%self: u32) -> bool effects cpp "ring::protocol::begin_slice" {
  return @word(%self) != 0
}

function next(%self: u32) -> Context effects cpp "ring::protocol::next" {
  return Context{%self, 1, @word(%self + 1)}
}

function event_of(%context: Context) -> u32 cpp "ring::protocol::event_of" {
  return %context.event_
}

function message_of(%context: Context) -> u32 cpp "ring::protocol::message_of" {
  return %context.slot_
}

function finish(%context: Context, %handled: bool) effects cpp "ring::protocol::finish" {
  store @words[%context.self_], convert<u32>(%handled)
}

function end_slice(%self: u32) effects cpp "ring::protocol::end_slice" {
  store @words[%self], 0
}

function supervise(%self: u32, %budget: u32) effects cpp "ring::protocol::supervise" {
  store @words[%self], %budget
}

function type_of(%self: u32) -> u32 cpp "ring::protocol::type_of" {
  return @word(%self + 2)
}

function state_of(%self: u32) -> u32 cpp "ring::protocol::state_of" {
  return @word(%self + 3)
}

function actor_at(%crew: u32, %slot: u32) -> u32 cpp "ring::protocol::actor_at" {
  return @word(%crew + %slot)
}

function groups_of(%crew: u32) -> u32 cpp "ring::protocol::groups_of" {
  return @word(%crew)
}

function take_ready(%crew: u32, %group: u32) -> u32 effects cpp "ring::protocol::take_ready" {
  let %ready: u32 = atomic_exchange(@words[%crew + %group], 0)
  return %ready
}

function should_stop(%crew: u32) -> bool cpp "ring::protocol::should_stop" {
  return @word(%crew + 1) != 0
}

function stopped(%crew: u32) effects cpp "ring::protocol::stopped" {
  store @words[%crew], 1
}

function idle(%crew: u32, %turns: u32) effects cpp "ring::protocol::idle" {
  eval relax(%turns)
}
)";
