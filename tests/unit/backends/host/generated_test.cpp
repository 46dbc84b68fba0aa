// Compiles what generate.cpp wrote, links it with kernels written by hand, and runs it: the
// header's types, the image and the JSON must say the same.
#include "bank.ring.h"

#include <ring/abi/span_view.h>
#include <ring/kernel.h> // the handle's spans are those of the device API
#include <ring/loaded_module.h>

#include <gtest/gtest.h>

#include <cstring>

namespace {

template <class T> T* elements(void* arg) {
  return reinterpret_cast<T*>(static_cast<ring::abi::SpanView*>(arg)->data);
}

} // namespace

extern "C" void bank_deposit_cpu(const ring::abi::CpuBlock*, void* const* args) {
  auto* accounts = elements<ledger::Account>(args[0]);
  const auto* deposits = elements<const Deposit>(args[1]);
  const auto& rates = *static_cast<const std::array<float, 4>*>(args[2]);
  const double scale = *static_cast<const double*>(args[3]);
  const auto narrow = *static_cast<const std::uint8_t*>(args[4]);
  accounts[0].add(static_cast<float>(static_cast<double>(deposits[0].amount) * scale) + rates[3] +
                  deposits[0].where.y + narrow);
}

extern "C" void bank_module_cpu(const ring::abi::CpuBlock*, void* const* args) {
  elements<acme::bank::Pair_int>(args[0])->a += static_cast<acme::bank::Pair_int*>(args[1])->b;
}

namespace {

namespace bank = acme::bank;
using std::string_view;

static_assert(std::is_same_v<std::remove_cvref_t<decltype(bank::deposit)>,
                             ring::Kernel<ring::span<ledger::Account>, ring::span<const Deposit>,
                                          std::array<float, 4>, double, std::uint8_t>>);
static_assert(std::is_same_v<decltype(Deposit::where), geo::Point>);
static_assert(std::is_same_v<decltype(Deposit::flags), std::int16_t[2]>);
static_assert(std::is_same_v<std::remove_cvref_t<decltype(bank::nothing)>, ring::Kernel<>>);

TEST(Generated, RunsWithItsTypes) {
  auto rt = ring::Runtime::create({.backend = ring::Backend::cpu});
  auto accounts = rt.upload<ledger::Account>({ledger::Account(1, 10.0f)});
  const auto deposits = rt.upload<Deposit>({Deposit{1, 100, {0, 0.25f}, {}}});
  rt.run(bank::deposit, {.threads = 1}, accounts, deposits, std::array<float, 4>{0, 0, 0, 0.5f}, 2,
         7);
  EXPECT_EQ(accounts.download().front().balance(), 217.75f);
  auto pairs = rt.upload<bank::Pair_int>({{1, 2}});
  rt.run(bank::module, {.threads = 1}, pairs, bank::Pair_int{0, 41});
  EXPECT_EQ(pairs.download().front().a, 42);
  const auto nothing = rt.try_run(bank::nothing, {.threads = 1});
  ASSERT_FALSE(nothing);
  EXPECT_NE(string_view(nothing.error().what()).find("because"), string_view::npos);
}

TEST(Generated, ImageAgreesWithTheAbi) {
  const ring::ModuleImage& module = *bank::deposit.module;
  const ring::KernelImage& kernel = *bank::deposit.kernel;
  EXPECT_EQ(module.name, "bank");
  EXPECT_EQ(module.source_file, "dir/bank.cpp");
  EXPECT_EQ(module.kernels.size(), 3u);
  EXPECT_FALSE(module.fp_strict);
  EXPECT_EQ(module.cuda_source, "line \"one\"\\\n\t\?\?/ \x01"
                                "7\xc3\xa9\nno newline at the end");
  EXPECT_EQ(module.spirv_core.size(), 2u);
  EXPECT_TRUE(module.spirv_full.empty());
  EXPECT_TRUE(module.wgsl.empty());
  ASSERT_EQ(module.cuda_fatbin.size(), 3u);
  EXPECT_EQ(module.cuda_fatbin[2], 255);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(module.cuda_fatbin.data()) % 8, 0u);

  // u32 count @0 · u32 count @4 · 16 bytes @8 · f64 @24 · u8 @32 · u32 count of ring_trap @36
  EXPECT_EQ(kernel.params_block_size, 40u);
  ASSERT_EQ(kernel.params.size(), 6u);
  EXPECT_EQ(kernel.user_params().size(), 5u);
  const std::uint32_t offsets[] = {0, 4, 8, 24, 32, 36};
  const std::uint32_t sizes[] = {8, 32, 16, 8, 1, 4};
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_EQ(kernel.params[i].block_offset, offsets[i]) << i;
    EXPECT_EQ(kernel.params[i].size, sizes[i]) << i;
  }
  EXPECT_EQ(kernel.params[0].access, ring::SpanAccess::read_write);
  EXPECT_EQ(kernel.params[1].access, ring::SpanAccess::read);
  EXPECT_EQ(kernel.params[2].kind, ring::ParamKind::structure);
  EXPECT_EQ(kernel.params[3].kind, ring::ParamKind::scalar);
  EXPECT_EQ(kernel.params[5].name, "ring_trap");
  EXPECT_EQ(kernel.shared_bytes, 40u); // a u8, then four f64
  EXPECT_EQ(bank::module.kernel->shared_bytes, 0u);
  EXPECT_EQ(kernel.block[1], 2u);
  EXPECT_TRUE(kernel.features.has(ring::Feature::float64));
  EXPECT_EQ(kernel.targets,
            (ring::EnumSet{ring::Target::cpu, ring::Target::cuda, ring::Target::spirv_core}));
  EXPECT_EQ(kernel.unsupported[static_cast<std::size_t>(ring::Target::wgsl)],
            "no \"64-bit\" floats");
}

TEST(Generated, JsonSaysWhatTheImageSays) {
  const auto loaded = ring::LoadedModule::from_files(RING_TEST_JSON);
  const ring::ModuleImage& module = *bank::deposit.module;
  EXPECT_EQ(loaded.image().name, module.name);
  EXPECT_EQ(loaded.image().cuda_source, module.cuda_source);
  EXPECT_TRUE(std::ranges::equal(loaded.image().spirv_core, module.spirv_core));
  EXPECT_EQ(loaded.image().fp_strict, module.fp_strict);
  for (const ring::KernelImage& kernel : module.kernels) {
    const ring::KernelImage* other = loaded.find(kernel.name);
    ASSERT_TRUE(other) << kernel.name;
    EXPECT_TRUE(std::ranges::equal(other->block, kernel.block));
    EXPECT_EQ(other->params_block_size, kernel.params_block_size);
    EXPECT_EQ(other->shared_bytes, kernel.shared_bytes);
    EXPECT_EQ(other->has_trap, kernel.has_trap);
    EXPECT_EQ(other->targets, kernel.targets);
    EXPECT_EQ(other->features, kernel.features);
    EXPECT_TRUE(std::ranges::equal(other->unsupported, kernel.unsupported));
    ASSERT_EQ(other->params.size(), kernel.params.size());
    for (std::size_t i = 0; i < kernel.params.size(); ++i) {
      EXPECT_EQ(other->params[i].name, kernel.params[i].name);
      EXPECT_EQ(other->params[i].kind, kernel.params[i].kind);
      EXPECT_EQ(other->params[i].access, kernel.params[i].access);
      EXPECT_EQ(other->params[i].size, kernel.params[i].size);
      EXPECT_EQ(other->params[i].align, kernel.params[i].align);
      EXPECT_EQ(other->params[i].block_offset, kernel.params[i].block_offset);
    }
  }
}

} // namespace
