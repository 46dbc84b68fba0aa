#include <ring/kernel.h>
#include <string>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{type 'std::basic_string<char>' has a destructor that does something; kernels have no scope-exit actions}} [RC1101]
  std::string s = "hello";
  out[0] = s.size();
}
