// Writes what the host back end prints for a module in the text form, into a folder:
//
//   generate bank.rir FOLDER
#include "backends/host/host.h"
#include "ir/parser.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace {

void write(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

} // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::ifstream file(argv[1], std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto module = ring::ir::parse(text, argv[1]);
  if (!module) {
    for (const auto& diagnostic : module.diagnostics())
      std::cerr << argv[1] << ":" << diagnostic.loc.line << ": " << diagnostic.message << "\n";
    return 1;
  }
  ring::backends::host::Inputs inputs;
  inputs.module = &*module;
  inputs.module_namespace = "acme::bank";
  inputs.artefacts["cpu"] = std::string("// code\n");
  inputs.artefacts["cuda"] = std::string("line \"one\"\\\n\t\?\?/ \x01"
                                         "7\xc3\xa9\nno newline at the end");
  inputs.artefacts["spirv-core"] = std::vector<std::uint32_t>{0x07230203, 0xffffffff};
  inputs.artefacts["wgsl"] = std::string();
  inputs.omitted["wgsl"]["deposit"] = "no \"64-bit\" floats";
  inputs.omitted["cpu"]["nothing"] = "because";
  inputs.has_trap = true;
  inputs.fp = ring::backends::FloatMode::fast;

  const std::filesystem::path folder = argv[2];
  std::filesystem::create_directories(folder);
  const std::string stem = (folder / module->name).string();
  write(stem + ".ring.h", ring::backends::host::header(inputs));
  write(stem + ".ring.json", ring::backends::host::json(inputs));
  write(stem + ".embed.cpp", ring::backends::host::embed(inputs));
  // What the JSON names must lie beside it.
  write(stem + ".cu", std::get<std::string>(inputs.artefacts["cuda"]));
  write(stem + ".core.spv", std::string("\x03\x02\x23\x07\xff\xff\xff\xff", 8));
  return 0;
}
