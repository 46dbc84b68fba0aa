// Made by ringcc from saxpy.cpp.
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

#line 4 "saxpy.cpp"
extern "C" __global__ void __launch_bounds__(256)
saxpy(span<const float> x, span<float> y, float a) {
#line 5
  const u32 i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= y.size()) return;
  y[i] = a * x[i] + y[i];
}
