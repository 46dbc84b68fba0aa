#include <ring/loaded_module.h>
#include <ring/runtime.h>

#include "expect_error.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace ring::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* kJson = R"({
  "format": 1, "module": "loaded", "namespace": "loaded", "source": "loaded.cpp",
  "bounds": "off", "fp": "fast",
  "artefacts": {"cpu": "loaded.cpu.cpp", "cuda": "loaded.cu"},
  "structs": [],
  "kernels": [{
    "name": "fill", "block": [1, 1, 1], "params_block_size": 8, "shared_bytes": 64,
    "has_trap": false, "features": ["float64", "subgroups"],
    "targets": {"cpu": true, "cuda": true, "wgsl": "no 64-bit floats"},
    "cpu_entry": "loaded_fill_cpu",
    "params": [
      {"name": "out", "kind": "span", "type": "uint32_t", "access": "read_write",
       "size": 4, "align": 4, "offset": 0},
      {"name": "value", "kind": "scalar", "type": "uint32_t", "size": 4, "align": 4, "offset": 4}]
  }]
})";

class Loader : public testing::Test {
protected:
  Loader() {
    fs::create_directories(folder);
    write("loaded.ring.json", kJson);
    write("loaded.cu", "// source");
  }
  ~Loader() override { fs::remove_all(folder); }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder / name, std::ios::binary) << text;
  }
  fs::path json() const { return folder / "loaded.ring.json"; }

  const fs::path folder =
      fs::path(testing::TempDir()) /
      ("ring loader " + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
};

TEST_F(Loader, RunsAKernelOfASharedLibrary) {
  const LoadedModule first = LoadedModule::from_files(json(), {.cpu_library = RING_TEST_LIBRARY});
  const KernelImage* kernel = first.find("fill");
  ASSERT_TRUE(kernel);
  EXPECT_EQ(first.find("other"), nullptr);
  EXPECT_EQ(first.image().cuda_source, "// source");
  EXPECT_FALSE(first.image().fp_strict);
  EXPECT_TRUE(kernel->features.has(Feature::subgroups));
  EXPECT_FALSE(kernel->features.has(Feature::float16));
  EXPECT_EQ(kernel->unsupported[static_cast<std::size_t>(Target::wgsl)], "no 64-bit floats");
  EXPECT_EQ(kernel->shared_bytes, 64u);

  auto rt = Runtime::create({.backend = Backend::cpu});
  auto out = rt.alloc_raw(12);
  const std::uint32_t value = 77;
  const std::vector args{RawArg::buffer(out), RawArg::value(std::as_bytes(std::span(&value, 1)))};
  rt.run_raw(first.image(), *kernel, {.threads = 3}, args);
  std::uint32_t got[3];
  out.try_download(std::as_writable_bytes(std::span(got))).value();
  EXPECT_EQ(got[2], 77u);
  EXPECT_NE(LoadedModule::from_files(json()).image().id, first.image().id);
}

TEST_F(Loader, WithoutALibraryTheCpuHasNoCode) {
  const LoadedModule module = LoadedModule::from_files(json());
  auto rt = Runtime::create({.backend = Backend::cpu});
  auto out = rt.alloc_raw(4);
  const std::uint32_t value = 1;
  const std::vector args{RawArg::buffer(out), RawArg::value(std::as_bytes(std::span(&value, 1)))};
  expect_error(ErrorCode::unsupported, {"'fill'", "--target=cpu"},
               [&] { rt.run_raw(module.image(), *module.find("fill"), {.threads = 1}, args); });
}

TEST_F(Loader, SaysWhichFileIsWrong) {
  const auto load = [&] { LoadedModule::from_files(json()); };
  write("loaded.ring.json", "{");
  expect_error(ErrorCode::load_failed, {"loaded.ring.json", "parse"}, load);
  write("loaded.ring.json", R"({"format": 99})");
  expect_error(ErrorCode::load_failed, {"loaded.ring.json", "format 99"}, load);
  write("loaded.ring.json", R"({"format": 1, "artefacts": {"abacus": "x"}})");
  expect_error(ErrorCode::load_failed, {"loaded.ring.json", "'abacus'"}, load);
  write("loaded.ring.json", R"({"format": 1, "artefacts": {"spirv_full": "loaded.cu"}})");
  expect_error(ErrorCode::load_failed, {"loaded.cu", "multiple of 4"}, load);
  write("loaded.ring.json", kJson);
  fs::remove(folder / "loaded.cu");
  expect_error(ErrorCode::load_failed, {"loaded.cu", "cannot be read"}, load);
  fs::remove(json());
  expect_error(ErrorCode::load_failed, {"loaded.ring.json", "cannot be read"}, load);
  expect_error(ErrorCode::load_failed, {"no_such.so"}, [&] {
    write("loaded.ring.json", kJson);
    LoadedModule::from_files(json(), {.cpu_library = folder / "no_such.so"});
  });
}

} // namespace
} // namespace ring::test
