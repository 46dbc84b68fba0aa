// What C++ defines only where it is used, for uses that ringcc makes itself.
#pragma once

#include "frontend/clang_fwd.h"

namespace ring::frontend {

/// The constructor of `T x;`, with its body; null if there is none that may be called.
const clang::CXXConstructorDecl* default_constructor(clang::Sema& sema,
                                                     const clang::CXXRecordDecl* record,
                                                     clang::SourceLocation where);

/// The member function template `name` of a class for one type, with its body; null if the class
/// has none.
const clang::FunctionDecl* instantiate_member(clang::Sema& sema, const clang::CXXRecordDecl* record,
                                              const char* name, clang::QualType argument,
                                              clang::SourceLocation where);

} // namespace ring::frontend
