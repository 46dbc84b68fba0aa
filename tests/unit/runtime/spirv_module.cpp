#include "test_module.h"

#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace ring::test {
namespace {

/// RING_TEST_SPIRV_DIR is where the build puts what spirv-as makes of spirv/*.spvasm.
std::vector<std::uint32_t> words_of(const std::string& name) {
  std::ifstream file(RING_TEST_SPIRV_DIR "/" + name, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (bytes.empty()) throw std::runtime_error(name + " was not built");
  std::vector<std::uint32_t> words(bytes.size() / 4);
  std::memcpy(words.data(), bytes.data(), words.size() * 4);
  return words;
}

constexpr ParamImage kSaxpyParams[] = {{"x", ParamKind::span, SpanAccess::read, 4, 4, 0},
                                       {"y", ParamKind::span, SpanAccess::read_write, 4, 4, 4},
                                       {"a", ParamKind::scalar, SpanAccess::none, 4, 4, 8}};
constexpr ParamImage kOutParams[] = {{"out", ParamKind::span, SpanAccess::read_write, 4, 4, 0}};
constexpr ParamImage kSpinParams[] = {{"out", ParamKind::span, SpanAccess::read_write, 4, 4, 0},
                                      {"n", ParamKind::scalar, SpanAccess::none, 4, 4, 4}};
constexpr ParamImage kTrapperParams[] = {
    {"out", ParamKind::span, SpanAccess::read_write, 4, 4, 0},
    {"ring_trap", ParamKind::span, SpanAccess::read_write, 4, 4, 4}};
constexpr EnumSet<Target> kCore{Target::spirv_core};
constexpr EnumSet<Target> kBoth{Target::spirv_full, Target::spirv_core};
constexpr EnumSet<Target> kFull{Target::spirv_full};

} // namespace

SpirvModule::SpirvModule()
    : kernels{{"saxpy", {64, 1, 1}, kSaxpyParams, 12, 0, false, kCore, {}, {}, nullptr},
              {"profile", {1, 1, 1}, kOutParams, 4, 0, false, kBoth, {}, {}, nullptr},
              {"spin", {1, 1, 1}, kSpinParams, 8, 0, false, kCore, {}, {}, nullptr},
              {"trapper", {1, 1, 1}, kTrapperParams, 8, 0, true, kCore, {}, {}, nullptr},
              {"profile", {1, 1, 1}, kOutParams, 4, 0, false, kFull, {}, {}, nullptr}} {
  static const std::vector<std::uint32_t> full = words_of("full.spv");
  static const std::vector<std::uint32_t> core = words_of("core.spv");
  module.name = "spirv_module";
  module.source_file = "dir/spirv_module.cpp";
  module.kernels = kernels;
  module.spirv_full = full;
  module.spirv_core = core;
  saxpy = {&module, &kernels[0]};
  profile = {&module, &kernels[1]};
  spin = {&module, &kernels[2]};
  trapper = {&module, &kernels[3]};
  full_only = {&module, &kernels[4]};
}

const SpirvModule& spirv_module() {
  static const SpirvModule module;
  return module;
}

} // namespace ring::test
