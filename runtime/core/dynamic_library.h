// A shared library opened at run time. Drivers and CPU modules come this way, so that nothing links
// against them.
#pragma once

#include <ring/result.h>

#include <initializer_list>
#include <string>
#include <utility>

namespace ring::runtime {

class DynamicLibrary {
public:
  /// The first of `names` that opens. The error has the loader's words about the first name.
  static Result<DynamicLibrary> open(std::initializer_list<std::string> names);

  DynamicLibrary() = default;
  DynamicLibrary(DynamicLibrary&& other) noexcept { *this = std::move(other); }
  DynamicLibrary& operator=(DynamicLibrary&& other) noexcept {
    std::swap(handle_, other.handle_);
    std::swap(closes_, other.closes_);
    return *this;
  }
  ~DynamicLibrary();

  /// Null when the library has no such symbol.
  void* find(const char* symbol) const;
  template <class Function> bool load(Function*& function, const char* symbol) const {
    function = reinterpret_cast<Function*>(find(symbol));
    return function != nullptr;
  }

  /// The library stays loaded until the process ends. Drivers run threads and exit handlers of
  /// their own that must not lose their code.
  void keep_open() { closes_ = false; }

private:
  explicit DynamicLibrary(void* handle) : handle_(handle) {}
  void* handle_ = nullptr;
  bool closes_ = true;
};

} // namespace ring::runtime
