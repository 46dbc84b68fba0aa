// Made by ringcc from particles.cpp.
// Its floating point is exact only without contraction: compile with -fmad=false.

using i8 = signed char;
using u8 = unsigned char;
using i16 = short;
using u16 = unsigned short;
using i32 = int;
using u32 = unsigned int;
using i64 = long long;
using u64 = unsigned long long;

/// A buffer: a pointer and a number of elements.
template <class T> struct span {
  T* first;
  u64 count;

  __device__ T& operator[](u64 index) const { return first[index]; }
  __device__ T* data() const { return first; }
  __device__ u64 size() const { return count; }
  /// To span<const T>.
  template <class U> __device__ operator span<U>() const { return {first, count}; }
};

#line 3 "particles.cpp"
struct Vec3 {
  float x;
  float y;
  float z;
};
static_assert(sizeof(Vec3) == 12 && alignof(Vec3) == 4, "layout");

#line 7
struct Particle {
  Vec3 position;
  u8 kind;
  Vec3 velocity;
};
static_assert(sizeof(Particle) == 28 && alignof(Particle) == 4, "layout");
#ifndef __CUDACC_RTC__ // NVRTC has no offsetof
static_assert(__builtin_offsetof(Vec3, x) == 0, "layout");
static_assert(__builtin_offsetof(Vec3, y) == 4, "layout");
static_assert(__builtin_offsetof(Vec3, z) == 8, "layout");
static_assert(__builtin_offsetof(Particle, position) == 0, "layout");
static_assert(__builtin_offsetof(Particle, kind) == 12, "layout");
static_assert(__builtin_offsetof(Particle, velocity) == 16, "layout");
#endif

#line 14
static __device__ Vec3 multiply(float s, const Vec3& v) {
#line 14
  return {s * v.x, s * v.y, s * v.z};
}

#line 13
static __device__ Vec3 add(const Vec3& a, const Vec3& b) {
#line 13
  return {a.x + b.x, a.y + b.y, a.z + b.z};
}

#line 17
extern "C" __global__ void __launch_bounds__(64) advance(span<Particle> particles, float dt) {
  const u32 i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= particles.size()) return;
  Particle& p = particles[i];
  if (p.kind != 0) {
#line 21
    Vec3 temporary = multiply(dt, p.velocity);
#line 21
    p.position = add(p.position, temporary);
  }
}
