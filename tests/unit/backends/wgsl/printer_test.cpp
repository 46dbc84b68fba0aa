#include "backends/wgsl/wgsl.h"
#include "ir/parser.h"
#include "ir/verifier.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace ring::backends::wgsl {
namespace {

std::string messages(const ir::Diagnostics& diagnostics) {
  std::string text;
  for (const ir::Diagnostic& diagnostic : diagnostics)
    text += diagnostic.message + "\n";
  return text;
}

std::string print(std::string_view text, BoundsMode bounds) {
  ir::Result<ir::Module> module =
      ir::parse("module \"m\"\nfile 0 \"m.cpp\"\n" + std::string(text), "m.rir");
  if (!module) return messages(module.diagnostics());
  const Options options{.bounds = bounds};
  for (const ir::transform::Pass& pass : legalize(options)) {
    const ir::Status status = pass.run(*module);
    if (!status) return pass.name + ": " + messages(status.diagnostics());
  }
  const auto verified = ir::verify(*module, target().capabilities);
  if (!verified) return messages(verified.diagnostics());
  return std::get<std::string>(*emit(*verified, options));
}

/// Dawn, over SwiftShader, accepts the text. Skips where they are not installed.
void expect_accepted(const std::string& text) {
  const std::filesystem::path folder = RING_WEBGPU_DIR;
  if (std::string_view(RING_NODE).ends_with("NOTFOUND") ||
      std::string_view(RING_SWIFTSHADER_ICD).ends_with("NOTFOUND") ||
      !std::filesystem::exists(folder / "node_modules")) {
    GTEST_SKIP() << "no WebGPU implementation is installed in " << folder;
  }
  const auto file = std::filesystem::temp_directory_path() /
                    (std::string("ring_wgsl_") +
                     testing::UnitTest::GetInstance()->current_test_info()->name() + ".wgsl");
  std::ofstream(file) << text;
  const std::string command = "VK_ICD_FILENAMES='" RING_SWIFTSHADER_ICD "' '" RING_NODE "' '" +
                              (folder / "driver.mjs").string() + "' dawn '" + file.string() +
                              "' > '" + file.string() + ".log' 2>&1";
  const int status = std::system(command.c_str());
  constexpr int kLacksAFeature = 77;
  const int code = status / 256;
  if (code != 0 && code != kLacksAFeature) {
    std::ifstream log(file.string() + ".log");
    ADD_FAILURE() << std::string(std::istreambuf_iterator<char>(log), {}) << text;
  }
}

void expect_print(std::string_view ir, const std::string& wgsl,
                  BoundsMode bounds = BoundsMode::off) {
  const std::string printed = print(ir, bounds);
  EXPECT_EQ(printed, wgsl);
  if (printed == wgsl) expect_accepted(printed);
}

TEST(WgslPrinter, Saxpy) {
  expect_print(R"(
kernel global saxpy(%x: span<f32, read>, %y: span<f32, read_write>, %a: f32) block(256, 1, 1) effects {
  let %i: u32 = global_id.x
  if (convert<u64>(%i) >= size(%y)) {
    return
  }
  store %y[%i], %a * load(%x[%i]) + load(%y[%i])
}
)",
               R"(struct saxpy_params {
  x_size: u32,
  y_size: u32,
  a: f32,
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<storage, read> params: saxpy_params;

@compute @workgroup_size(256)
fn saxpy(@builtin(global_invocation_id) global_id: vec3<u32>) {
  let i = global_id.x;
  if (i >= params.y_size) { return; }
  y[i] = params.a * x[min(i, params.x_size - 1u)] + y[i];
}
)",
               BoundsMode::clamp);
}

// naga wants a return at the end of a function, though nobody gets there.
TEST(WgslPrinter, ReturnsBehindEndlessLoops) {
  expect_print(R"(
function find(%from: u32, %is_near: bool) -> f32 {
  var %i: u32 = %from
  if (%is_near) {
    return 0.0
  } else {
    loop {
      if (load(%i) > 7) {
        return convert<f32>(load(%i))
      }
      store %i, load(%i) * 2
    }
  }
}

kernel global use(%x: span<f32, read_write>) block(1, 1, 1) effects {
  let %found: f32 = @find(3, false)
  store %x[0], %found
}
)",
               R"(struct use_params {
  x_size: u32,
}

fn find(from_1: u32, is_near: bool) -> f32 {
  var i = from_1;
  if (is_near) {
    return 0.0f;
  } else {
    loop {
      if (i > 7u) {
        return f32(i);
      }
      i *= 2u;
    }
    return 0.0f;
  }
}

@group(0) @binding(0) var<storage, read_write> x: array<f32>;
@group(0) @binding(1) var<storage, read> params: use_params;

@compute @workgroup_size(1)
fn use_1() {
  let found = find(3u, false);
  x[0] = found;
}
)");
}

TEST(WgslPrinter, ReservedWordsLoopsAndJumps) {
  expect_print(R"(
function filter(%var: i32, %loop: u32) -> i32 {
  var %sum: i32 = 0
  var %i: i32 = -2147483648
  loop while (load(%i) < %var) {
    if (load(%i) % 3 == 1) {
      continue
    }
    switch (%loop) {
      case 1, 4 {
        store %sum, load(%sum) + (load(%i) << convert<u32>(%var))
      }
    }
  } continuing {
    store %i, load(%i) + 1
  }
  loop {
    store %sum, load(%sum) - 1
  } until (load(%sum) <= -(-5))
  return -load(%sum)
}

kernel global k(%out: span<i32, read_write>) block(8, 8, 1) effects {
  store %out[0], @filter(3, thread_id.y)
}
)",
               R"(struct k_params {
  out_size: u32,
}

fn filter_1(var_1: i32, loop_1: u32) -> i32 {
  var sum = 0i;
  for (var i = i32(-2147483648); i < var_1; i++) {
    if (i % 3i == 1i) { continue; }
    switch (loop_1) {
      case 1u, 4u: {
        sum += i << u32(var_1);
      }
      default {}
    }
  }
  loop {
    sum--;
    continuing {
      break if sum <= 5i;
    }
  }
  return -sum;
}

@group(0) @binding(0) var<storage, read_write> out: array<i32>;
@group(0) @binding(1) var<storage, read> params: k_params;

@compute @workgroup_size(8, 8)
fn k(@builtin(local_invocation_id) thread_id: vec3<u32>) {
  out[0] = filter_1(3i, thread_id.y);
}
)");
}

TEST(WgslPrinter, AtomicsSharedMemoryAndTables) {
  expect_print(R"(
shared @counts: array<u32, 64>
constant @weights: array<u32, 3> read = array<u32, 3>{1, 2, 3}

kernel global k(%hits: span<u32, read_write>, %first: span<i32, read_write>) block(64, 1, 1) effects {
  let %t: u32 = thread_id.x
  store @counts[%t], load(@weights[%t % 3])
  eval barrier()
  let %old: u32 = atomic_add(@counts[0], 1)
  if (%t < 1 && size(%hits) > 0) {
    store %hits[0], load(@counts[0])
  }
  if (size(%first) > 3) {
    let %was: i32 = atomic_cas(%first[3], 0, 7)
    eval atomic_max(%first[3], %was)
  }
}
)",
               R"(struct k_params {
  hits_size: u32,
  first_size: u32,
}

var<workgroup> counts: array<atomic<u32>, 64>;
const weights = array<u32, 3>(1u, 2u, 3u);

@group(0) @binding(0) var<storage, read_write> hits: array<u32>;
@group(0) @binding(1) var<storage, read_write> first: array<atomic<i32>>;
@group(0) @binding(2) var<storage, read> params: k_params;

@compute @workgroup_size(64)
fn k(@builtin(local_invocation_id) thread_id: vec3<u32>) {
  let t = thread_id.x;
  atomicStore(&counts[t], weights[t % 3u]);
  storageBarrier();
  workgroupBarrier();
  atomicAdd(&counts[0], 1u);
  if (t < 1u && params.hits_size > 0u) {
    hits[0] = atomicLoad(&counts[0]);
  }
  if (params.first_size > 3u) {
    var was: i32;
    loop {
      let attempt = atomicCompareExchangeWeak(&first[3], 0i, 7i);
      was = attempt.old_value;
      if (attempt.exchanged || was != 0i) { break; }
    }
    atomicMax(&first[3], was);
  }
}
)");
}

TEST(WgslPrinter, UniformLoads) {
  expect_print(R"(
struct Pair size 8 align 4 {
  a: u32 @0
  b: u32 @4
}

shared @pair: Pair
shared @words: array<u32, 64>

kernel global k(%out: span<u32, read_write>) block(64, 1, 1) effects {
  let %old: u32 = atomic_add(@pair.b, 1)
  store @words[thread_id.x], load(%out[thread_id.x])
  let %count: u32 = uniform_load(@pair.b)
  let %word: u32 = uniform_load(@words[%count % 64])
  if (%word == 3) {
    eval uniform_load(@pair.a)
  }
}
)",
               R"(struct k_params {
  out_size: u32,
}

var<workgroup> pair: array<atomic<u32>, 2>;
var<workgroup> words: array<u32, 64>;

@group(0) @binding(0) var<storage, read_write> out: array<u32>;
@group(0) @binding(1) var<storage, read> params: k_params;

@compute @workgroup_size(64)
fn k(@builtin(local_invocation_id) thread_id: vec3<u32>) {
  atomicAdd(&pair[1], 1u);
  words[thread_id.x] = out[thread_id.x];
  let count = workgroupUniformLoad(&pair[1]);
  let word = workgroupUniformLoad(&words[count % 64u]);
  if (word == 3u) {
    _ = workgroupUniformLoad(&pair[0]);
  }
}
)");
}

TEST(WgslPrinter, FloatsThatWgslRefusesAsConstants) {
  expect_print(R"(
kernel global k(%out: span<f32, read_write>) block(64, 1, 1) effects {
  if (size(%out) > 2) {
    store %out[0], inf
    store %out[1], 3.4028235e+38
    store %out[2], 1e38f32 * 10.0
  }
}
)",
               R"(var<private> infinity_bits = 2139095040u;

struct k_params {
  out_size: u32,
}

@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@group(0) @binding(1) var<storage, read> params: k_params;

@compute @workgroup_size(64)
fn k() {
  if (params.out_size > 2u) {
    out[0] = bitcast<f32>(infinity_bits);
    out[1] = 3.4028234663852886e+38f;
    out[2] = bitcast<f32>(infinity_bits);
  }
}
)");
}

TEST(WgslPrinter, TablesOfThemKeepTheirBits) {
  expect_print(R"(
constant @edges: array<f32, 3> read = array<f32, 3>{-inf, 1.5, nan}

kernel global k(%out: span<f32, read_write>) block(64, 1, 1) effects {
  let %i: u32 = thread_id.x
  store %out[%i], load(@edges[%i % 3])
}
)",
               R"(struct k_params {
  out_size: u32,
}

const edges = array<u32, 3>(4286578688u, 1069547520u, 2143289344u);

@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@group(0) @binding(1) var<storage, read> params: k_params;

@compute @workgroup_size(64)
fn k(@builtin(local_invocation_id) thread_id: vec3<u32>) {
  let i = thread_id.x;
  out[i] = bitcast<f32>(edges[i % 3u]);
}
)");
}

TEST(WgslPrinter, StructsHaveTheirBytes) {
  expect_print(R"(
struct Cell size 16 align 16 {
  id: u32 @0
  value: f32 @8
}

kernel global k(%cells: span<Cell, read_write>, %flags: span<u8, read_write>) block(64, 1, 1) effects {
  let %i: u32 = global_id.x
  if (convert<u64>(%i) < size(%cells) && convert<u64>(%i) < size(%flags)) {
    store %cells[%i].value, convert<f32>(load(%flags[%i]))
    store %flags[%i], 3
  }
}
)",
               R"(struct Cell {
  @size(8) id: u32,
  @size(8) value: f32,
}

struct k_params {
  cells_size: u32,
  flags_size: u32,
}

@group(0) @binding(0) var<storage, read_write> cells: array<Cell>;
@group(0) @binding(1) var<storage, read_write> flags: array<atomic<u32>>;
@group(0) @binding(2) var<storage, read> params: k_params;

@compute @workgroup_size(64)
fn k(@builtin(global_invocation_id) global_id: vec3<u32>) {
  let i = global_id.x;
  if (i < params.cells_size && i < params.flags_size) {
    cells[i].value = f32((atomicLoad(&flags[i >> 2u]) >> ((i & 3u) << 3u)) & 255u);
    let shift = (i & 3u) << 3u;
    atomicAnd(&flags[i >> 2u], ~(255u << shift));
    atomicOr(&flags[i >> 2u], 3u << shift);
  }
}
)");
}

TEST(WgslPrinter, KernelsThatShareBoundSpans) {
  expect_print(R"(bound @words: span<u32, read_write>

function next(%self: u32) -> u32 effects {
  let %event: u32 = atomic_load<acquire, system>(@words[%self])
  return convert<u64>(%self) < size(@words) ? %event : 0
}

kernel global bounded(%words: span<u32, read_write>, %count: u32) block(1, 1, 1) effects {
  let %event: u32 = @next(%count)
  store @words[0], %event
}

kernel global again(%words: span<u32, read_write>, %count: u32) block(1, 1, 1) effects {
  let %event: u32 = @next(%count + 1)
  store %words[1], %event
}

kernel global other(%x: span<f32, read_write>) block(64, 1, 1) effects {
  store %x[0], 1.0
}
)",
               R"(struct m_params {
  words_size: u32,
  count: u32,
}

struct other_params {
  x_size: u32,
}

@group(0) @binding(0) var<storage, read_write> words: array<atomic<u32>>;
@group(0) @binding(1) var<storage, read> params: m_params;

fn next(self_1: u32) -> u32 {
  let event = atomicLoad(&words[self_1]);
  return select(0u, event, self_1 < params.words_size);
}

@compute @workgroup_size(1)
fn bounded() {
  let event = next(params.count);
  atomicStore(&words[0], event);
}

@compute @workgroup_size(1)
fn again() {
  let event = next(params.count + 1u);
  atomicStore(&words[1], event);
}

@group(0) @binding(0) var<storage, read_write> x: array<f32>;
@group(0) @binding(1) var<storage, read> params_1: other_params;

@compute @workgroup_size(64)
fn other() {
  x[0] = 1.0f;
}
)");
}

} // namespace
} // namespace ring::backends::wgsl
