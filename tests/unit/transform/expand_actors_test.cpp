#include "ir/transform/expand_actors.h"

#include "tests/unit/transform/pass_test.h"

namespace ring::ir::transform {
namespace {

const std::string kHead = "module \"bank\"\nfile 0 \"bank.cpp\"\n";

const std::string kContext = R"(
struct Context size 12 align 4 cpp "ring::Context" {
  self_: u32 @0
  slot_: u32 @4
  event_: u32 @8
}

struct Round size 8 align 4 cpp "ring::protocol::Round" {
  actor: u32 @0
  is_over: u32 @4
}
)";

const std::string kLedger = R"(
struct Ledger size 1024 align 4 {
  balance: array<f32, 256> @0
}
)";

const std::string kWords = R"(
bound @words: span<u32, read_write>
)";

/// A protocol as small as its callers allow.
const std::string kProtocol = R"(
function word(%at: u32) -> u32 cpp "ring::protocol::detail::word" {
  return load(@words[%at])
}

function attach(%crew: u32, %low: u32, %high: u32) -> bool cpp "ring::protocol::attach" {
  return @word(%crew) == %low && @word(%crew + 1) == %high
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

function begin_rounds(%crew: u32, %lease: u32, %block: u32, %blocks: u32) -> Round effects cpp "ring::protocol::begin_rounds" {
  store @words[%crew], %lease
  return Round{%block, %blocks}
}

function advance(%round: Round) -> Round effects cpp "ring::protocol::advance" {
  store @words[%round.actor], 0
  return %round
}

function is_over(%round: Round) -> bool cpp "ring::protocol::is_over" {
  return %round.is_over != 0
}

function actor_to_run(%round: Round) -> u32 cpp "ring::protocol::actor_to_run" {
  return %round.actor
}
)";

const std::string kLibrary =
    "module \"library\"\nfile 0 \"library.h\"\n" + kContext + kWords + kProtocol;

/// What a ring kernel becomes is the same function without its facts.
const std::string kHandler = R"({
  if (%event == 16) {
    store %state.balance[%message], 1.0
    return true
  }
  return false
}
)";
const std::string kLedgerActor = R"(
kernel ring Ledger(%context: ref<Context, generic, read_write>, %state: ref<Ledger, generic, read_write>, %event: u32, %message: u32) -> bool
    actor "ledger" scope serial mailbox 1024
    state Ledger
    receives Context 0x00000010
    effects )" + kHandler;
const std::string kLedgerFunction = R"(
function Ledger(%context: ref<Context, generic, read_write>, %state: ref<Ledger, generic, read_write>, %event: u32, %message: u32) -> bool effects )" +
                                    kHandler;

const std::string kEchoBody = R"({
  return %event != 2
}
)";
const std::string kEchoActor = R"(
kernel ring echo(%context: ref<Context, generic, read_write>, %event: u32, %message: u32) -> bool
    actor "echo" scope serial mailbox 16
    receives Context 0x00000010
)" + kEchoBody;
const std::string kEchoFunction = R"(
function echo(%context: ref<Context, generic, read_write>, %event: u32, %message: u32) -> bool )" +
                                  kEchoBody;

/// An actor as the function that runs slices calls it.
struct Handler {
  std::string name;
  std::string states; // the bound span of its states, if it has any
};

/// The function that runs a slice of any of them; `handlers` in the order of their types.
std::string run(const std::vector<Handler>& handlers) {
  std::string text = R"(
function bank_run(%self: u32, %budget: u32) effects {
  let %type: u32 = @type_of(%self)
  if (%type == 0) {
    eval @supervise(%self, %budget)
    return
  }
  let %begin_slice_result: bool = @begin_slice(%self)
  if (!%begin_slice_result) {
    return
  }
  var %turn: u32 = 0
  loop while (load(%turn) < %budget) {
    let %next_result: Context = @next(%self)
    var %context: Context = %next_result
    let %event: u32 = @event_of(load(%context))
    if (%event == kNone#0) {
      break
    }
    let %message: u32 = @message_of(load(%context))
    var %handled: bool = false
    switch (%type) {
)";
  for (std::size_t i = 0; i < handlers.size(); ++i) {
    const auto& [name, states] = handlers[i];
    text += "      case kTypeOf" + name + "#" + std::to_string(i + 1) + " {\n        let %" + name +
            "_result: bool = @" + name + "(convert<ref<Context, generic, read_write>>(%context)";
    if (!states.empty())
      text += ", convert<ref<Ledger, generic, read_write>>(@" + states + "[@state_of(%self)])";
    text += ", %event, %message)\n        store %handled, %" + name + "_result\n      }\n";
  }
  return text + R"(    }
    eval @finish(load(%context), load(%handled))
  } continuing {
    store %turn, load(%turn) + 1
  }
  eval @end_slice(%self)
}
)";
}

std::string kernels(const std::string& spans) {
  const auto head = [&](const std::string& name, const std::string& params) {
    return "\nkernel global " + name + "(" + spans + ", %crew: u32, " + params +
           ") block(1, 1, 1) effects {\n  if (!@attach(%crew, kLayoutHashLow#7, "
           "kLayoutHashHigh#5)) {\n    return\n  }\n";
  };
  return head("bank_bounded", "%first: u32, %count: u32, %budget: u32") +
         R"(  let %end: u32 = %first + %count
  var %slot: u32 = %first + block_id.x
  loop while (load(%slot) < %end) {
    let %self: u32 = @actor_at(%crew, load(%slot))
    if (%self != 0) {
      eval @bank_run(%self, %budget)
    }
  } continuing {
    store %slot, load(%slot) + grid_dim.x
  }
}
)" + head("bank_persistent", "%budget: u32, %lease: u32") +
         R"(  let %begin_rounds_result: Round = @begin_rounds(%crew, %lease, block_id.x, grid_dim.x)
  var %round: Round = %begin_rounds_result
  loop {
    let %advance_result: Round = @advance(load(%round))
    store %round, %advance_result
    if (@is_over(load(%round))) {
      break
    }
    let %self: u32 = @actor_to_run(load(%round))
    if (%self != 0) {
      eval @bank_run(%self, %budget)
    }
  }
}
)";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != text.npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

const std::string kWordsParam = "%words: span<u32, read_write>";

Status expand(Module& module) {
  const Result<Module> library = parse(kLibrary, "library.rir");
  if (!library) return library.diagnostics();
  return expand_actors(module, {.library = *library, .layout_hash = 0x0000000500000007});
}

TEST(ExpandActors, LeavesAModuleWithoutActors) {
  const std::string text = kHead + R"(
kernel global bank_bounded(%x: span<f32, read_write>) block(64, 1, 1) effects {
  store %x[0], 1.0
}
)";
  expect_pass(text, text, expand);
}

TEST(ExpandActors, RunsAnActorWithState) {
  expect_pass(kHead + kContext + kLedger + kLedgerActor,
              kHead + kContext + kLedger + "\nbound @words: span<u32, read_write>\n" +
                  "bound @Ledger_states: span<Ledger, read_write>\n" + kLedgerFunction + kProtocol +
                  run({{"Ledger", "Ledger_states"}}) +
                  kernels(kWordsParam + ", %Ledger_states: span<Ledger, read_write>"),
              expand);
}

TEST(ExpandActors, RunsSeveralActorsByTheirTypes) {
  const std::string global = R"(
kernel global fill(%x: span<f32, read_write>) block(64, 1, 1) effects {
  store %x[global_id.x], 1.0
}
)";
  expect_pass(kHead + kContext + kLedger + kEchoActor + global + kLedgerActor,
              kHead + kContext + kLedger + "\nbound @words: span<u32, read_write>\n" +
                  "bound @Ledger_states: span<Ledger, read_write>\n" + kEchoFunction + global +
                  kLedgerFunction + kProtocol + run({{"echo", ""}, {"Ledger", "Ledger_states"}}) +
                  kernels(kWordsParam + ", %Ledger_states: span<Ledger, read_write>"),
              expand);
}

TEST(ExpandActors, GivesTheKernelsTheSpansOfEachActor) {
  const std::string globals = R"(
bound @PageRank_row: span<u32, read>
bound @PageRank_rank: span<f32, read_write>
bound @words: span<u32, read_write>
)";
  const std::string params =
      R"((%context: ref<Context, generic, read_write>, %event: u32, %message: u32) -> bool)";
  const std::string body = R"( effects {
  store @PageRank_rank[0], convert<f32>(load(@PageRank_row[%message]))
  return true
}
)";
  expect_pass(kHead + kContext + globals + "\nkernel ring PageRank" + params + R"(
    actor "PageRank" scope serial mailbox 16
    receives Context 0x00000010
    value damping word 0: f32
    span row: @PageRank_row
    span rank: @PageRank_rank
)" + body,
              kHead + kContext + globals + "\nfunction PageRank" + params + body + kProtocol +
                  run({{"PageRank", ""}}) +
                  kernels(kWordsParam + ", %PageRank_row: span<u32, read>" +
                          ", %PageRank_rank: span<f32, read_write>"),
              expand);
}

/// A handler that replies has the protocol's functions in its own module already.
TEST(ExpandActors, UsesWhatTheModuleHasOfTheProtocol) {
  const std::string word = R"(
function at(%at: u32) -> u32 cpp "ring::protocol::detail::word" {
  return load(@words[%at])
}
)";
  const std::string body = R"({
  return @at(%message) == 7
}
)";
  const std::string protocol =
      replaced(kProtocol.substr(kProtocol.find("\nfunction attach")), "@word(", "@at(");
  const auto with_body = [&](const std::string& handler) {
    return handler.substr(0, handler.find("{\n  return")) + body;
  };
  expect_pass(kHead + kContext + kWords + word + with_body(kEchoActor),
              kHead + kContext + kWords + word + with_body(kEchoFunction) + protocol +
                  run({{"echo", ""}}) + kernels(kWordsParam),
              expand);
}

/// Names that the user has taken; and a function that has a protocol function's C++ name, but other
/// types, is no reason to call it.
TEST(ExpandActors, GivesWayToTheUsersNames) {
  const std::string users = R"(
function bank_run(%x: u32) -> u32 {
  return %x
}

function next(%x: f32) -> u32 cpp "ring::protocol::detail::word" {
  return 1
}
)";
  std::string made = kProtocol + run({{"echo", ""}}) + kernels(kWordsParam);
  for (const std::string name : {"bank_run", "next"}) {
    made = replaced(made, "function " + name + "(", "function " + name + "_1(");
    made = replaced(made, "@" + name + "(", "@" + name + "_1(");
    made = replaced(made, "%" + name + "_result", "%" + name + "_1_result");
  }
  expect_pass(kHead + kContext + users + kEchoActor,
              kHead + kContext + kWords + users + kEchoFunction + made, expand);
}

TEST(ExpandActors, RefusesAFunctionWithAKernelsName) {
  const std::string result = run_pass(kHead + kContext + R"(
function bank_persistent(%x: u32) -> u32 !3:5 {
  return %x
}
)" + kEchoActor,
                                      expand);
  EXPECT_EQ(result, "3:5: 'bank_persistent' is the name of the kernel that runs the actors of this "
                    "module until they are told to stop; rename this function or the file "
                    "[RC2201]\n");
}

/// The library with what blocks of several lanes ask for: each function again, as group_ and its
/// name.
std::string group_library() {
  std::string protocol = kProtocol;
  for (const char* name : {"attach", "begin_slice", "next", "finish", "end_slice", "supervise",
                           "actor_at", "begin_rounds", "advance", "is_over", "actor_to_run"}) {
    protocol = replaced(protocol, "function " + std::string(name) + "(",
                        "function group_" + std::string(name) + "(");
    protocol = replaced(protocol, "protocol::" + std::string(name) + "\"",
                        "protocol::group_" + std::string(name) + "\"");
  }
  for (const char* name : {"word", "event_of", "message_of", "type_of", "state_of"}) {
    const std::size_t begin = protocol.find("function " + std::string(name) + "(");
    protocol.erase(begin, protocol.find("\n}\n", begin) + 3 - begin);
  }
  return kLibrary + protocol + R"(
function leads() -> bool cpp "ring::protocol::leads" {
  return thread_id.x == 0
}

function lane_context(%c: Context) -> Context cpp "ring::protocol::lane_context" {
  return Context{%c.self_, thread_id.x, %c.event_}
}

function lane_finish(%c: Context, %handled: bool) effects cpp "ring::protocol::lane_finish" {
  store @words[%c.slot_], convert<u32>(%handled)
}
)";
}

// Lane 0 runs a serial actor's handler, all lanes that of a block, and each lane of a parallel
// actor has a context of its own.
TEST(ExpandActors, RunsHandlersByTheLanesOfTheirScope) {
  const std::string block =
      replaced(replaced(kEchoActor, "scope serial", "scope block lanes 64"), "echo", "team");
  const std::string parallel =
      replaced(replaced(kEchoActor, "scope serial", "scope parallel lanes 64"), "echo", "crowd");
  const std::string library = group_library();
  const std::string text =
      run_pass(kHead + kContext + kEchoActor + block + parallel, [&](Module& module) -> Status {
        const Result<Module> linked = parse(library, "library.rir");
        if (!linked) return linked.diagnostics();
        return expand_actors(module, {.library = *linked, .layout_hash = 0x0000000500000007});
      });
  const std::string call = "(convert<ref<Context, generic, read_write>>(%context";
  const std::size_t begin = text.find("function bank_run");
  ASSERT_NE(begin, text.npos) << text;
  EXPECT_EQ(text.substr(begin, text.find("\n}\n", begin) + 3 - begin),
            R"(function bank_run(%self: u32, %budget: u32) effects {
  let %type: u32 = @type_of(%self)
  if (%type == 0) {
    eval @group_supervise(%self, %budget)
    return
  }
  let %group_begin_slice_result: bool = @group_begin_slice(%self)
  if (!%group_begin_slice_result) {
    return
  }
  var %turn: u32 = 0
  loop while (load(%turn) < %budget) {
    let %group_next_result: Context = @group_next(%self)
    var %context: Context = %group_next_result
    let %event: u32 = @event_of(load(%context))
    if (%event == kNone#0) {
      break
    }
    let %message: u32 = @message_of(load(%context))
    var %handled: bool = false
    switch (%type) {
      case kTypeOfecho#1 {
        if (@leads()) {
          let %echo_result: bool = @echo)" +
                call + R"(), %event, %message)
          store %handled, %echo_result
        }
      }
      case kTypeOfteam#2 {
        let %team_result: bool = @team)" +
                call + R"(), %event, %message)
        store %handled, %team_result
      }
      case kTypeOfcrowd#3 {
        var %own: Context = @lane_context(load(%context))
        let %event.2: u32 = @event_of(load(%own))
        let %message.2: u32 = @message_of(load(%own))
        if (%event.2 != kNone#0) {
          let %crowd_result: bool = @crowd(convert<ref<Context, generic, read_write>>(%own), %event.2, %message.2)
          store %handled, %crowd_result
          eval @lane_finish(load(%own), load(%handled))
        }
      }
    }
    eval @group_finish(load(%context), load(%handled))
  } continuing {
    store %turn, load(%turn) + 1
  }
  eval @group_end_slice(%self)
}
)");
  EXPECT_NE(text.find("%budget: u32) block(64, 1, 1) effects"), text.npos) << text;
}

TEST(ExpandActors, SaysWhatTheLibraryLacks) {
  const auto with = [](const std::string& from, const std::string& to) {
    return [=](Module& module) -> Status {
      std::string text = kLibrary;
      text.replace(text.find(from), from.size(), to);
      const Result<Module> library = parse(text, "library.rir");
      if (!library) return library.diagnostics();
      return expand_actors(module, {.library = *library, .layout_hash = 0x0000000500000007});
    };
  };
  const std::string module = kHead + kContext + kEchoActor;
  EXPECT_EQ(run_pass(module, with("protocol::type_of", "protocol::kind_of")),
            "0:0: internal error: expand-actors: the device library's 'ring::protocol::type_of' is "
            "missing [RC2901]\n");
  EXPECT_EQ(run_pass(module, with("type_of(%self: u32)", "type_of(%self: u32, %more: u32)")),
            "0:0: internal error: expand-actors: the device library's 'ring::protocol::type_of' "
            "has another signature [RC2901]\n");
}

} // namespace
} // namespace ring::ir::transform
