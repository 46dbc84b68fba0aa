// nvcc accepts the CUDA code of the samples, and it has what a reader expects to see.
#include "../common/samples.h"
#include "backends/cuda/cuda.h"
#include "ir/parser.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

namespace ring::backends::cuda {
namespace {

std::string text_of(const ir::Diagnostics& diagnostics) {
  std::string text;
  for (const ir::Diagnostic& d : diagnostics) {
    text += std::to_string(d.loc.line) + ": " + d.message + "\n";
  }
  return text;
}

/// The CUDA code of a module in the text form.
std::string compile(std::string_view rir, const Options& options = {.line_directives = false}) {
  ir::Result<ir::Module> module = ir::parse(rir, "sample.rir");
  if (!module) return text_of(module.diagnostics());
  const Target cuda = target();
  for (const ir::transform::Pass& pass : cuda.legalize(options)) {
    if (ir::Status status = pass.run(*module); !status) return text_of(status.diagnostics());
  }
  ir::Result<ir::VerifiedModule> verified = ir::verify(*module, cuda.capabilities);
  if (!verified) return text_of(verified.diagnostics());
  return std::get<std::string>(*cuda.emit(*verified, options));
}

struct Sample {
  const char* name;
  std::string_view rir;
};

constexpr Sample kSamples[] = {
    {"saxpy", samples::kSaxpy},         {"reduce", samples::kReduce},
    {"transpose", samples::kTranspose}, {"warp", samples::kWarp},
    {"control", samples::kControl},     {"uniform", samples::kUniform},
    {"values", samples::kValues},       {"atomics", samples::kAtomics},
};

class CudaCompileTest : public testing::TestWithParam<Sample> {};

TEST_P(CudaCompileTest, NvccAccepts) {
  if (std::string_view(RING_TEST_NVCC).empty()) GTEST_SKIP() << "nvcc is not installed";
  std::string pattern = (std::filesystem::temp_directory_path() / "ring-cuda-XXXXXX").string();
  const std::filesystem::path folder = mkdtemp(pattern.data());
  const std::string base = (folder / "module").string();
  const std::string source = compile(GetParam().rir);
  std::ofstream(base + ".cu") << source;
  const std::string command = std::string(RING_TEST_NVCC) + " -Werror all-warnings -arch=sm_75 " +
                              "--cubin -o " + base + ".cubin " + base + ".cu > " + base +
                              ".log 2>&1";
  const int status = std::system(command.c_str());
  std::ifstream log(base + ".log");
  EXPECT_EQ(status, 0) << std::string(std::istreambuf_iterator<char>(log), {}) << source;
  std::filesystem::remove_all(folder);
}

INSTANTIATE_TEST_SUITE_P(Samples, CudaCompileTest, testing::ValuesIn(kSamples),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(CudaPrinterTest, ReadsAsIfWrittenByHand) {
  const std::string source = compile(samples::kReduce);
  const std::string kernel = R"(
extern "C" __global__ void __launch_bounds__(256) sum(span<const u32> x, span<u32> total) {
  __shared__ u32 tile[256];
  const u32 t = threadIdx.x;
  const u32 i = blockIdx.x * blockDim.x + threadIdx.x;
  tile[t] = i < x.size() ? x[i] : 0u;
  __syncthreads();
  for (u32 s = 128; s > 0; s /= 2) {
    if (t < s) tile[t] += tile[t + s];
    __syncthreads();
  }
  if (t == 0) {
    atomicAdd(&total[0], tile[0]);
  }
}
)";
  EXPECT_TRUE(source.ends_with(kernel)) << source;
}

// A fence beside a relaxed access would wait for more.
TEST(CudaPrinterTest, OrderedLoadsAndStoresAreOneInstruction) {
  const std::string source = compile(R"(module "m"
bound @words: span<u32, read_write>
function pass_on(%at: u32) effects {
  let %x: u32 = atomic_load<acquire, system>(@words[%at])
  eval atomic_store<release, system>(@words[%at + 1], %x)
  eval atomic_store<release, block>(@words[%at + 2], %x)
}
kernel global k() block(64, 1, 1) effects {
  eval @pass_on(0)
}
)");
  const std::string body = R"({
  const u32 x = load_acquire_system(&words[at]);
  store_release_system(&words[at + 1], x);
  __threadfence_block();
  atomic_store(&words[at + 2], x);
}
)";
  EXPECT_NE(source.find(body), std::string::npos) << source;
}

TEST(CudaPrinterTest, PointsBackToTheSource) {
  const std::string source = compile(samples::kSaxpy, {.line_directives = true});
  EXPECT_NE(source.find("#line 4 \"saxpy.cpp\"\nextern \"C\" __global__"), std::string::npos)
      << source;
  EXPECT_NE(source.find("{\n#line 5\n  const u32 i ="), std::string::npos) << source;
}

} // namespace
} // namespace ring::backends::cuda
