#include "ir/transform/expand_actors.h"

#include "ir/builder.h"
#include "ir/transform/actor_protocol.h"
#include "ir/transform/link_library.h"
#include "ir/transform/single_lane.h"
#include "ir/unique_name.h"

#include <algorithm>
#include <functional>
#include <vector>

namespace ring::ir::transform {
namespace {

struct Actor {
  Function* handler = nullptr; // handles one event
  RingKernel kind;
  Global* states = nullptr; // null without a state
};

class ActorExpansion {
public:
  ActorExpansion(Module& module, const ExpandActorsConfig& config)
      : module_(module), builder_(module), config_(config),
        linker_(module, config.library, LibraryLinker::Present::reuse) {}

  Status run() {
    collect();
    if (actors_.empty()) return Success{};
    if (Diagnostics taken = taken_names(); !taken.empty()) return taken;
    Result<ActorProtocol> protocol = ActorProtocol::link(module_, linker_, lanes_ > 1);
    if (!protocol) return protocol.diagnostics();
    protocol_ = std::move(*protocol);
    run_on_single_lane(module_, serial_handlers());
    for (Actor& actor : actors_)
      add_states(actor);
    add_run();
    collect_spans();
    add_bounded();
    add_persistent();
    linker_.finish();
    return Success{};
  }

private:
  void collect() {
    for (Function& function : module_.functions) {
      if (!function.kernel) continue;
      auto* kind = std::get_if<RingKernel>(&function.kernel->kind);
      if (!kind) continue;
      lanes_ = std::max(lanes_, kind->lanes);
      actors_.push_back({&function, std::move(*kind), nullptr});
      function.kernel.reset();
    }
  }

  std::vector<Function*> serial_handlers() const {
    std::vector<Function*> handlers;
    for (const Actor& actor : actors_)
      if (actor.kind.scope == RingScope::serial) handlers.push_back(actor.handler);
    return handlers;
  }

  Diagnostics taken_names() const {
    Diagnostics problems;
    const auto check = [&](const std::string& name, const std::string& what) {
      const Function* function = module_.find_function(name);
      if (!function) return;
      problems.push_back(error(DiagnosticId::kernel_name_taken, function->loc,
                               "'" + name +
                                   "' is the name of the kernel that runs the actors of "
                                   "this module " +
                                   what + "; rename this function or the file"));
    };
    check(bounded_kernel_name(module_), "in slices");
    check(persistent_kernel_name(module_), "until they are told to stop");
    return problems;
  }

  // Calls of the protocol.

  Expr* call(std::string_view name, std::vector<Expr*> arguments) {
    return protocol_.call(builder_, name, std::move(arguments));
  }
  /// The result for use in the next statement; named as the front end names one.
  Expr* result_of(std::string_view name, std::vector<Expr*> arguments) {
    Expr* value = call(name, std::move(arguments));
    const Function& callee = *value->as<Call>()->callee;
    if (!callee.has_side_effects) return value;
    return ref(builder_.let(callee.name + "_result", value));
  }
  void eval_call(std::string_view callee, std::vector<Expr*> arguments) {
    builder_.eval(call(callee, std::move(arguments)));
  }

  // Building blocks.

  Expr* ref(Local* local) { return builder_.ref(local); }
  Expr* load(Local* var) { return builder_.load(builder_.ref(var)); }
  Expr* zero() { return builder_.u32(0); }
  Expr* no_event() { return builder_.u32(0, "kNone"); }
  Expr* equal(Expr* a, Expr* b) { return builder_.binary(BinaryOp::eq, a, b); }
  Expr* differ(Expr* a, Expr* b) { return builder_.binary(BinaryOp::ne, a, b); }
  Expr* less(Expr* a, Expr* b) { return builder_.binary(BinaryOp::lt, a, b); }
  Expr* id_x(intrinsics::Id id) { return builder_.intrinsic(module_.types.u32(), id, {zero()}); }

  /// Writes into another block, then goes on where it was.
  void within(Block& block, const std::function<void()>& write) {
    Block* outer = builder_.block();
    builder_.set_block(&block);
    write();
    builder_.set_block(outer);
  }
  /// for (var name = begin; name < end; name += step) body
  void count(const std::string& name, Expr* begin, const std::function<Expr*()>& end,
             const std::function<Expr*()>& step, const std::function<void(Local*)>& body) {
    Local* at = builder_.var(name, module_.types.u32(), begin);
    Loop* loop = builder_.loop(less(load(at), end()));
    within(loop->body, [&] { body(at); });
    within(loop->continuing, [&] { builder_.store(ref(at), builder_.add(load(at), step())); });
  }

  Function& add_function(const std::string& name) {
    Function& function = module_.functions.emplace_back();
    function.name = name;
    function.cpp_name = name;
    function.result = module_.types.void_type();
    function.loc = actors_.front().handler->loc; // its statements are nobody's, and have none
    function.has_side_effects = true;
    builder_.set_block(&function.body);
    return function;
  }
  Local* add_param(Function& function, const std::string& name, TypePtr type) {
    return function.params.emplace_back(
        module_.local(Local::Kind::param, name, type, function.loc));
  }
  Local* add_param(Function& function, const std::string& name) {
    return add_param(function, name, module_.types.u32());
  }

  // What is made.

  void add_states(Actor& actor) {
    if (!actor.kind.state) return;
    const std::string name = unique_name(module_.globals, actor.handler->name + "_states");
    Global& states = module_.globals.emplace_back();
    states.name = name;
    states.type = module_.types.span(module_.types.structure(actor.kind.state), Access::read_write);
    states.space = AddressSpace::launch;
    states.loc = actor.handler->loc;
    actor.states = &states;
  }

  /// A slice of whatever is at an address: of the supervisor, or of an actor. What all types share
  /// is written once, because drivers inline it all into the kernels.
  void add_run() {
    run_ = &add_function(unique_name(module_.functions, module_.name + "_run"));
    Local* self = add_param(*run_, "self");
    Local* budget = add_param(*run_, "budget");
    Local* type = builder_.let("type", call("type_of", {ref(self)}));
    within(builder_.if_(equal(ref(type), zero()))->then_block, [&] {
      eval_call("supervise", {ref(self), ref(budget)});
      builder_.return_();
    });
    Expr* runs = result_of("begin_slice", {ref(self)});
    within(builder_.if_(builder_.unary(UnaryOp::logical_not, runs))->then_block,
           [&] { builder_.return_(); });
    count(
        "turn", zero(), [&] { return ref(budget); }, [&] { return builder_.u32(1); },
        [&](Local*) { add_turn(self, type); });
    eval_call("end_slice", {ref(self)});
  }

  /// Takes one event and has it handled by the actor of that type.
  void add_turn(Local* self, Local* type) {
    Expr* taken = result_of("next", {ref(self)});
    const Event event = add_event("context", taken, [&](Local* id) {
      within(builder_.if_(equal(ref(id), no_event()))->then_block, [&] { builder_.break_(); });
    });
    Local* handled = builder_.var("handled", module_.types.boolean(), builder_.boolean(false));
    auto* choice = builder_.append(Switch{ref(type), {}})->as<Switch>();
    choice->cases.resize(actors_.size());
    for (std::size_t i = 0; i < actors_.size(); ++i) {
      Switch::Case& one = choice->cases[i];
      one.values = {Literal{std::uint64_t{i + 1}, "kTypeOf" + actors_[i].handler->name}};
      within(one.body, [&] { add_handler(actors_[i], self, event, handled); });
    }
    eval_call("finish", {load(event.context), load(handled)});
  }

  struct Event {
    Local* context;
    Local* id;
    Local* message;
  };
  /// `then` is written between the event's id and its message.
  Event add_event(const std::string& name, Expr* taken,
                  const std::function<void(Local*)>& then = {}) {
    Local* context = builder_.var(name, taken->type, taken);
    Local* id = builder_.let("event", call("event_of", {load(context)}));
    if (then) then(id);
    return {context, id, builder_.let("message", call("message_of", {load(context)}))};
  }

  /// The handler, by the lanes that its scope names.
  void add_handler(const Actor& actor, Local* self, const Event& event, Local* handled) {
    const auto store_result = [&](const Event& of_lane) {
      Expr* call = handle(actor, self, of_lane);
      Local* result = builder_.let(actor.handler->name + "_result", call);
      builder_.store(ref(handled), ref(result));
    };
    if (actor.kind.scope == RingScope::parallel) {
      const Event own = add_event("own", result_of("lane_context", {load(event.context)}));
      within(builder_.if_(differ(ref(own.id), no_event()))->then_block, [&] {
        store_result(own);
        eval_call("lane_finish", {load(own.context), load(handled)});
      });
    } else if (actor.kind.scope == RingScope::serial && lanes_ > 1) {
      within(builder_.if_(call("leads", {}))->then_block, [&] { store_result(event); });
    } else {
      store_result(event);
    }
  }

  Expr* handle(const Actor& actor, Local* self, const Event& event) {
    std::vector<Expr*> arguments{ref(event.context)};
    if (actor.states) {
      Expr* state = result_of("state_of", {ref(self)});
      arguments.push_back(builder_.span_element(builder_.ref(actor.states), state));
    }
    arguments.push_back(ref(event.id));
    arguments.push_back(ref(event.message));
    const std::vector<Local*>& params = actor.handler->params;
    for (std::size_t i = 0; i < arguments.size(); ++i)
      arguments[i] = builder_.convert(params.at(i)->type, arguments[i]);
    return builder_.call(actor.handler, std::move(arguments));
  }

  /// The bound spans in the order in which the kernels take them: the arena, then for each actor
  /// its states and the spans of its launch.
  void collect_spans() {
    const auto add = [&](Global* global) {
      if (!global || std::find(spans_.begin(), spans_.end(), global) != spans_.end()) return;
      spans_.push_back(global);
    };
    for (Global& global : module_.globals) {
      if (global.space == AddressSpace::launch && global.name == "words") add(&global);
    }
    for (const Actor& actor : actors_) {
      add(actor.states);
      for (const RingKernel::Argument& argument : actor.kind.arguments)
        add(argument.bound);
    }
    for (Global& global : module_.globals) {
      if (global.space == AddressSpace::launch) add(&global);
    }
  }

  struct Launch {
    Function* kernel;
    Local* crew;
  };

  Launch add_kernel(const std::string& name) {
    Function& kernel = add_function(name);
    kernel.kernel = Kernel{GlobalKernel{{lanes_, 1, 1}}, {}};
    for (const Global* span : spans_)
      add_param(kernel, span->name, span->type);
    return {&kernel, add_param(kernel, "crew")};
  }

  /// The kernel goes no further if the host has other layouts.
  void add_attach(const Launch& launch) {
    const auto low = static_cast<std::uint32_t>(config_.layout_hash);
    const auto high = static_cast<std::uint32_t>(config_.layout_hash >> 32);
    Expr* agrees = result_of("attach", {ref(launch.crew), builder_.u32(low, "kLayoutHashLow"),
                                        builder_.u32(high, "kLayoutHashHigh")});
    within(builder_.if_(builder_.unary(UnaryOp::logical_not, agrees))->then_block,
           [&] { builder_.return_(); });
  }

  /// Runs an actor for a slice, if there is one at that address.
  void run(Expr* address, Local* budget) {
    Local* self = builder_.let("self", address);
    within(builder_.if_(differ(ref(self), zero()))->then_block,
           [&] { builder_.eval(builder_.call(run_, {ref(self), ref(budget)})); });
  }

  void add_bounded() {
    const Launch launch = add_kernel(bounded_kernel_name(module_));
    Local* first = add_param(*launch.kernel, "first");
    Local* slots = add_param(*launch.kernel, "count");
    Local* budget = add_param(*launch.kernel, "budget");
    add_attach(launch);
    Local* end = builder_.let("end", builder_.add(ref(first), ref(slots)));
    count(
        "slot", builder_.add(ref(first), id_x(intrinsics::Id::block_id)), [&] { return ref(end); },
        [&] { return id_x(intrinsics::Id::grid_dim); },
        [&](Local* slot) { run(call("actor_at", {ref(launch.crew), load(slot)}), budget); });
  }

  void add_persistent() {
    const Launch launch = add_kernel(persistent_kernel_name(module_));
    Local* budget = add_param(*launch.kernel, "budget");
    Local* lease = add_param(*launch.kernel, "lease");
    add_attach(launch);
    Expr* begin =
        result_of("begin_rounds", {ref(launch.crew), ref(lease), id_x(intrinsics::Id::block_id),
                                   id_x(intrinsics::Id::grid_dim)});
    Local* round = builder_.var("round", begin->type, begin);
    within(builder_.loop()->body, [&] {
      builder_.store(ref(round), result_of("advance", {load(round)}));
      within(builder_.if_(result_of("is_over", {load(round)}))->then_block,
             [&] { builder_.break_(); });
      run(call("actor_to_run", {load(round)}), budget);
    });
  }

  Module& module_;
  Builder builder_;
  const ExpandActorsConfig& config_;
  LibraryLinker linker_;
  ActorProtocol protocol_;
  std::vector<Actor> actors_;
  std::vector<Global*> spans_;
  Function* run_ = nullptr;
  std::uint32_t lanes_ = 1; // of a block
};

} // namespace

std::string bounded_kernel_name(const Module& module) { return module.name + "_bounded"; }
std::string persistent_kernel_name(const Module& module) { return module.name + "_persistent"; }

Status expand_actors(Module& module, const ExpandActorsConfig& config) {
  return ActorExpansion(module, config).run();
}

} // namespace ring::ir::transform
