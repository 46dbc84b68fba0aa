// Made by ringcc from reduce_sum.cpp.
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

#line 4 "reduce_sum.cpp"
extern "C" __global__ void __launch_bounds__(128)
reduce_sum(span<const float> in, span<float> out) {
#line 5
  __shared__ float partial[128];
  const u32 t = threadIdx.x;
  const u32 i = blockIdx.x * blockDim.x + threadIdx.x;
  partial[t] = i < in.size() ? in[i] : 0.0f;
  __syncthreads();
  for (u32 width = 64; width > 0; width /= 2) {
    if (t < width) partial[t] += partial[t + width];
    __syncthreads();
  }
  if (t == 0) {
#line 14
    atomicAdd(&out[0], partial[0]);
  }
}
