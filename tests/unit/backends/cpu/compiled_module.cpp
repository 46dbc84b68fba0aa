#include "compiled_module.h"

#include "backends/cpu/cpu.h"
#include "ir/parser.h"
#include "ring/abi/cpu_block.h"

#include <cstdlib>
#include <dlfcn.h>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace ring::backends::cpu {
namespace {

std::string text_of(const ir::Diagnostics& diagnostics) {
  std::string text;
  for (const ir::Diagnostic& d : diagnostics) {
    text += std::to_string(d.loc.line) + ": " + d.message + "\n";
  }
  return text;
}

/// A folder of its own for each module, so that tests can run side by side.
std::filesystem::path make_folder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "ring-cpu-XXXXXX").string();
  return mkdtemp(pattern.data());
}

} // namespace

CompiledModule::CompiledModule(std::string_view rir) {
  ir::Result<ir::Module> module = ir::parse(rir, "sample.rir");
  if (!module) {
    problem_ = text_of(module.diagnostics());
    return;
  }
  name_ = module->name;
  const Target cpu = target();
  const Options options{.line_directives = false};
  for (const ir::transform::Pass& pass : cpu.legalize(options)) {
    if (ir::Status status = pass.run(*module); !status) {
      problem_ = pass.name + ": " + text_of(status.diagnostics());
      return;
    }
  }
  ir::Result<ir::VerifiedModule> verified = ir::verify(*module, cpu.capabilities);
  if (!verified) {
    problem_ = "verify: " + text_of(verified.diagnostics());
    return;
  }
  source_ = std::get<std::string>(*cpu.emit(*verified, options));

  const std::filesystem::path folder = make_folder();
  const std::string base = (folder / "module").string();
  std::ofstream(base + ".cpp") << source_;
  const std::string command = std::string(RING_TEST_CXX) +
                              " -std=c++20 -O3 " RING_TEST_CXX_REMARKS
                              " -Wall -Wextra -Wno-unused-variable "
                              "-Wno-unused-but-set-variable -Werror -fwrapv -ffp-contract=off "
                              "-shared -fPIC -o " +
                              base + ".so " + base + ".cpp 2> " + base + ".log";
  if (std::system(command.c_str()) == 0) {
    library_ = dlopen((base + ".so").c_str(), RTLD_NOW | RTLD_LOCAL);
  }
  std::ifstream log(base + ".log");
  remarks_ = std::string(std::istreambuf_iterator<char>(log), {});
  if (!library_) problem_ = remarks_ + source_;
  std::filesystem::remove_all(folder);
}

CompiledModule::~CompiledModule() {
  if (library_) dlclose(library_);
}

void CompiledModule::run(const std::string& kernel, std::array<std::uint32_t, 3> grid,
                         std::vector<std::string> arguments) const {
  const std::string symbol = name_ + "_" + kernel + "_cpu";
  const auto entry = reinterpret_cast<abi::CpuEntry>(dlsym(library_, symbol.c_str()));
  std::vector<void*> pointers;
  for (std::string& argument : arguments)
    pointers.push_back(argument.data());
  for (std::uint32_t z = 0; z < grid[2]; ++z) {
    for (std::uint32_t y = 0; y < grid[1]; ++y) {
      for (std::uint32_t x = 0; x < grid[0]; ++x) {
        const abi::CpuBlock block{{x, y, z}, {grid[0], grid[1], grid[2]}};
        entry(&block, pointers.data());
      }
    }
  }
}

} // namespace ring::backends::cpu
