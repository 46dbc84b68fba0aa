// Writes what the host back end prints for a module in the text form, into a folder:
//
//   generate bank.rir FOLDER
//   generate actors.rir FOLDER actors_expanded.rir     the same module after expand-actors
#include "backends/host/host.h"
#include "ir/parser.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace {

using ring::backends::host::Inputs;

void write(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

ring::ir::Module read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  auto module = ring::ir::parse(text, path);
  if (module) return std::move(*module);
  for (const auto& diagnostic : module.diagnostics())
    std::cerr << path << ":" << diagnostic.loc.line << ": " << diagnostic.message << "\n";
  std::exit(1);
}

Inputs bank_inputs() {
  Inputs inputs;
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
  return inputs;
}

Inputs actors_inputs() {
  Inputs inputs;
  inputs.module_namespace = "actors";
  inputs.artefacts["wgsl"] = std::string("// line \"one\"\n\n// line three\n");
  inputs.omitted["wgsl"]["actors_persistent"] = "no endless loops";
  return inputs;
}

} // namespace

int main(int argc, char** argv) {
  if (argc != 3 && argc != 4) return 2;
  const ring::ir::Module source = read(argv[1]);
  const ring::ir::Module module = read(argv[argc == 4 ? 3 : 1]);
  Inputs inputs = argc == 4 ? actors_inputs() : bank_inputs();
  inputs.module = &module;
  inputs.source = &source;

  const std::filesystem::path folder = argv[2];
  std::filesystem::create_directories(folder);
  const std::string stem = (folder / module.name).string();
  write(stem + ".ring.h", ring::backends::host::header(inputs));
  write(stem + ".ring.json", ring::backends::host::json(inputs));
  write(stem + ".embed.cpp", ring::backends::host::embed(inputs));
  if (const auto js = ring::backends::host::js(inputs)) write(stem + ".ring.js", *js);
  // What the JSON names must lie beside it.
  if (const auto cuda = inputs.artefacts.find("cuda"); cuda != inputs.artefacts.end())
    write(stem + ".cu", std::get<std::string>(cuda->second));
  write(stem + ".wgsl", std::get<std::string>(inputs.artefacts["wgsl"]));
  write(stem + ".core.spv", std::string("\x03\x02\x23\x07\xff\xff\xff\xff", 8));
  return 0;
}
