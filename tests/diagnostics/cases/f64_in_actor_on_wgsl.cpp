// ringcc: --target=wgsl --emit=wgsl
#include <ring/kernel.h>

struct RING_MESSAGE() Half {
  float value;
};

struct RING_ACTOR() Halver {
  void receive(ring::Context& context, const Half& m) {
    // expected-error@+1 {{WGSL has no 64-bit float; CUDA, SPIR-V and CPU have one}} [RC3001]
    const double half = 0.5 * m.value;
    context.reply(Half{static_cast<float>(half)});
  }
};
// expected-note@-8 {{needed by kernel 'Halver'}}
