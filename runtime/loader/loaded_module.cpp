#include <ring/loaded_module.h>

#include "core/dynamic_library.h"

#include <nlohmann/json.hpp>

#include <atomic>
#include <cstring>
#include <deque>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace ring {
namespace {

using nlohmann::json;
using std::filesystem::path;

constexpr int kFormat = 1; // of NAME.ring.json; backends/host writes the same number

Error load_error(const path& file, const std::string& what) {
  return Error(ErrorCode::load_failed, file.string() + ": " + what);
}

std::string read_file(const path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (!stream) throw load_error(file, "cannot be read");
  return text;
}

template <class Item> std::vector<Item> read_items(const path& file) {
  const std::string bytes = read_file(file);
  if (bytes.size() % sizeof(Item) != 0)
    throw load_error(file, "its size is no multiple of " + std::to_string(sizeof(Item)));
  std::vector<Item> items(bytes.size() / sizeof(Item));
  if (!items.empty()) std::memcpy(items.data(), bytes.data(), bytes.size());
  return items;
}

/// name_of() is the one table of names.
template <class Enum> Enum enum_of(const std::string& name, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i)
    if (name_of(static_cast<Enum>(i)) == name) return static_cast<Enum>(i);
  throw std::invalid_argument("unknown name '" + name + "'");
}

ParamKind kind_of(const std::string& name) {
  if (name == "span") return ParamKind::span;
  if (name == "scalar") return ParamKind::scalar;
  if (name == "struct") return ParamKind::structure;
  throw std::invalid_argument("unknown kind of parameter '" + name + "'");
}

SpanAccess access_of(const std::string& name) {
  if (name == "read") return SpanAccess::read;
  if (name == "read_write") return SpanAccess::read_write;
  throw std::invalid_argument("unknown access '" + name + "'");
}

ActorScope scope_of(const std::string& name) {
  if (name == "serial") return ActorScope::serial;
  if (name == "warp") return ActorScope::warp;
  if (name == "block") return ActorScope::block;
  if (name == "parallel") return ActorScope::parallel;
  throw std::invalid_argument("unknown scope '" + name + "'");
}

ArgumentKind argument_kind_of(const std::string& name) {
  if (name == "value") return ArgumentKind::value;
  if (name == "span") return ArgumentKind::span;
  if (name == "route") return ArgumentKind::route;
  throw std::invalid_argument("unknown kind of argument '" + name + "'");
}

/// "0x0123456789abcdef"
std::uint64_t hash_of(const std::string& text) {
  constexpr int kHexadecimal = 16;
  std::size_t end = 0;
  const std::uint64_t hash = std::stoull(text, &end, kHexadecimal);
  if (end != text.size()) throw std::invalid_argument("'" + text + "' is no hash");
  return hash;
}

/// Ids of images that do not live for ever; 0 is for those that do.
std::uint64_t next_id() {
  static std::atomic<std::uint64_t> last = 0;
  return ++last;
}

} // namespace

/// Reading fails by exceptions, which try_from_files() turns into its Result.
struct LoadedModule::State {
  ModuleImage image;
  std::vector<KernelImage> kernels;
  std::vector<ActorImage> actors;
  std::deque<std::vector<ParamImage>> params; // one for each kernel
  std::deque<std::vector<MessageImage>> messages;
  std::deque<std::vector<ArgumentImage>> arguments;
  std::deque<std::string> texts; // what the image's string_views refer to
  std::vector<std::uint32_t> spirv_full, spirv_core;
  std::vector<unsigned char> fatbin;
  runtime::DynamicLibrary cpu;

  void read(const path& file, const LoadOptions& options);

private:
  std::string_view keep(std::string text) { return texts.emplace_back(std::move(text)); }
  void read_artefacts(const path& file, const json& artefacts);
  ParamImage read_param(const json& j);
  KernelImage read_kernel(const json& j);
  std::span<const MessageImage> read_messages(const json& list);
  ArgumentImage read_argument(const json& j);
  ActorImage read_actor(const json& j);
};

void LoadedModule::State::read(const path& file, const LoadOptions& options) {
  const json j = json::parse(read_file(file));
  if (const int format = j.at("format"); format != kFormat)
    throw load_error(file, "has format " + std::to_string(format) + ", but this library reads " +
                               std::to_string(kFormat) + "; use the ringcc that it came with");
  if (!options.cpu_library.empty()) {
    // A name without a slash is looked for in the system's folders, which nobody means here.
    Result<runtime::DynamicLibrary> library =
        runtime::DynamicLibrary::open({std::filesystem::absolute(options.cpu_library).string()});
    if (!library) throw library.error();
    cpu = std::move(*library);
  }
  if (!options.cuda_fatbin.empty()) fatbin = read_items<unsigned char>(options.cuda_fatbin);
  read_artefacts(file, j.at("artefacts"));
  for (const json& kernel : j.at("kernels"))
    kernels.push_back(read_kernel(kernel));
  if (j.contains("actors")) { // a module of global kernels only may be without
    for (const json& actor : j.at("actors"))
      actors.push_back(read_actor(actor));
    image.layout_hash = hash_of(j.at("layout_hash"));
  }
  image.name = keep(j.at("module"));
  image.source_file = keep(j.at("source"));
  image.kernels = kernels;
  image.actors = actors;
  image.cuda_fatbin = fatbin;
  image.fp_strict = j.at("fp") == "strict";
  image.id = next_id();
}

void LoadedModule::State::read_artefacts(const path& file, const json& artefacts) {
  for (const auto& [name, value] : artefacts.items()) {
    const path artefact = file.parent_path() / value.get<std::string>();
    switch (enum_of<Target>(name, kTargetCount)) {
    case Target::cpu:
      break; // source; its shared library comes with the options
    case Target::cuda:
      image.cuda_source = keep(read_file(artefact));
      break;
    case Target::spirv_full:
      spirv_full = read_items<std::uint32_t>(artefact);
      break;
    case Target::spirv_core:
      spirv_core = read_items<std::uint32_t>(artefact);
      break;
    case Target::wgsl:
      image.wgsl = keep(read_file(artefact));
      break;
    }
  }
  image.spirv_full = spirv_full;
  image.spirv_core = spirv_core;
}

ParamImage LoadedModule::State::read_param(const json& j) {
  ParamImage param;
  param.name = keep(j.at("name"));
  param.kind = kind_of(j.at("kind"));
  if (param.kind == ParamKind::span) param.access = access_of(j.at("access"));
  param.size = j.at("size");
  param.align = j.at("align");
  param.block_offset = j.at("offset");
  if (param.size == 0) throw std::invalid_argument("a parameter has size 0");
  return param;
}

KernelImage LoadedModule::State::read_kernel(const json& j) {
  KernelImage kernel;
  kernel.name = keep(j.at("name"));
  for (std::size_t axis = 0; axis < 3; ++axis) {
    kernel.block[axis] = j.at("block").at(axis);
    if (kernel.block[axis] == 0) throw std::invalid_argument("a block has no threads");
  }
  std::vector<ParamImage>& list = params.emplace_back();
  for (const json& param : j.at("params"))
    list.push_back(read_param(param));
  kernel.params = list;
  kernel.params_block_size = j.at("params_block_size");
  kernel.shared_bytes = j.at("shared_bytes");
  kernel.has_trap = j.at("has_trap");
  if (kernel.has_trap && list.empty()) throw std::invalid_argument("has_trap without ring_trap");
  for (const json& feature : j.at("features"))
    kernel.features.add(enum_of<Feature>(feature, kFeatureCount));
  // true: the artefact has this kernel; a text: why it has not.
  for (const auto& [name, value] : j.at("targets").items()) {
    const Target target = enum_of<Target>(name, kTargetCount);
    if (value.is_string())
      kernel.unsupported[static_cast<std::size_t>(target)] = keep(value);
    else if (value.get<bool>())
      kernel.targets.add(target);
  }
  if (kernel.targets.has(Target::cpu))
    cpu.load(kernel.cpu_entry, j.at("cpu_entry").get<std::string>().c_str());
  return kernel;
}

std::span<const MessageImage> LoadedModule::State::read_messages(const json& list) {
  std::vector<MessageImage>& result = messages.emplace_back();
  for (const json& j : list)
    result.push_back({keep(j.at("name")), j.at("id"), j.at("size"), j.at("align")});
  return result;
}

ArgumentImage LoadedModule::State::read_argument(const json& j) {
  ArgumentImage argument;
  argument.name = keep(j.at("name"));
  argument.kind = argument_kind_of(j.at("kind"));
  if (argument.kind == ArgumentKind::span) {
    argument.access = access_of(j.at("access"));
    argument.param = j.at("param");
  } else {
    argument.offset = j.at("offset");
  }
  argument.size = j.at("size");
  argument.align = j.at("align");
  if (argument.kind == ArgumentKind::route) argument.messages = read_messages(j.at("messages"));
  return argument;
}

ActorImage LoadedModule::State::read_actor(const json& j) {
  ActorImage actor;
  actor.name = keep(j.at("name"));
  actor.cpp_name = keep(j.at("cpp_name"));
  actor.type = j.at("type");
  actor.scope = scope_of(j.at("scope"));
  actor.lanes = j.at("lanes");
  actor.mailbox = j.at("mailbox");
  actor.priorities = j.at("priorities");
  actor.state_size = j.at("state_size");
  actor.state_align = j.at("state_align");
  actor.states_param = j.at("states_param");
  actor.arguments_size = j.at("arguments_size");
  actor.receives = read_messages(j.at("receives"));
  actor.replies = read_messages(j.at("replies"));
  std::vector<ArgumentImage>& list = arguments.emplace_back();
  for (const json& argument : j.at("arguments"))
    list.push_back(read_argument(argument));
  actor.arguments = list;
  return actor;
}

LoadedModule::LoadedModule(std::unique_ptr<State> state) : state_(std::move(state)) {}
LoadedModule::LoadedModule(LoadedModule&&) noexcept = default;
LoadedModule& LoadedModule::operator=(LoadedModule&&) noexcept = default;
LoadedModule::~LoadedModule() = default;

Result<LoadedModule> LoadedModule::try_from_files(const path& file, const LoadOptions& options) {
  auto state = std::make_unique<State>();
  try {
    state->read(file, options);
  } catch (const Error& error) {
    return error;
  } catch (
      const std::exception& error) { // of the parser, or of a value that is not what it must be
    return load_error(file, error.what());
  }
  return LoadedModule(std::move(state));
}

const ModuleImage& LoadedModule::image() const { return state_->image; }

const KernelImage* LoadedModule::find(std::string_view kernel) const {
  for (const KernelImage& each : state_->kernels)
    if (each.name == kernel) return &each;
  return nullptr;
}

} // namespace ring
