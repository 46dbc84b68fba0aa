// A fibre: a stack of its own, and switching between such stacks within one OS thread.
#pragma once

#include <csetjmp>
#include <cstddef>
#include <ucontext.h>

namespace ring::host::detail {

/// Memory for a stack, with a page below it that stops an overflow.
class Stack {
public:
  explicit Stack(std::size_t size);
  ~Stack();
  Stack(const Stack&) = delete;
  Stack& operator=(const Stack&) = delete;

  std::byte* data() const;
  std::size_t size() const { return size_; }

private:
  std::byte* mapping_;
  std::size_t size_;
  std::size_t guard_;
};

/// Where a suspended flow of control goes on.
class Context {
public:
  using Entry = void (*)(void* argument);

  /// The flow that is running: filled in when it is first switched from.
  Context() = default;
  /// A flow that will call entry(argument) on `stack`. The entry must not return.
  Context(Stack& stack, Entry entry, void* argument);
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  /// Suspends the running flow in `from` and goes on with `to`.
  static void switch_to(Context& from, Context& to);

private:
  static void start(unsigned low, unsigned high);

  ucontext_t context_{};
  std::jmp_buf jump_{};
  bool started_ = true;
  Entry entry_ = nullptr;
  void* argument_ = nullptr;
};

} // namespace ring::host::detail
