// Made by ringcc from saxpy.cpp. Compile with -fwrapv -ffp-contract=off.

// What a CPU kernel is called with. The CPU backend prints, for each kernel of a module,
//
//   extern "C" void <module>_<kernel>_cpu(const ring::abi::CpuBlock* block, void* const* args);
//
// which runs one block. args[i] points to parameter i: the value itself, or a SpanView.

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ring::abi {

//  byte  0         4         8         12        16        20        24
//        ├ block_id.x, y, z ───────────┼ grid_dim.x, y, z ───────────┤
struct CpuBlock {
  std::uint32_t block_id[3];
  std::uint32_t grid_dim[3]; // in blocks
};
static_assert(sizeof(CpuBlock) == 24 && alignof(CpuBlock) == 4);
static_assert(offsetof(CpuBlock, grid_dim) == 12);
static_assert(std::is_trivially_copyable_v<CpuBlock>);

using CpuEntry = void (*)(const CpuBlock* block, void* const* args);

} // namespace ring::abi

namespace {

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

  T& operator[](u64 index) const { return first[index]; }
  T* data() const { return first; }
  u64 size() const { return count; }
  /// To span<const T>.
  template <class U> operator span<U>() const { return {first, count}; }
};

template <class T> inline const T& argument(const void* value) {
  return *static_cast<const T*>(value);
}

} // namespace

#line 4 "saxpy.cpp"
extern "C" void saxpy_saxpy_cpu(const ring::abi::CpuBlock* block, void* const* args) {
  const span<const float> x = argument<span<const float>>(args[0]);
  const span<float> y = argument<span<float>>(args[1]);
  const float a = argument<float>(args[2]);
  const u32 block_id_x = block->block_id[0];
  if (block_id_x > 16777214u) __builtin_unreachable();
#line 5
  if (!(block_id_x * 256 + 255 >= y.size())) {
    for (u32 thread_x = 0; thread_x < 256; ++thread_x) {
#line 5
      const u32 i = block_id_x * 256 + thread_x;
#line 7
      y[i] = a * x[i] + y[i];
    }
  } else {
    for (u32 thread_x = 0; thread_x < 256; ++thread_x) {
#line 5
      const u32 i = block_id_x * 256 + thread_x;
      if (i >= y.size()) continue;
      y[i] = a * x[i] + y[i];
    }
  }
}
