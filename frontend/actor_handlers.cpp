#include "frontend/actor_handlers.h"

#include "frontend/type_facts.h"

#include "clang/AST/DeclTemplate.h"

#include <algorithm>

namespace ring::frontend {
namespace {

using ir::DiagnosticId;

bool is_context_reference(clang::QualType type) {
  return type->isLValueReferenceType() && !type->getPointeeType().isConstQualified() &&
         is_context(type->getPointeeType());
}

/// A value, or a reference that cannot change what it refers to.
bool takes_a_copy(clang::QualType type) {
  if (!type->isReferenceType()) return !type->isPointerType();
  return type->isLValueReferenceType() && type->getPointeeType().isConstQualified();
}

class HandlerFinder {
public:
  HandlerFinder(ModuleLowering& module, const clang::CXXRecordDecl* actor)
      : module_(module), actor_(actor) {}

  Handlers run() {
    for (const clang::Decl* decl : actor_->decls()) {
      if (const auto* pattern = llvm::dyn_cast<clang::FunctionTemplateDecl>(decl)) {
        if (pattern->getName() == "receive") {
          refuse(pattern->getLocation(), "receive() cannot be a template; write one for each "
                                         "message, which may call the template");
        }
        continue;
      }
      const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(decl);
      if (!method || !method->getIdentifier()) continue;
      if (method->getName() == "receive") add_receiver(method);
      if (method->getName() == "on_start") add_hook(method, handlers_.start);
      if (method->getName() == "on_stop") add_hook(method, handlers_.stop);
      if (method->getName() == "on_idle") add_hook(method, handlers_.idle);
    }
    const bool none =
        handlers_.receivers.empty() && !handlers_.start && !handlers_.stop && !handlers_.idle;
    if (none && !failed_) {
      refuse(actor_->getLocation(), "the actor '" + actor_->getNameAsString() +
                                        "' handles nothing; give it a void "
                                        "receive(ring::Context&, const M&) for a RING_MESSAGE() M");
    }
    return std::move(handlers_);
  }

private:
  void refuse(clang::SourceLocation where, std::string why,
              std::vector<ir::Diagnostic::Note> notes = {}) {
    failed_ = true;
    module_.error(DiagnosticId::bad_actor, where, std::move(why), std::move(notes));
  }

  void add_receiver(const clang::CXXMethodDecl* method) {
    if (method->isStatic() || !method->getReturnType()->isVoidType()) {
      return refuse(method->getLocation(),
                    "receive() is a member function that returns void; answer with ctx.reply()");
    }
    const std::optional<Receiver> receiver = receiver_of(module_, method);
    if (!receiver) {
      failed_ = true;
      return;
    }
    for (const Receiver& other : handlers_.receivers) {
      if (other.message != receiver->message) continue;
      return refuse(method->getLocation(),
                    "two handlers of the message '" + receiver->message->type->cpp_name +
                        "'; keep one of them",
                    {module_.note(other.function->getLocation(), "the other one is here")});
    }
    handlers_.receivers.push_back(*receiver);
  }

  void add_hook(const clang::CXXMethodDecl* method, const clang::CXXMethodDecl*& slot) {
    const bool fits = !method->isStatic() && method->getReturnType()->isVoidType() &&
                      method->getNumParams() == 1 && !method->isVariadic() &&
                      is_context_reference(method->getParamDecl(0)->getType());
    const std::string name = method->getNameAsString();
    if (!fits) {
      return refuse(method->getLocation(),
                    quoted(name) + " has the signature void " + name + "(ring::Context&)");
    }
    if (slot) {
      return refuse(method->getLocation(), "two handlers '" + name + "'; keep one of them",
                    {module_.note(slot->getLocation(), "the other one is here")});
    }
    slot = method;
  }

  ModuleLowering& module_;
  const clang::CXXRecordDecl* actor_;
  Handlers handlers_;
  bool failed_ = false;
};

} // namespace

clang::QualType Handlers::context() const {
  const clang::FunctionDecl* any = start  ? start
                                   : stop ? stop
                                   : idle ? idle
                                          : receivers.front().function;
  return any->getParamDecl(0)->getType()->getPointeeType();
}

Handlers find_handlers(ModuleLowering& module, const clang::CXXRecordDecl* actor) {
  return HandlerFinder(module, actor).run();
}

std::optional<Receiver> receiver_of(ModuleLowering& module, const clang::FunctionDecl* function) {
  const bool fits = function->getNumParams() == 2 && !function->isVariadic() &&
                    is_context_reference(function->getParamDecl(0)->getType()) &&
                    takes_a_copy(function->getParamDecl(1)->getType());
  if (!fits) {
    module.error(DiagnosticId::bad_actor, function->getLocation(),
                 quoted(function->getNameAsString()) +
                     " takes (ring::Context&, const M&), where M is a RING_MESSAGE() struct");
    return std::nullopt;
  }
  const clang::ParmVarDecl* param = function->getParamDecl(1);
  const ir::RingKernel::Message* message =
      module.lower_message(param->getType().getNonReferenceType(), param->getLocation());
  if (!message) return std::nullopt;
  return Receiver{function, message, module.module().types.structure(message->type)};
}

} // namespace ring::frontend
