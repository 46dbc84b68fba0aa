// The annotation macros, and the options that they take as designated initializers.
//
// Under Clang each becomes [[clang::annotate("ring.<kind>", ring::<Kind>Options{...})]]: the front
// end reads the options as one typed constant. Other compilers see nothing.
#pragma once

#include <cstddef>
#include <cstdint>

namespace ring {

/// Extents of a block or a grid; what is left out is 1.
struct Dim3 {
  std::uint32_t x = 1;
  std::uint32_t y = 1;
  std::uint32_t z = 1;

  friend constexpr bool operator==(const Dim3&, const Dim3&) = default;
};

/// What a stencil reads outside its grid.
enum class Boundary : std::uint32_t { zero, clamp, periodic, reflect };

/// Who handles one message of an actor: one lane; all lanes of a warp or of a block together; one
/// lane, while the others handle a message of their own each.
enum class Scope : std::uint32_t { serial, warp, block, parallel };

/// Which message envelope an actor's mailbox uses.
enum class Envelope : std::uint32_t { compact, full };

/// A data-parallel kernel. `block` is the number of threads of a block in x, y and z.
struct GlobalOptions {
  Dim3 block = {256, 1, 1};
};

/// A stencil kernel. A `block` of zeros lets the compiler choose the tile.
struct StencilOptions {
  Boundary boundary = Boundary::zero;
  Dim3 block = {0, 0, 0};
};

/// An actor. A null `name` means the name of the class; `mailbox` counts messages. `block` is the
/// number of lanes of a block or parallel actor; a warp actor has 32, a serial one 1. All actors of
/// a file that have several have equally many.
///
/// With `priorities` those of a higher ring::Priority are handled first, in order within one; lower
/// ones wait as long as higher ones come. It costs memory for four mailboxes, since each priority
/// has `mailbox` places of its own, and up to four looks for the next message instead of one.
struct ActorOptions {
  const char* name = nullptr;
  std::uint32_t mailbox = 1024;
  Scope scope = Scope::serial;
  Envelope envelope = Envelope::compact;
  std::uint32_t block = 128;
  bool priorities = false;
};

/// A message type. An `id` of 0 means that the compiler derives it from the qualified name.
struct MessageOptions {
  std::uint64_t id = 0;
};

/// A field of an actor that is given at launch.
struct ParamOptions {
  const char* name = nullptr;
};

} // namespace ring

#if defined(__has_cpp_attribute)
#if __has_cpp_attribute(clang::annotate)
#define RING_DETAIL_ANNOTATE(...) [[clang::annotate(__VA_ARGS__)]]
#endif
#endif
#ifndef RING_DETAIL_ANNOTATE
#define RING_DETAIL_ANNOTATE(...)
#endif

#define RING_GLOBAL(...) RING_DETAIL_ANNOTATE("ring.global", ring::GlobalOptions{__VA_ARGS__})
#define RING_STENCIL(...) RING_DETAIL_ANNOTATE("ring.stencil", ring::StencilOptions{__VA_ARGS__})
#define RING_ACTOR(...) RING_DETAIL_ANNOTATE("ring.actor", ring::ActorOptions{__VA_ARGS__})
#define RING_KERNEL(...) RING_DETAIL_ANNOTATE("ring.kernel", ring::ActorOptions{__VA_ARGS__})
#define RING_MESSAGE(...) RING_DETAIL_ANNOTATE("ring.message", ring::MessageOptions{__VA_ARGS__})
#define RING_PARAM(...) RING_DETAIL_ANNOTATE("ring.param", ring::ParamOptions{__VA_ARGS__})

// RING_SHARED float tile[256]; declares memory that the threads of a block share, inside a function
// and without initializer. On the host each OS thread runs one block at a time, so the block's copy
// is the OS thread's copy.
#ifdef __RINGCC__
#define RING_SHARED [[clang::annotate("ring.shared")]] static
#else
#define RING_SHARED static thread_local
#endif

// For the headers of ringcc only: marks a declaration as a row of the intrinsic table, a type as
// one that the front end knows, and a definition as one that passes may link: ring::library::<row>
// for a row that a target lacks, ring::library::u64_add and the like for emulated types. BOUND
// marks a span that every launch binds; COLLECTIVE a function that the lanes of a group call
// together or not at all; MESSAGE a function template over a message type that the
// front end writes: "store" and "load" its words, "type" its id.
#ifdef __RINGCC__
#define RING_DETAIL_INTRINSIC(row) [[clang::annotate("ring.intrinsic", row)]]
#define RING_DETAIL_BUILTIN_TYPE(name) [[clang::annotate("ring.builtin_type", name)]]
#define RING_DETAIL_LIBRARY [[clang::annotate("ring.library")]]
#define RING_DETAIL_BOUND [[clang::annotate("ring.bound")]]
#define RING_DETAIL_COLLECTIVE [[clang::annotate("ring.collective")]]
#define RING_DETAIL_MESSAGE(operation) [[clang::annotate("ring.message_operation", operation)]]
#else
#define RING_DETAIL_INTRINSIC(row)
#define RING_DETAIL_BUILTIN_TYPE(name)
#define RING_DETAIL_LIBRARY
#define RING_DETAIL_BOUND
#define RING_DETAIL_COLLECTIVE
#define RING_DETAIL_MESSAGE(operation)
#endif
