// What the front end asks about C++ types before it lowers them.
#pragma once

#include "frontend/clang_fwd.h"

#include <string>
#include <vector>

namespace ring::frontend {

/// True for pointers, references and spans, and for what has one inside.
bool holds_address(clang::QualType type);

bool is_span(clang::QualType type);
/// The element of a span, or the type itself.
clang::QualType content_of(clang::QualType type);

/// ring::Context.
bool is_context(clang::QualType type);
bool is_route(clang::QualType type);
/// M... of a ring::Route<M...>.
std::vector<clang::QualType> messages_of_route(clang::QualType route);

/// A field marked RING_PARAM() whose type is a span: a buffer of the launch, not a part of the
/// object.
bool is_bound_span(const clang::FieldDecl* field);
/// True for a field that the IR's struct does not have: it is empty, or a bound span.
bool has_no_room(const clang::FieldDecl* field, const clang::ASTContext& context);

/// As C++ spells it: "bank::Deposit".
std::string spelled(clang::QualType type, const clang::ASTContext& context);

/// What generated code calls a constant: `kHead`; `Reason_expired` of an enum class or, for a
/// static member, a class. Empty for one that shares its name with others of its template.
std::string name_of_constant(const clang::ValueDecl* decl);

/// 'name', for messages.
std::string quoted(const std::string& name);

} // namespace ring::frontend
