// What is shared while one translation unit is lowered: the module, the maps from Clang's
// declarations to ours, and the diagnostics. One object for each run; no state outlives it.
#pragma once

#include "frontend/clang_fwd.h"
#include "frontend/frontend.h"
#include "ir/builder.h"
#include "ir/module.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ring::frontend {

/// What generated code calls the id of a message.
std::string name_of_id(const ir::RingKernel::Message& message);

class ModuleLowering {
public:
  ModuleLowering(clang::Sema& sema, clang::ASTContext& context, clang::Preprocessor& preprocessor,
                 ir::Module& module, FrontendOutput& output)
      : sema_(sema), context_(context), preprocessor_(preprocessor), module_(module),
        output_(output) {}

  /// Lowers every kernel of the main file, in the order of the source, and what they call.
  void lower_kernels();
  /// Lowers every function annotated as a library function.
  void lower_library();

  clang::ASTContext& context() { return context_; }
  clang::Sema& sema() { return sema_; }
  ir::Module& module() { return module_; }

  // types.cpp

  /// The IR type of a value of that C++ type; null after an error. A reference type gives ref<T>.
  ir::TypePtr lower_type(clang::QualType type, clang::SourceLocation where);
  /// The same of an object that a kernel itself holds; too large a one is an error.
  ir::TypePtr lower_object_type(clang::QualType type, clang::SourceLocation where);
  /// The struct of a complete C++ class; null after an error.
  const ir::StructDecl* lower_record(const clang::CXXRecordDecl* record,
                                     clang::SourceLocation where);
  /// The index of a field (or of a base class) in its struct.
  std::uint32_t field_index(const clang::FieldDecl* field);
  std::uint32_t base_index(const clang::CXXRecordDecl* derived, const clang::CXXRecordDecl* base);

  // functions.cpp

  /// The lowered function, lowering it first if need be; null after an error. `use` is the place of
  /// the call.
  ir::Function* lower_function(const clang::FunctionDecl* function, clang::SourceLocation use);
  /// The same under a name of its own.
  ir::Function* lower_function(const clang::FunctionDecl* function, clang::SourceLocation use,
                               const std::string& name);
  /// A function that constructs an object in place, without arguments: (self: ref<T>). What the
  /// constructor leaves undefined it sets to zero. Null after an error.
  ir::Function* lower_construction(const clang::CXXConstructorDecl* constructor,
                                   const std::string& name);
  /// The block-shared variable, constant table or bound span that a declaration stands for; null
  /// after an error.
  ir::Global* lower_global(const clang::VarDecl* variable, clang::SourceLocation use);

  // messages.cpp

  /// The message that a type is; null after an error. `use` is where it is sent or received.
  const ir::RingKernel::Message* lower_message(clang::QualType type, clang::SourceLocation use);
  /// The message that Context::reply or Context::send takes; null for every other function.
  std::optional<clang::QualType> message_argument(const clang::FunctionDecl* callee);
  ir::Function* load_words(ir::TypePtr type) { return words_function(true, type); }
  ir::Function* store_words(ir::TypePtr type) { return words_function(false, type); }

  // actors.cpp

  /// Lowers a RING_ACTOR struct, or a RING_KERNEL function, to a ring kernel.
  void lower_actor(const clang::CXXRecordDecl* record, const clang::AnnotateAttr* annotation);
  void lower_ring_function(const clang::FunctionDecl* function,
                           const clang::AnnotateAttr* annotation);
  /// False, and an error, if a kernel has that name already.
  bool check_kernel_name(const clang::NamedDecl* decl);
  /// The global that a field marked RING_PARAM() stands for; null if its actor is not lowered here.
  ir::Global* bound_span(const clang::FieldDecl* field) {
    const auto found = bound_spans_.find(field);
    return found == bound_spans_.end() ? nullptr : found->second;
  }
  void set_bound_span(const clang::FieldDecl* field, ir::Global* global) {
    bound_spans_[field] = global;
  }
  /// Adds what the functions that a block calls, and those that they call, reply with.
  void collect_replies(ir::Block& block, std::vector<ir::RingKernel::Message>& replies);

  // constants.cpp

  /// What a constant variable is initialized with; null if that is not known at compile time.
  const clang::APValue* constant_value(const clang::VarDecl* variable);
  /// A value that Clang has evaluated; null if it has no IR form (a pointer, a union).
  ir::Expr* lower_constant(const clang::APValue& value, clang::QualType type,
                           clang::SourceLocation where);
  /// Gives a literal that stands for a constant of the source its name; null for null.
  static ir::Expr* named(ir::Expr* constant, const clang::ValueDecl* decl);

  // diagnostics.cpp

  ir::Loc loc(clang::SourceLocation location);
  void error(ir::DiagnosticId id, clang::SourceLocation where, std::string message,
             std::vector<ir::Diagnostic::Note> notes = {});
  ir::Diagnostic::Note note(clang::SourceLocation where, std::string message);
  bool failed() const { return ir::has_errors(output_.diagnostics); }
  std::size_t error_count() const;

  /// `base`, or `base_1`, ... if the module has that name already.
  std::string unique_name(const std::string& base);

private:
  /// A function or class that is being lowered, and the place that asked for it.
  struct Step {
    const clang::NamedDecl* declaration = nullptr;
    clang::SourceLocation use; // invalid for a kernel, which nothing asks for
  };

  void lower_kernel(const clang::FunctionDecl* function, const clang::AnnotateAttr* annotation);
  void refuse_without_code(const clang::NamedDecl* decl, bool has_kernels);
  void lower_kernel_parameters(const clang::FunctionDecl* function);
  const clang::FunctionDecl* definition_of(const clang::FunctionDecl* function,
                                           clang::SourceLocation use);
  ir::Function* lower_definition(const clang::FunctionDecl* definition, std::string name,
                                 clang::SourceLocation use);
  ir::Function* words_function(bool load, ir::TypePtr type);
  /// False after an error.
  bool lower_fields(const clang::CXXRecordDecl* record, ir::StructDecl& decl);
  bool is_active(const clang::NamedDecl* declaration) const;
  std::vector<ir::Diagnostic::Note> way_here();

  clang::Sema& sema_;
  clang::ASTContext& context_;
  clang::Preprocessor& preprocessor_;
  ir::Module& module_;
  FrontendOutput& output_;

  std::map<const clang::CXXRecordDecl*, const ir::StructDecl*> structs_;
  std::map<const clang::FieldDecl*, std::uint32_t> field_indices_;
  std::map<const clang::FunctionDecl*, ir::Function*> functions_;
  std::vector<Step> active_; // outermost first; a call of one is recursion
  std::map<const clang::VarDecl*, ir::Global*> globals_;
  std::map<const clang::FieldDecl*, ir::Global*> bound_spans_;
  std::map<const clang::CXXRecordDecl*, ir::RingKernel::Message> messages_; // type null: refused
  std::map<const ir::Function*, ir::RingKernel::Message> replies_; // of each Context::reply
  std::map<std::pair<bool, ir::TypePtr>, ir::Function*> words_functions_;
  std::map<unsigned, std::uint32_t> files_; // clang::FileID hash -> index
  std::set<std::string> names_;
};

} // namespace ring::frontend
