// Actors. A RING_ACTOR struct or a RING_KERNEL function becomes one function that handles one
// event: a switch over the events of the protocol and the ids of the messages.
#include "frontend/actor_arguments.h"
#include "frontend/actor_handlers.h"
#include "frontend/annotations.h"
#include "frontend/instantiation.h"
#include "frontend/side_effects.h"
#include "frontend/type_facts.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"

namespace ring::frontend {
namespace {

using ir::DiagnosticId;

constexpr std::uint32_t kWarpLanes = 32;

/// The events of the protocol (actor_block.h); ids of messages are larger.
enum Event : std::uint64_t { kStart = 1, kEnd = 2, kIdle = 3 };
ir::Literal literal_of(Event event) {
  const char* name = event == kStart ? "kStart" : event == kEnd ? "kEnd" : "kIdle";
  return {std::uint64_t{event}, name};
}

class ActorLowering {
public:
  ActorLowering(ModuleLowering& module, const clang::NamedDecl* declaration,
                const clang::AnnotateAttr* annotation)
      : module_(module), declaration_(declaration), annotation_(annotation),
        name_(declaration->getNameAsString()), builder_(module.module()) {}

  void lower(const clang::CXXRecordDecl* actor);
  void lower(const clang::FunctionDecl* function);

private:
  void refuse(clang::SourceLocation where, std::string why) {
    module_.error(DiagnosticId::bad_actor, where, std::move(why));
  }

  // What stands in the source.
  void read_options();
  void check_lanes();

  // The function.
  void begin_kernel(clang::QualType context);
  void end_kernel();
  void construct_state(const clang::CXXRecordDecl* actor);
  void construct_by_first_lane(const clang::CXXRecordDecl* actor);
  void lower_start(const clang::CXXRecordDecl* actor, const clang::CXXMethodDecl* handler);
  void lower_arguments();
  /// A case of the switch; statements go there until the next.
  void begin_case(ir::Literal event, ir::Loc where);
  void end_case();
  void call_hook(const clang::CXXMethodDecl* handler);
  void lower_receivers(const std::vector<Receiver>& receivers);
  void call_receiver(const Receiver& receiver);
  ir::Expr* message_of(const Receiver& receiver, ir::TypePtr parameter);
  ir::Expr* payload(std::uint32_t word);
  ir::Expr* as(const ir::Local* parameter, ir::Expr* value) {
    return builder_.convert(parameter->type, value);
  }

  ModuleLowering& module_;
  const clang::NamedDecl* declaration_;
  const clang::AnnotateAttr* annotation_;
  std::string name_;
  ir::Builder builder_;
  ir::RingKernel ring_;
  std::vector<const clang::FieldDecl*> fields_; // of each of ring_.arguments

  ir::Function kernel_;
  ir::Local* context_ = nullptr;
  ir::Local* state_ = nullptr; // the parameter, or an object without fields; null for a function
  ir::Local* event_ = nullptr;
  ir::Local* message_ = nullptr;
  ir::Stmt* switch_ = nullptr;
};

void ActorLowering::read_options() {
  const auto options = actor_options_of(annotation_, module_.context());
  const auto refuse_option = [&](std::string why) {
    module_.error(DiagnosticId::bad_annotation, annotation_->getLocation(), std::move(why));
  };
  if (!options)
    return refuse_option("the options of an actor must be constants, its name a literal");
  if (options->mailbox == 0) {
    refuse(annotation_->getLocation(), "a mailbox of 0 messages takes none; the default is 1024");
  }
  ring_.scope = static_cast<ir::RingScope>(options->scope);
  ring_.lanes = ring_.scope == ir::RingScope::serial ? 1
                : ring_.scope == ir::RingScope::warp ? kWarpLanes
                                                     : options->block;
  check_lanes();
  if (options->full_envelope) {
    refuse_option("only ring::Envelope::compact is supported yet; leave .envelope out");
  }
  ring_.actor = options->name.empty() ? name_ : options->name;
  ring_.mailbox = options->mailbox;
  ring_.priorities = options->priorities;
}

void ActorLowering::check_lanes() {
  if (ring_.scope == ir::RingScope::serial) return;
  if (ring_.lanes < 2 || ring_.lanes > ir::kMaxBlockThreads) {
    refuse(annotation_->getLocation(), "a block of " + std::to_string(ring_.lanes) +
                                           " lanes; an actor that is not serial has 2 to " +
                                           std::to_string(ir::kMaxBlockThreads));
  }
  for (const ir::Function& function : module_.module().functions) {
    const ir::RingKernel* other = function.ring();
    if (!other || other->scope == ir::RingScope::serial || other->lanes == ring_.lanes) continue;
    refuse(
        annotation_->getLocation(),
        quoted(name_) + " has " + std::to_string(ring_.lanes) + " lanes, but " +
            quoted(function.name) + " has " + std::to_string(other->lanes) +
            ", and one kernel runs all actors of a file; give both the same .block (a warp has " +
            std::to_string(kWarpLanes) + "), or put one of them into another file");
    return;
  }
}

// --- The function --------------------------------------------------------------------------------

void ActorLowering::begin_kernel(clang::QualType context) {
  ir::TypeTable& types = builder_.types();
  kernel_.name = name_;
  kernel_.cpp_name = declaration_->getQualifiedNameAsString();
  kernel_.loc = module_.loc(declaration_->getLocation());
  kernel_.result = types.boolean();
  const auto parameter = [&](const char* name, ir::TypePtr type) {
    return kernel_.params.emplace_back(
        builder_.module().local(ir::Local::Kind::param, name, type, kernel_.loc));
  };
  builder_.set_block(&kernel_.body);
  builder_.set_loc(kernel_.loc);
  context_ =
      parameter("context", types.ref(module_.lower_type(context, declaration_->getLocation()),
                                     ir::AddressSpace::generic));
  if (ring_.state) {
    state_ = parameter("state", types.ref(types.structure(ring_.state), ir::AddressSpace::generic));
  }
  event_ = parameter("event", types.u32());
  message_ = parameter("message", types.u32());
}

void ActorLowering::end_kernel() {
  builder_.set_block(&kernel_.body);
  builder_.set_loc(kernel_.loc);
  builder_.return_(builder_.boolean(false));
  kernel_.has_side_effects = has_side_effects(kernel_);
  module_.collect_replies(kernel_.body, ring_.replies);
  kernel_.kernel = ir::Kernel{std::move(ring_), {}};
  module_.module().functions.push_back(std::move(kernel_));
}

void ActorLowering::begin_case(ir::Literal event, ir::Loc where) {
  auto& cases = switch_->as<ir::Switch>()->cases;
  cases.push_back({{std::move(event)}, false, {}});
  builder_.set_block(&cases.back().body);
  builder_.set_loc(where);
}

void ActorLowering::end_case() { builder_.return_(builder_.boolean(true)); }

ir::Expr* ActorLowering::payload(std::uint32_t word) {
  ir::Expr* begin = builder_.ref(message_);
  return word == 0 ? begin : builder_.add(begin, builder_.u32(word));
}

void ActorLowering::lower_arguments() {
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const ir::RingKernel::Argument& argument = ring_.arguments[i];
    if (argument.kind == ir::RingKernel::Argument::Kind::span) continue;
    builder_.set_loc(module_.loc(fields_[i]->getLocation()));
    ir::Local* value = builder_.let(
        argument.name, builder_.call(module_.load_words(argument.type), {payload(argument.word)}));
    ir::Expr* place = builder_.member(builder_.ref(state_), module_.field_index(fields_[i]));
    if (argument.kind == ir::RingKernel::Argument::Kind::route) place = builder_.member(place, 0);
    builder_.store(place, builder_.ref(value));
  }
}

/// A new state, and what the launch gives.
void ActorLowering::construct_state(const clang::CXXRecordDecl* actor) {
  const clang::CXXConstructorDecl* constructor =
      default_constructor(module_.sema(), actor, actor->getLocation());
  if (!constructor) {
    return refuse(actor->getLocation(),
                  "the actor '" + name_ +
                      "' has no default constructor; give its fields initializers, and mark "
                      "those that the launch gives RING_PARAM()");
  }
  if (constructor->isTrivial()) {
    builder_.store(builder_.ref(state_), builder_.zero(state_->type->pointee_or_self()));
  } else {
    ir::Function* construct = module_.lower_construction(constructor, "construct_" + name_);
    if (!construct) return;
    builder_.eval(builder_.call(construct, {as(construct->params[0], builder_.ref(state_))}));
  }
  lower_arguments();
}

/// Of the lanes that share a state, the first makes it.
void ActorLowering::construct_by_first_lane(const clang::CXXRecordDecl* actor) {
  ir::TypeTable& types = builder_.types();
  ir::Block* outer = builder_.block();
  ir::Expr* lane = builder_.intrinsic(types.u32(), intrinsics::Id::thread_id, {builder_.u32(0)});
  ir::If* first = builder_.if_(builder_.binary(ir::BinaryOp::eq, lane, builder_.u32(0)));
  builder_.set_block(&first->then_block);
  construct_state(actor);
  builder_.set_block(outer);
  builder_.eval(builder_.intrinsic(types.void_type(), intrinsics::Id::barrier, {}));
}

void ActorLowering::lower_start(const clang::CXXRecordDecl* actor,
                                const clang::CXXMethodDecl* handler) {
  const bool is_group = ring_.scope == ir::RingScope::warp || ring_.scope == ir::RingScope::block;
  if (ring_.state && is_group) construct_by_first_lane(actor);
  if (ring_.state && !is_group) construct_state(actor);
  call_hook(handler);
}

void ActorLowering::call_hook(const clang::CXXMethodDecl* handler) {
  if (!handler) return;
  ir::Function* function = module_.lower_function(handler, handler->getLocation());
  if (!function) return;
  builder_.set_loc(module_.loc(handler->getLocation()));
  builder_.eval(builder_.call(function, {as(function->params[0], builder_.ref(state_)),
                                         as(function->params[1], builder_.ref(context_))}));
}

void ActorLowering::lower_receivers(const std::vector<Receiver>& receivers) {
  for (const Receiver& receiver : receivers) {
    begin_case({std::uint64_t{receiver.message->id}, name_of_id(*receiver.message)},
               module_.loc(receiver.function->getLocation()));
    call_receiver(receiver);
    end_case();
  }
}

ir::Expr* ActorLowering::message_of(const Receiver& receiver, ir::TypePtr parameter) {
  const clang::ParmVarDecl* declared = receiver.function->getParamDecl(1);
  const std::string name = declared->getName().empty() ? "received" : declared->getName().str();
  ir::Expr* value = builder_.call(module_.load_words(receiver.type), {payload(0)});
  if (!parameter->is<ir::RefType>()) return builder_.ref(builder_.let(name, value));
  return builder_.convert(parameter, builder_.ref(builder_.var(name, receiver.type, value)));
}

void ActorLowering::call_receiver(const Receiver& receiver) {
  const clang::FunctionDecl* declared = receiver.function;
  // The kernel has the name of the RING_KERNEL function that it calls.
  const bool is_member = llvm::isa<clang::CXXMethodDecl>(declared);
  const std::string name =
      is_member ? name_ + "_receive_" + receiver.message->type->name : "handle_" + name_;
  ir::Function* function = module_.lower_function(declared, declared->getLocation(), name);
  if (!function) return;
  builder_.set_loc(module_.loc(declared->getLocation()));
  std::vector<ir::Expr*> arguments;
  if (is_member) arguments.push_back(as(function->params[0], builder_.ref(state_)));
  const std::size_t first = arguments.size();
  arguments.push_back(as(function->params[first], builder_.ref(context_)));
  arguments.push_back(message_of(receiver, function->params[first + 1]->type));
  ir::Expr* call = builder_.call(function, std::move(arguments));
  if (function->result->is<ir::VoidType>()) return builder_.eval(call);

  // What a RING_KERNEL function returns is its reply.
  const clang::QualType result = declared->getReturnType().getCanonicalType().getUnqualifiedType();
  const clang::SourceLocation where = declared->getReturnTypeSourceRange().getBegin();
  if (!module_.lower_message(result, where)) return;
  const auto* context =
      declared->getParamDecl(0)->getType()->getPointeeType()->getAsCXXRecordDecl();
  const clang::FunctionDecl* reply =
      instantiate_member(module_.sema(), context, "reply", result, where);
  ir::Function* send = reply ? module_.lower_function(reply, where) : nullptr;
  if (!send) return;
  ir::Local* value = builder_.let("result", call);
  ir::Local* answer = builder_.var("answer", value->type, builder_.ref(value));
  builder_.eval(builder_.call(send, {as(send->params[0], builder_.ref(context_)),
                                     as(send->params[1], builder_.ref(answer))}));
}

void ActorLowering::lower(const clang::CXXRecordDecl* actor) {
  const std::size_t errors = module_.error_count();
  read_options();
  if (actor->getNumBases() != 0) {
    refuse(actor->bases_begin()->getBeginLoc(), "an actor has no base classes; hold '" +
                                                    actor->bases_begin()->getType().getAsString() +
                                                    "' as a member");
  }
  ActorArguments arguments = read_arguments(module_, actor);
  ring_.arguments = std::move(arguments.arguments);
  fields_ = std::move(arguments.fields);
  const Handlers handlers = find_handlers(module_, actor);
  if (!module_.check_kernel_name(actor) || module_.error_count() != errors) return;
  const ir::StructDecl* state = module_.lower_record(actor, actor->getLocation());
  if (!state) return;
  if (!state->fields.empty()) ring_.state = state;
  for (const Receiver& receiver : handlers.receivers)
    ring_.receives.push_back(*receiver.message);

  begin_kernel(handlers.context());
  if (!ring_.state) {
    ir::TypePtr type = builder_.types().structure(state);
    state_ = builder_.var("self", type, builder_.zero(type)); // what member functions refer to
  }
  switch_ = builder_.append(ir::Switch{builder_.ref(event_), {}});
  begin_case(literal_of(kStart), kernel_.loc);
  lower_start(actor, handlers.start);
  end_case();
  begin_case(literal_of(kEnd), kernel_.loc);
  call_hook(handlers.stop);
  end_case();
  begin_case(literal_of(kIdle), kernel_.loc);
  call_hook(handlers.idle);
  end_case();
  lower_receivers(handlers.receivers);
  if (module_.error_count() == errors) end_kernel();
}

void ActorLowering::lower(const clang::FunctionDecl* function) {
  const std::size_t errors = module_.error_count();
  read_options();
  if (llvm::isa<clang::CXXMethodDecl>(function)) {
    return refuse(function->getLocation(), "a RING_KERNEL is a free function; a member function is "
                                           "the receive() of a RING_ACTOR struct");
  }
  const std::optional<Receiver> receiver = receiver_of(module_, function);
  if (!receiver || !module_.check_kernel_name(function) || module_.error_count() != errors) return;
  ring_.receives.push_back(*receiver->message);

  begin_kernel(function->getParamDecl(0)->getType()->getPointeeType());
  switch_ = builder_.append(ir::Switch{builder_.ref(event_), {}});
  for (const Event event : {kStart, kEnd, kIdle}) {
    begin_case(literal_of(event), kernel_.loc);
    end_case();
  }
  lower_receivers({*receiver});
  if (module_.error_count() == errors) end_kernel();
}

} // namespace

void ModuleLowering::lower_actor(const clang::CXXRecordDecl* record,
                                 const clang::AnnotateAttr* annotation) {
  ActorLowering(*this, record, annotation).lower(record);
}

void ModuleLowering::lower_ring_function(const clang::FunctionDecl* function,
                                         const clang::AnnotateAttr* annotation) {
  ActorLowering(*this, function, annotation).lower(function);
}

} // namespace ring::frontend
