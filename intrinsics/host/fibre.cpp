// glibc's hardened longjmp refuses to leave a stack upwards, which is what fibres do.
#ifdef _FORTIFY_SOURCE
#undef _FORTIFY_SOURCE
#endif

#include "fibre.h"

#include <cstdint>
#include <new>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MAP_STACK
#define MAP_STACK 0
#endif

namespace ring::host::detail {

Stack::Stack(std::size_t size) {
  guard_ = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  size_ = (size + guard_ - 1) / guard_ * guard_;
  void* memory = mmap(nullptr, size_ + guard_, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  mapping_ = static_cast<std::byte*>(memory);
  mprotect(mapping_, guard_, PROT_NONE);
}

Stack::~Stack() { munmap(mapping_, size_ + guard_); }

std::byte* Stack::data() const { return mapping_ + guard_; }

Context::Context(Stack& stack, Entry entry, void* argument)
    : started_(false), entry_(entry), argument_(argument) {
  getcontext(&context_);
  context_.uc_stack.ss_sp = stack.data();
  context_.uc_stack.ss_size = stack.size();
  context_.uc_link = nullptr;
  // makecontext passes ints only, so the pointer goes in two halves.
  const auto self = reinterpret_cast<std::uintptr_t>(this);
  makecontext(&context_, reinterpret_cast<void (*)()>(&Context::start), 2,
              static_cast<unsigned>(self), static_cast<unsigned>(self >> 16 >> 16));
}

void Context::start(unsigned low, unsigned high) {
  const auto self = reinterpret_cast<Context*>(static_cast<std::uintptr_t>(high) << 16 << 16 | low);
  self->entry_(self->argument_);
}

#if defined(__SANITIZE_ADDRESS__)
// AddressSanitizer follows swapcontext, but takes a longjmp to another stack for a mistake.
void Context::switch_to(Context& from, Context& to) { swapcontext(&from.context_, &to.context_); }
#else
// swapcontext saves the signal mask with a system call each time; only the first entry needs it.
void Context::switch_to(Context& from, Context& to) {
  if (_setjmp(from.jump_) != 0) return;
  if (!to.started_) {
    to.started_ = true;
    setcontext(&to.context_);
  }
  _longjmp(to.jump_, 1);
}
#endif

} // namespace ring::host::detail
