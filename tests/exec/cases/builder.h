// How a case is written. Buffers are typed handles; launch() checks the arguments against the
// handler's own signature and derives the executor's argument list and the oracle from the one
// call:
//
//   list.add("A1", "vector_ops", "saxpy_1000", kNone, [](CaseBuilder& c) {
//     const auto x = c.buffer("x", uniform<float>(1000, -1, 1, 1));
//     const auto y = c.buffer("y", uniform<float>(1000, -1, 1, 2));
//     c.launch("saxpy", saxpy, {256}, {1000}, x, y, 2.0f);
//     c.check([=](const Results& r) { return r.read(y)[0] == … ? "" : "y[0] is wrong"; });
//   });
#pragma once

#include "../case.h"

#include <ring/host.h>
#include <ring/kernel.h>

#include <cstring>
#include <span>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace ring::exec {

/// A buffer of the case under construction whose elements are T.
template <class T> struct Handle {
  std::size_t index;
};

/// The buffers after the last launch, as a check reads them.
class Results {
public:
  Results(const Memory& memory, Arithmetic arithmetic) : memory_(memory), arithmetic_(arithmetic) {}

  template <class T> std::vector<T> read(Handle<T> handle) const {
    const std::vector<std::byte>& bytes = memory_.at(handle.index);
    std::vector<T> values(bytes.size() / sizeof(T));
    if (!bytes.empty()) std::memcpy(values.data(), bytes.data(), values.size() * sizeof(T));
    return values;
  }
  bool strict() const { return arithmetic_ == Arithmetic::strict; }

private:
  const Memory& memory_;
  Arithmetic arithmetic_;
};

// Comparisons. Without one a buffer is compared byte for byte.

/// Exact where arithmetic is strict; within `loose` elsewhere.
Comparison exact_if_strict(Metric metric, double loose, std::string reason, double floor = 1);
/// Within the bound everywhere.
Comparison within(Metric metric, double bound, std::string reason, double floor = 1);
Comparison within(Metric metric, double strict, double loose, std::string reason, double floor = 1);
Comparison ignored(std::string reason);
/// Exact up to the order of the elements, which are sorted as bytes on both sides.
template <class T> Comparison in_any_order(std::string reason);

/// Exact but for bytes that belong to no member, which a copy of a struct need not carry along.
struct Padding {
  std::size_t offset, size;
};
template <class T> Comparison without(std::vector<Padding> padding);

namespace detail {

template <class T> constexpr Element element_of() {
  using V = std::remove_const_t<T>;
  if constexpr (std::is_same_v<V, float>) return Element::f32;
  if constexpr (std::is_same_v<V, double>) return Element::f64;
  if constexpr (std::is_integral_v<V> && !std::is_same_v<V, bool>) {
    constexpr bool is_signed = std::is_signed_v<V>;
    switch (sizeof(V)) {
    case 1:
      return is_signed ? Element::i8 : Element::u8;
    case 2:
      return is_signed ? Element::i16 : Element::u16;
    case 4:
      return is_signed ? Element::i32 : Element::u32;
    default:
      return is_signed ? Element::i64 : Element::u64;
    }
  }
  return Element::record;
}

void sort_elements(std::vector<std::byte>& bytes, std::size_t element_size);

/// How a parameter of type P is filled: spans from a Handle, everything else by value.
template <class P> struct Parameter {
  static_assert(std::is_trivially_copyable_v<P>);
  using Bound = P;
  static Arg arg(const P& value) {
    ValueArg v{std::vector<std::byte>(sizeof(P)), alignof(P)};
    std::memcpy(v.bytes.data(), &value, sizeof(P));
    return v;
  }
  static P materialize(const P& value, Memory&) { return value; }
};

template <class T> struct Parameter<ring::span<T>> {
  using Bound = Handle<std::remove_const_t<T>>;
  static Arg arg(Bound handle) { return SpanArg{handle.index, !std::is_const_v<T>}; }
  static ring::span<T> materialize(Bound handle, Memory& memory) {
    std::vector<std::byte>& bytes = memory.at(handle.index);
    return ring::span<T>(reinterpret_cast<T*>(bytes.data()), bytes.size() / sizeof(T));
  }
};

inline constexpr std::uint32_t blocks_for(std::uint32_t threads, std::uint32_t block) {
  return threads == 0 ? 1 : (threads + block - 1) / block;
}

} // namespace detail

class CaseBuilder {
public:
  explicit CaseBuilder(CaseInfo info) { case_.info = std::move(info); }

  /// A buffer with these contents, inputs and accumulators.
  template <class T>
  Handle<T> buffer(std::string name, const std::vector<T>& values, Comparison comparison = {}) {
    static_assert(std::is_trivially_copyable_v<T>);
    Buffer b{std::move(name), detail::element_of<T>(), sizeof(T), {}, std::move(comparison)};
    b.bytes.resize(values.size() * sizeof(T));
    if (!values.empty()) std::memcpy(b.bytes.data(), values.data(), b.bytes.size());
    case_.buffers.push_back(std::move(b));
    return {case_.buffers.size() - 1};
  }

  /// A buffer that the kernel is to write. It starts as 0xCB bytes (-2.7e7f, -1.7e57), so that what
  /// is left out shows.
  template <class T>
  Handle<T> output(std::string name, std::size_t count, Comparison comparison = {}) {
    const auto handle = buffer(std::move(name), std::vector<T>(count), std::move(comparison));
    for (std::byte& byte : case_.buffers[handle.index].bytes)
      byte = std::byte{0xCB};
    return handle;
  }

  /// The same for elements whose type is not at hand: zeros; the index of the buffer.
  std::size_t raw(std::string name, std::size_t element_size, std::size_t count,
                  Comparison comparison = {}) {
    case_.buffers.push_back({std::move(name), Element::record, element_size,
                             std::vector<std::byte>(element_size * count), std::move(comparison)});
    return case_.buffers.size() - 1;
  }

  /// A launch whose parts are at hand already.
  void launch_raw(Launch launch) { case_.launches.push_back(std::move(launch)); }

  /// The buffers before the first launch.
  Memory initial() const {
    Memory memory;
    for (const Buffer& buffer : case_.buffers)
      memory.push_back(buffer.bytes);
    return memory;
  }

  /// At least `threads` threads in whole blocks, and at least one block.
  template <class... P>
  void launch(std::string kernel, void (*handler)(P...), Dim block, Dim threads,
              std::type_identity_t<typename detail::Parameter<P>::Bound>... args) {
    Launch l;
    l.kernel = std::move(kernel);
    l.block = block;
    l.blocks = {detail::blocks_for(threads.x, block.x), detail::blocks_for(threads.y, block.y),
                detail::blocks_for(threads.z, block.z)};
    l.args = {detail::Parameter<P>::arg(args)...};
    l.host = [handler, block, blocks = l.blocks,
              bound = std::tuple(args...)](Memory& memory, std::uint32_t warp_size) {
      const auto params = std::apply(
          [&](const auto&... b) {
            return std::tuple<P...>(detail::Parameter<P>::materialize(b, memory)...);
          },
          bound);
      ring::host::launch({blocks.x, blocks.y, blocks.z}, {block.x, block.y, block.z},
                         [&] { std::apply(handler, params); }, {.warp_size = warp_size});
    };
    case_.launches.push_back(std::move(l));
  }

  /// A known answer. `check` takes Results and returns what is wrong, or an empty string. Several
  /// may be added.
  template <class F> void check(F check) {
    case_.check = [before = std::move(case_.check), check = std::move(check)](
                      const Memory& memory, Arithmetic arithmetic) -> std::string {
      if (before) {
        std::string wrong = before(memory, arithmetic);
        if (!wrong.empty()) return wrong;
      }
      return check(Results(memory, arithmetic));
    };
  }

  /// The commonest known answer: the buffer holds exactly these elements.
  template <class T> void expect(Handle<T> handle, std::vector<T> values) {
    check([name = case_.buffers[handle.index].name, handle,
           values = std::move(values)](const Results& r) -> std::string {
      const std::vector<T> got = r.read(handle);
      if (got.size() != values.size()) return name + " has the wrong size";
      for (std::size_t i = 0; i < got.size(); ++i) {
        if (std::memcmp(&got[i], &values[i], sizeof(T)) != 0)
          return name + "[" + std::to_string(i) + "] is not the known answer" +
                 detail_of(got[i], values[i]);
      }
      return {};
    });
  }

  Case take() && { return std::move(case_); }

private:
  template <class T> static std::string detail_of(const T& got, const T& wanted) {
    if constexpr (std::is_arithmetic_v<T>)
      return ": got " + std::to_string(got) + ", wanted " + std::to_string(wanted);
    return {};
  }

  Case case_;
};

/// Collects the entries of one module after the other.
class CaseList {
public:
  template <class F>
  void add(std::string row, std::string module, std::string name, Needs needs, F build) {
    CaseInfo info{std::move(row), std::move(module), std::move(name), needs};
    entries_.push_back({info, [info, build = std::move(build)] {
                          CaseBuilder builder(info);
                          build(builder);
                          return std::move(builder).take();
                        }});
  }
  std::vector<CaseEntry> take() && { return std::move(entries_); }

private:
  std::vector<CaseEntry> entries_;
};

template <class T> Comparison in_any_order(std::string reason) {
  Comparison c;
  c.reason = std::move(reason);
  c.normalize = [](std::vector<std::byte>& bytes) { detail::sort_elements(bytes, sizeof(T)); };
  return c;
}

template <class T> Comparison without(std::vector<Padding> padding) {
  Comparison c;
  c.normalize = [padding = std::move(padding)](std::vector<std::byte>& bytes) {
    for (std::size_t at = 0; at < bytes.size(); at += sizeof(T))
      for (const Padding& p : padding)
        std::memset(bytes.data() + at + p.offset, 0, p.size);
  };
  return c;
}

} // namespace ring::exec
