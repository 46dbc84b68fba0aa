// A module in the text form, taken through the CPU back end and the host compiler, ready to run.
//
//   CompiledModule module(samples::kSaxpy);
//   module.run("saxpy", {4, 1, 1}, {span_of(x), span_of(y), value_of(a)});
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ring::backends::cpu {

class CompiledModule {
public:
  explicit CompiledModule(std::string_view rir);
  ~CompiledModule();
  CompiledModule(const CompiledModule&) = delete;
  CompiledModule& operator=(const CompiledModule&) = delete;

  /// Empty, or why there is nothing to run.
  const std::string& problem() const { return problem_; }
  const std::string& source() const { return source_; }
  /// What the compiler says about loops that it vectorized (g++).
  const std::string& remarks() const { return remarks_; }

  /// Runs all blocks of the grid, one after the other. Each argument is the bytes of a parameter.
  void run(const std::string& kernel, std::array<std::uint32_t, 3> grid,
           std::vector<std::string> arguments) const;

private:
  std::string name_;
  std::string source_;
  std::string problem_;
  std::string remarks_;
  void* library_ = nullptr;
};

template <class T> std::string value_of(const T& value) {
  return std::string(reinterpret_cast<const char*>(&value), sizeof(T));
}
template <class T> std::string span_of(std::vector<T>& elements) {
  struct {
    T* data;
    std::uint64_t size;
  } span{elements.data(), elements.size()};
  return value_of(span);
}

} // namespace ring::backends::cpu
