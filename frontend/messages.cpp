// Messages: which types may be one, their ids, and the functions that move them to and from words.
#include "frontend/annotations.h"
#include "frontend/function_lowering.h"
#include "frontend/type_facts.h"
#include "ir/message_words.h"
#include "ir/walk.h"

#include <algorithm>

namespace ring::frontend {

using ir::DiagnosticId;

namespace {

constexpr std::int64_t kMaxMessageBytes = 65536;

/// Ids below are events of the protocol.
constexpr std::uint32_t kFirstId = 16;

/// 32-bit FNV-1a (Fowler, Noll, Vo).
std::uint32_t hash_of(const std::string& text) {
  std::uint32_t hash = 0x811C9DC5;
  for (const char c : text)
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193;
  return hash;
}

const clang::FieldDecl* field_with_address(const clang::CXXRecordDecl* record) {
  const auto found =
      std::find_if(record->field_begin(), record->field_end(),
                   [](const auto* field) { return holds_address(field->getType()); });
  return found == record->field_end() ? nullptr : *found;
}

} // namespace

std::string name_of_id(const ir::RingKernel::Message& message) {
  return "kIdOf" + message.type->name;
}

const ir::RingKernel::Message* ModuleLowering::lower_message(clang::QualType type,
                                                             clang::SourceLocation use) {
  type = type.getCanonicalType().getUnqualifiedType();
  const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
  if (record) record = record->getDefinition();
  const std::string name = spelled(type, context_);
  const clang::AnnotateAttr* annotation =
      record ? find_annotation(record, "ring.message") : nullptr;
  if (!annotation) {
    std::vector<ir::Diagnostic::Note> notes;
    if (record) notes.push_back(note(record->getLocation(), quoted(name) + " is here"));
    error(DiagnosticId::bad_message, use,
          quoted(name) + " is no message; " +
              (record ? "declare it as struct RING_MESSAGE() " + record->getName().str()
                      : "put it into a struct RING_MESSAGE()"),
          std::move(notes));
    return nullptr;
  }
  const auto known = messages_.find(record);
  if (known != messages_.end()) return known->second.type ? &known->second : nullptr;
  ir::RingKernel::Message& message = messages_[record];

  const auto refuse = [&](clang::SourceLocation where, const std::string& why) {
    error(DiagnosticId::bad_message, where, "the message '" + name + "' " + why,
          {note(use, quoted(name) + " is used as a message here")});
    return nullptr;
  };
  if (const clang::FieldDecl* field = field_with_address(record)) {
    return refuse(field->getLocation(), "holds an address, which means nothing to its receiver; "
                                        "send values, or an index into a buffer that both have");
  }
  if (!type.isTriviallyCopyableType(context_)) {
    return refuse(record->getLocation(), "is not trivially copyable; a message is copied as bytes, "
                                         "so it has no copy, move or destructor of its own");
  }
  const std::int64_t bytes = context_.getTypeSizeInChars(type).getQuantity();
  if (bytes > kMaxMessageBytes) {
    return refuse(record->getLocation(),
                  "has " + std::to_string(bytes) + " bytes; a message has at most " +
                      std::to_string(kMaxMessageBytes) + ", send it in parts");
  }
  const auto given = message_id_of(annotation, context_);
  if (!given) {
    error(DiagnosticId::bad_annotation, annotation->getLocation(),
          "the options of RING_MESSAGE must be constants");
    return nullptr;
  }
  std::uint32_t id = *given != 0 ? static_cast<std::uint32_t>(*given) : hash_of(name);
  if (id < kFirstId) id += kFirstId;
  for (const auto& [other, lowered] : messages_) {
    if (!lowered.type || lowered.id != id) continue;
    error(DiagnosticId::bad_message, record->getLocation(),
          "the messages '" + name + "' and '" + lowered.type->cpp_name + "' have one id, " +
              std::to_string(id) + "; give one of them another with RING_MESSAGE(.id = ...)",
          {note(other->getLocation(), quoted(lowered.type->cpp_name) + " is here")});
    return nullptr;
  }
  const ir::StructDecl* decl = lower_record(record, use);
  if (!decl) return nullptr;
  message = {id, decl};
  return &message;
}

ir::Function* ModuleLowering::words_function(bool load, ir::TypePtr type) {
  ir::Function*& slot = words_functions_[{load, type}];
  if (slot) return slot;
  const std::size_t before = module_.functions.size();
  slot = load ? ir::load_words(module_, type) : ir::store_words(module_, type);
  // A function that is still being lowered may have that name.
  for (std::size_t i = before; i < module_.functions.size(); ++i)
    module_.functions[i].name = unique_name(module_.functions[i].name);
  return slot;
}

std::optional<clang::QualType> ModuleLowering::message_argument(const clang::FunctionDecl* callee) {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(callee);
  if (!method || !method->getIdentifier() || !method->isTemplateInstantiation())
    return std::nullopt;
  const bool is_send = method->getName() == "send"; // its message comes behind the route
  if (!is_send && method->getName() != "reply") return std::nullopt;
  if (!is_context(context_.getRecordType(method->getParent()))) return std::nullopt;
  return method->getParamDecl(is_send ? 1 : 0)->getType().getNonReferenceType();
}

void ModuleLowering::collect_replies(ir::Block& block,
                                     std::vector<ir::RingKernel::Message>& replies) {
  std::set<const ir::Function*> seen;
  const std::function<void(ir::Block&)> visit = [&](ir::Block& body) {
    ir::for_each_expr(body, [&](ir::Expr*& expr) {
      const auto* call = expr->as<ir::Call>();
      if (!call || !seen.insert(call->callee).second) return;
      if (const auto reply = replies_.find(call->callee); reply != replies_.end())
        replies.push_back(reply->second);
      visit(call->callee->body);
    });
  };
  visit(block);
}

ir::Expr* FunctionLowering::lower_message_operation(const clang::CallExpr* call,
                                                    const clang::FunctionDecl* callee,
                                                    const std::string& operation) {
  const clang::QualType message = callee->getTemplateSpecializationArgs()->get(0).getAsType();
  if (operation == "type") {
    const ir::RingKernel::Message* lowered = parent_.lower_message(message, call->getBeginLoc());
    return lowered ? builder_.u32(lowered->id, name_of_id(*lowered)) : nullptr;
  }
  ir::TypePtr type = parent_.lower_object_type(message, call->getBeginLoc());
  if (!type) return nullptr;
  if (operation == "load") {
    ir::Expr* at = lower_value(call->getArg(0));
    if (!at) return nullptr;
    builder_.set_loc(loc(call));
    return sequence(builder_.call(parent_.load_words(type), {at}), "message");
  }
  const auto [at, value] = in_order([&] { return lower_value(call->getArg(0)); },
                                    [&] { return lower_value(call->getArg(1)); });
  if (!at || !value) return nullptr;
  builder_.set_loc(loc(call));
  return sequence(builder_.call(parent_.store_words(type), {at, value}), "stored");
}

} // namespace ring::frontend
