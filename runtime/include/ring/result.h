// A value or the Error that says why there is none: what the try_* functions return.
//
//   ring::Result<ring::Runtime> rt = ring::Runtime::try_create({.backend = ring::Backend::cuda});
//   if (!rt) return fall_back(rt.error());
#pragma once

#include <ring/error.h>

#include <utility>
#include <variant>

namespace ring {

struct Success {};

template <class T> class [[nodiscard]] Result {
public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return state_.index() == 0; }
  T& operator*() & { return std::get<0>(state_); }
  const T& operator*() const& { return std::get<0>(state_); }
  T* operator->() { return &std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }
  /// Only of a failed result.
  const Error& error() const { return std::get<1>(state_); }

  /// The value, or throws the error.
  T value() && {
    if (!*this) throw std::get<1>(std::move(state_));
    return std::get<0>(std::move(state_));
  }

private:
  std::variant<T, Error> state_;
};

using Status = Result<Success>;

} // namespace ring
