// ring::span<T>: a pointer and a size, how kernels see buffers. The front end treats it as a type
// of its own (annotation ring.builtin_type "span"), so that spans need no pointers on WGSL and
// SPIR-V.
#pragma once

#include "ring/detail/types.h"

namespace ring {

template <typename T> class RING_DETAIL_BUILTIN_TYPE("span") span {
public:
  using element_type = T;
  using value_type = typename detail::RemoveConst<T>::type;
  using size_type = std::size_t;
  using iterator = T*;

  constexpr span() = default;
  constexpr span(T* data, std::size_t size) : data_(data), size_(size) {}

  /// span<T> converts to span<const T>.
  template <typename U>
    requires(detail::kSame<const U, T> && !detail::kSame<U, T>)
  RING_DETAIL_INTRINSIC("span_const")
  constexpr span(const span<U>& other) : data_(other.data()), size_(other.size()) {}

#ifndef __RINGCC__
  /// Anything contiguous, so that a host test can say `kernel(x, y)` with two vectors.
  template <typename Range>
    requires requires(Range& range, T*& data, std::size_t& size) {
      data = range.data();
      size = range.size();
    }
  constexpr span(Range& range) : data_(range.data()), size_(range.size()) {}
#endif

  RING_DETAIL_INTRINSIC("span_at") constexpr T& operator[](std::size_t index) const {
    return data_[index];
  }
  RING_DETAIL_INTRINSIC("span_size") constexpr std::size_t size() const { return size_; }
  RING_DETAIL_INTRINSIC("span_data") constexpr T* data() const { return data_; }
  /// `count` elements from `offset` on; the caller sees to it that they exist.
  RING_DETAIL_INTRINSIC("span_subspan")
  constexpr span subspan(std::size_t offset, std::size_t count) const {
    return span(data_ + offset, count);
  }

  constexpr bool empty() const { return size() == 0; }
  constexpr T* begin() const { return data(); }
  constexpr T* end() const { return data() + size(); }

private:
  T* data_ = nullptr;
  std::size_t size_ = 0;
};

} // namespace ring
