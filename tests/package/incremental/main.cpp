// Prints what a kernel of each module makes of 0.
#include <ring/runtime.h>

#include "first.ring.h"
#include "second.ring.h"

#include <cstdio>

int main() {
  ring::Runtime rt = ring::Runtime::create({.backend = ring::Backend::cpu});
  auto a = rt.alloc<int>(1);
  auto b = rt.alloc<double>(1);
  rt.run(first::add_step, {.threads = 1}, a);
  rt.run(second::add_step, {.threads = 1}, b);
  std::printf("%d %g\n", a.download()[0], b.download()[0]);
}
