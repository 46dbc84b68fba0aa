#include "frontend/actor_arguments.h"

#include "frontend/annotations.h"
#include "frontend/type_facts.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"

namespace ring::frontend {
namespace {

using ir::DiagnosticId;

/// The arguments of a launch travel as one message.
constexpr std::uint64_t kMaxArgumentBytes = 65536;

class ArgumentReader {
public:
  ArgumentReader(ModuleLowering& module, const clang::CXXRecordDecl* actor)
      : module_(module), actor_(actor) {}

  ActorArguments run() {
    for (const clang::FieldDecl* field : actor_->fields())
      read_field(field);
    return std::move(result_);
  }

private:
  void refuse(clang::SourceLocation where, std::string why) {
    module_.error(DiagnosticId::bad_actor, where, std::move(why));
  }
  void read_field(const clang::FieldDecl* field);
  void read_parameter(const clang::FieldDecl* field, const clang::AnnotateAttr* annotation);
  void read_route(const clang::FieldDecl* field);
  void add_argument(ir::RingKernel::Argument argument, const clang::FieldDecl* field);

  ModuleLowering& module_;
  const clang::CXXRecordDecl* actor_;
  ActorArguments result_;
  std::uint64_t words_ = 0; // of values and routes
};

void ArgumentReader::read_field(const clang::FieldDecl* field) {
  const clang::QualType type = field->getType().getCanonicalType();
  const clang::AnnotateAttr* annotation = find_annotation(field, "ring.param");
  if (is_route(type)) {
    if (!annotation) return read_route(field);
    return refuse(annotation->getLocation(),
                  "a ring::Route is bound by its name at launch; take RING_PARAM() away");
  }
  if (annotation) return read_parameter(field, annotation);
  if (is_span(type)) {
    return refuse(field->getLocation(),
                  "a span of an actor comes from its launch; mark it RING_PARAM()");
  }
  if (holds_address(type)) {
    return refuse(field->getLocation(),
                  "a field of an actor cannot hold an address; keep the value, an index, or a "
                  "RING_PARAM() ring::span");
  }
  const auto* record = type->getBaseElementTypeUnsafe()->getAsCXXRecordDecl();
  if (record && !record->hasTrivialDestructor()) {
    refuse(field->getLocation(),
           quoted(spelled(module_.context().getRecordType(record), module_.context())) +
               " owns something of the host; a field of an actor is a "
               "value, such as std::array<T, N>");
  }
}

void ArgumentReader::read_parameter(const clang::FieldDecl* field,
                                    const clang::AnnotateAttr* annotation) {
  const clang::QualType type = field->getType().getCanonicalType();
  const auto name = param_name_of(annotation, module_.context());
  if (!name) {
    module_.error(DiagnosticId::bad_annotation, annotation->getLocation(),
                  "the options of RING_PARAM must be constants, its name a literal");
    return;
  }
  if (holds_address(content_of(type))) {
    return refuse(field->getLocation(), "a launch cannot give '" + field->getType().getAsString() +
                                            "'; take values, and buffers as ring::span");
  }
  if (!is_span(type) && !type.isTriviallyCopyableType(module_.context())) {
    return refuse(field->getLocation(),
                  "a launch cannot give '" + field->getType().getAsString() +
                      "', which is not trivially copyable; take plain values");
  }
  ir::RingKernel::Argument argument;
  argument.name = name->empty() ? field->getNameAsString() : *name;
  argument.type = module_.lower_object_type(type, field->getLocation());
  if (!argument.type) return;
  if (const auto* span = argument.type->as<ir::SpanType>()) {
    argument.kind = ir::RingKernel::Argument::Kind::span;
    ir::Global bound;
    bound.name = module_.unique_name(actor_->getNameAsString() + "_" + field->getNameAsString());
    bound.type = argument.type;
    bound.space = ir::AddressSpace::launch;
    bound.access = span->access;
    bound.loc = module_.loc(field->getLocation());
    argument.bound = &module_.module().globals.emplace_back(std::move(bound));
    module_.set_bound_span(field, argument.bound);
  }
  add_argument(std::move(argument), field);
}

void ArgumentReader::read_route(const clang::FieldDecl* field) {
  ir::RingKernel::Argument argument;
  argument.kind = ir::RingKernel::Argument::Kind::route;
  argument.name = field->getNameAsString();
  argument.type = module_.module().types.u32();
  for (const clang::QualType type : messages_of_route(field->getType().getCanonicalType())) {
    const ir::RingKernel::Message* message = module_.lower_message(type, field->getLocation());
    if (!message) return;
    argument.messages.push_back(*message);
  }
  if (argument.messages.empty()) {
    return refuse(field->getLocation(),
                  "a route names the messages that may be sent along it: ring::Route<M>");
  }
  add_argument(std::move(argument), field);
}

void ArgumentReader::add_argument(ir::RingKernel::Argument argument,
                                  const clang::FieldDecl* field) {
  for (const ir::RingKernel::Argument& other : result_.arguments) {
    if (other.name != argument.name) continue;
    return refuse(field->getLocation(), "two launch parameters or routes are called '" +
                                            argument.name + "'; rename one of them");
  }
  if (argument.kind != ir::RingKernel::Argument::Kind::span) {
    argument.word = static_cast<std::uint32_t>(words_);
    words_ += (ir::size_of(argument.type) + 3) / 4;
    if (words_ * 4 > kMaxArgumentBytes) {
      return refuse(field->getLocation(), "the launch parameters have more than " +
                                              std::to_string(kMaxArgumentBytes) +
                                              " bytes; give what is large as a ring::span");
    }
  }
  result_.arguments.push_back(std::move(argument));
  result_.fields.push_back(field);
}

} // namespace

ActorArguments read_arguments(ModuleLowering& module, const clang::CXXRecordDecl* actor) {
  return ArgumentReader(module, actor).run();
}

} // namespace ring::frontend
