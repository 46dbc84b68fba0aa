// Memory of a device. A Buffer owns it, can be moved and not copied, and keeps the device alive, so
// it may outlive the Runtime that made it. Made by Runtime::upload and Runtime::alloc.
//
// One thread at a time may use a buffer; different buffers are independent.
#pragma once

#include <ring/extents.h>
#include <ring/result.h>

#include <cstddef>
#include <memory>
#include <ranges>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace ring {

namespace runtime {
class Device;
class Memory;
} // namespace runtime

/// Device memory as bytes. A default-made or moved-from one is empty and belongs to no device.
class RawBuffer {
public:
  RawBuffer() noexcept;
  RawBuffer(RawBuffer&&) noexcept;
  RawBuffer& operator=(RawBuffer&&) noexcept;
  ~RawBuffer();

  std::size_t size_bytes() const { return size_bytes_; }
  /// Copies to the front of the buffer; at most size_bytes().
  Status try_upload(std::span<const std::byte> bytes);
  /// Copies the front of the buffer; at most size_bytes().
  Status try_download(std::span<std::byte> bytes) const;

private:
  friend class Runtime;
  friend struct RawArg;
  RawBuffer(std::shared_ptr<runtime::Device> device, std::shared_ptr<runtime::Memory> memory,
            std::size_t size_bytes);

  std::shared_ptr<runtime::Device> device_;
  // Released before the device. Actors that were launched with the buffer share it.
  std::shared_ptr<runtime::Memory> memory_;
  std::size_t size_bytes_ = 0;
};

/// `size()` elements of T, in the order of memory: x varies fastest, then y, then z.
template <class T> class Buffer {
  static_assert(std::is_trivially_copyable_v<T>,
                "ring::Buffer<T>: T must be trivially copyable, since its bytes go to a device");

public:
  using value_type = T;

  Buffer() = default;
  Buffer(RawBuffer raw, Extents extents) : raw_(std::move(raw)), extents_(extents) {}

  std::size_t size() const { return raw_.size_bytes() / sizeof(T); }
  const Extents& extents() const { return extents_; }

  /// Copies back; waits for nothing, since run() returns when the kernel has ended.
  std::vector<T> download() const { return try_download().value(); }
  Result<std::vector<T>> try_download() const {
    if constexpr (std::is_same_v<T, bool>) { // std::vector<bool> has no array to copy to
      const auto bytes = std::make_unique<bool[]>(size());
      if (Status s = copy_to(std::span<bool>(bytes.get(), size())); !s) return s.error();
      return std::vector<bool>(bytes.get(), bytes.get() + size());
    } else {
      std::vector<T> values(size());
      if (Status s = copy_to(std::span<T>(values)); !s) return s.error();
      return values;
    }
  }

  /// Overwrites the whole buffer; `range` must have size() elements.
  template <std::ranges::input_range Range> void upload(Range&& range) {
    try_upload(std::forward<Range>(range)).value();
  }
  template <std::ranges::input_range Range> Status try_upload(Range&& range) {
    if constexpr (std::ranges::contiguous_range<Range> && std::ranges::sized_range<Range> &&
                  std::is_same_v<std::ranges::range_value_t<Range>, T>) {
      return copy_from({std::ranges::data(range), std::ranges::size(range)});
    } else {
      std::size_t count = 0;
      const auto values = std::make_unique<T[]>(size());
      for (auto&& value : range) {
        if (count < size()) values[count] = static_cast<T>(value);
        ++count;
      }
      return copy_from({values.get(), count});
    }
  }

  RawBuffer& raw() { return raw_; }
  const RawBuffer& raw() const { return raw_; }

private:
  Status copy_from(std::span<const T> values) {
    if (values.size() != size())
      return Error(ErrorCode::invalid_argument,
                   "upload of " + std::to_string(values.size()) + " elements to a buffer of " +
                       std::to_string(size()) + "; give as many as the buffer has");
    return raw_.try_upload(std::as_bytes(values));
  }
  Status copy_to(std::span<T> values) const {
    return raw_.try_download(std::as_writable_bytes(values));
  }

  RawBuffer raw_;
  Extents extents_;
};

} // namespace ring
