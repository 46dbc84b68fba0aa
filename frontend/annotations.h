// Reading the annotations of <ring/kernel.h> as typed constants.
#pragma once

#include "frontend/clang_fwd.h"
#include "intrinsics/table.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace ring::frontend {

/// The annotation with that name ("ring.global"), or null.
const clang::AnnotateAttr* find_annotation(const clang::Decl* decl, const char* name);

/// The string argument of an annotation: the row of "ring.intrinsic", the name of
/// "ring.builtin_type"; nothing if the declaration has no such annotation.
std::optional<std::string> annotation_text(const clang::Decl* decl, const char* name);

/// GlobalOptions::block of a "ring.global" annotation; nothing if it is not a constant.
std::optional<std::array<std::uint32_t, 3>> block_of(const clang::AnnotateAttr* annotation,
                                                     clang::ASTContext& context);

/// The options of "ring.actor" and "ring.kernel" (ring::ActorOptions).
struct ActorOptions {
  std::string name; // empty: the name of the class or function
  std::uint32_t mailbox = 0;
  std::uint32_t scope = 0; // a ring::Scope
  bool full_envelope = false;
  std::uint32_t block = 0; // lanes
  bool priorities = false;
};
/// Nothing if they are not constants.
std::optional<ActorOptions> actor_options_of(const clang::AnnotateAttr* annotation,
                                             clang::ASTContext& context);
/// MessageOptions::id of a "ring.message" annotation; nothing if it is not a constant.
std::optional<std::uint64_t> message_id_of(const clang::AnnotateAttr* annotation,
                                           clang::ASTContext& context);
/// ParamOptions::name of a "ring.param" annotation, which may be empty; nothing if it is not a
/// constant.
std::optional<std::string> param_name_of(const clang::AnnotateAttr* annotation,
                                         clang::ASTContext& context);

/// The table's row that a function of the standard library or a compiler built-in stands for, when
/// all its parameters are arithmetic; null for everything else.
const intrinsics::Row* standard_row(const clang::FunctionDecl* function);

/// True if a call passes values only, although the C++ signature may take references: rows of the
/// table whose parameters are no objects.
bool reads_its_arguments(const clang::FunctionDecl* function);

} // namespace ring::frontend
