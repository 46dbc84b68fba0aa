// A kernel of a generated header, with the types of its parameters.
//
//   inline constexpr ring::Kernel<ring::span<const float>, ring::span<float>, float> saxpy{…};
#pragma once

#include <ring/buffer.h>
#include <ring/module_image.h>
#include <ring/raw_arg.h>

#include <cstddef>
#include <span>
#include <type_traits>

namespace ring {

template <typename T> class span; // <ring/kernel.h> defines it; here it only names a parameter

template <class... Params> struct Kernel {
  const ModuleImage* module = nullptr;
  const KernelImage* kernel = nullptr;
};

/// Whether elements of type A are those of type B under another name: `long long` and `long`, or an
/// enum and its underlying type (ringcc prints integers by their width and does not know enums).
template <class A, class B> constexpr bool is_same_element() {
  if constexpr (std::is_same_v<A, B>)
    return true;
  else if constexpr (std::is_same_v<A, bool> || std::is_same_v<B, bool>)
    return false;
  else if constexpr (std::is_enum_v<A>)
    return is_same_element<std::underlying_type_t<A>, B>();
  else if constexpr (std::is_integral_v<A> && std::is_integral_v<B>)
    return sizeof(A) == sizeof(B) && std::is_signed_v<A> == std::is_signed_v<B>;
  else
    return false;
}

/// The element type of a Buffer; void for anything else.
template <class T> struct BufferElement {
  using Type = void;
};
template <class T> struct BufferElement<Buffer<T>> {
  using Type = T;
};

/// How an argument of type Arg becomes the RawArg of a parameter of type Param: it is converted
/// into a Held, which lives through the call. This primary template is for scalars and structs.
///
/// Numbers convert as C++ converts them, but for the two conversions that lose silently: a float is
/// not taken for an integer, and an integer that does not fit is an Error{invalid_argument}.
template <class Param> struct ParamBinding {
  static_assert(std::is_trivially_copyable_v<Param>,
                "ring: a kernel parameter must be trivially copyable");
  using Held = Param;

  template <class Arg> static constexpr bool accepts() {
    using Value = std::remove_cvref_t<Arg>;
    if constexpr (std::is_same_v<Value, Param>)
      return true;
    else if constexpr (std::is_same_v<Value, bool> || std::is_same_v<Param, bool>)
      return false;
    else if constexpr (std::is_enum_v<Value>)
      return is_same_element<Value, Param>();
    else if constexpr (std::is_integral_v<Param>)
      return std::is_integral_v<Value>;
    else if constexpr (std::is_floating_point_v<Param>)
      return std::is_arithmetic_v<Value>;
    else
      return std::is_convertible_v<Arg, Param>;
  }

  template <class Arg> static bool fits(const Arg& arg) {
    if constexpr (std::is_integral_v<Param> && std::is_integral_v<Arg> &&
                  !std::is_same_v<Param, bool>)
      return arg == static_cast<Arg>(static_cast<Param>(arg)) &&
             (arg < Arg{}) == (static_cast<Param>(arg) < Param{});
    else
      return true;
  }
  template <class Arg> static Held hold(Arg& arg) { return static_cast<Param>(arg); }
  static RawArg raw(const Held& held) {
    return RawArg::value(std::as_bytes(std::span<const Param>(&held, 1)));
  }
};

template <class T> struct ParamBinding<span<T>> {
  using Held = std::conditional_t<std::is_const_v<T>, const RawBuffer*, RawBuffer*>;

  template <class Arg> static constexpr bool accepts() {
    using Given = std::remove_reference_t<Arg>;
    using Element = typename BufferElement<std::remove_const_t<Given>>::Type;
    return is_same_element<Element, std::remove_const_t<T>>() &&
           (std::is_const_v<T> || !std::is_const_v<Given>);
  }

  template <class Arg> static bool fits(const Arg&) { return true; }
  template <class Arg> static Held hold(Arg& buffer) { return &buffer.raw(); }
  static RawArg raw(Held held) { return RawArg::buffer(*held); }
};

/// Instantiated for each argument, so that a compiler's error shows Index, Param and Arg.
template <std::size_t Index, class Param, class Arg> struct CheckArgument {
  static_assert(ParamBinding<Param>::template accepts<Arg>(),
                "ring: argument number Index (from 0) does not fit the kernel's parameter Param: a "
                "span<T> takes a Buffer<T> that is not const, a span<const T> takes any Buffer<T>, "
                "a number takes a number (no float for an integer), a struct takes that struct");
  static constexpr bool value = true;
};

} // namespace ring
