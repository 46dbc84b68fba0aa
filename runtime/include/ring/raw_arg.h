// One kernel argument without its type, for callers that know kernels only at run time. It refers
// to the buffer or to the value's bytes, which must live until the call returns.
#pragma once

#include <ring/buffer.h>

#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>

namespace ring {

struct RawArg {
  enum class Kind : unsigned char { buffer_read, buffer_read_write, value };

  /// For a `span<T>` or `span<const T>` parameter.
  static RawArg buffer(RawBuffer& raw) {
    return {Kind::buffer_read_write, raw.memory_.get(), raw.device_.get(), raw.size_bytes(), {}};
  }
  /// For a `span<const T>` parameter.
  static RawArg buffer(const RawBuffer& raw) {
    return {Kind::buffer_read, raw.memory_.get(), raw.device_.get(), raw.size_bytes(), {}};
  }
  /// For a scalar or a struct: its bytes.
  static RawArg value(std::span<const std::byte> bytes) {
    return {Kind::value, nullptr, nullptr, 0, bytes};
  }

  Kind kind;
  runtime::Memory* memory;
  const runtime::Device* device;
  std::size_t memory_bytes;
  std::span<const std::byte> bytes;
};

} // namespace ring
