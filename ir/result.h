// A value or the diagnostics that say why there is none.
//
//   Result<Module> module = parse(text);
//   if (!module) return module.diagnostics();
#pragma once

#include "ir/diagnostic.h"

#include <utility>
#include <variant>

namespace ring::ir {

struct Success {};

template <class T> class [[nodiscard]] Result {
public:
  Result(T value) : state_(std::move(value)) {}
  Result(Diagnostics diagnostics) : state_(std::move(diagnostics)) {}
  Result(Diagnostic diagnostic) : state_(Diagnostics{std::move(diagnostic)}) {}

  explicit operator bool() const { return std::holds_alternative<T>(state_); }
  T& operator*() { return std::get<T>(state_); }
  const T& operator*() const { return std::get<T>(state_); }
  T* operator->() { return &std::get<T>(state_); }
  const T* operator->() const { return &std::get<T>(state_); }
  /// Only of a failed result.
  const Diagnostics& diagnostics() const { return std::get<Diagnostics>(state_); }

private:
  std::variant<T, Diagnostics> state_;
};

using Status = Result<Success>;

} // namespace ring::ir
