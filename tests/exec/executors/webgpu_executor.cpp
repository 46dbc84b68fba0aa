#include "webgpu_executor.h"

#include "base64.h"
#include "child_process.h"
#include "environment.h"
#include "launch_plan.h"

#include <ring/abi/trap_record.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <set>

namespace ring::exec {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using std::chrono::seconds;

constexpr seconds kStartDeadline(60);    // a browser on a busy machine
constexpr seconds kRequestDeadline(180); // a driver may compile the kernel first

Deadline in(seconds time) { return std::chrono::steady_clock::now() + time; }

fs::path script_folder() {
  if (const char* given = std::getenv("RINGCC_WEBGPU_DIR")) return given;
  return RINGCC_WEBGPU_DIR;
}

/// A driver process and what it has loaded. After a failure that may have upset it, it is started
/// afresh.
class Driver {
public:
  explicit Driver(ChildProcess::Options options) : options_(std::move(options)) {}

  /// The answer to hello, or an error.
  json start() {
    std::string why_not;
    loaded_.clear();
    child_ = ChildProcess::start(options_, why_not);
    if (!child_) return failure(why_not);
    return receive(kStartDeadline);
  }

  json ask(json request) {
    if (!child_) {
      const json hello = start();
      if (!hello.value("ok", false)) return hello;
    }
    request["id"] = ++last_id_;
    if (!child_->write_line(request.dump(), in(kRequestDeadline))) return gone("takes no request");
    json answer = receive(kRequestDeadline);
    if (child_ && answer.value("id", std::uint64_t{0}) != last_id_)
      return gone("answered another request");
    return answer;
  }

  json load(const ModuleImage& module) {
    if (child_ && loaded_.contains(module.id)) return {{"ok", true}};
    json answer =
        ask({{"op", "load"}, {"module", std::to_string(module.id)}, {"wgsl", module.wgsl}});
    if (answer.value("ok", false)) loaded_.insert(module.id);
    return answer;
  }

private:
  static json failure(const std::string& what) { return {{"ok", false}, {"error", what}}; }

  json gone(const std::string& what) {
    child_.reset();
    return failure("the driver process " + what + "; it is started afresh for the next case");
  }

  json receive(seconds time) {
    std::optional<std::string> line;
    do { // Dawn writes its warnings among the answers
      line = child_->read_line(in(time));
      if (!line)
        return gone("has ended or did not answer in " + std::to_string(time.count()) + " s");
    } while (!line->starts_with('{'));
    json answer = json::parse(*line, nullptr, false);
    if (answer.is_discarded()) return gone("answered with something else than JSON");
    if (answer.value("error", "").starts_with("device lost")) child_.reset();
    return answer;
  }

  ChildProcess::Options options_;
  std::unique_ptr<ChildProcess> child_;
  std::uint64_t last_id_ = 0;
  std::set<std::uint64_t> loaded_;
};

class WebGpuExecutor final : public Executor {
public:
  WebGpuExecutor(Driver driver, const json& hello)
      : driver_(std::move(driver)), device_(hello.at("adapter")) {
    const json& features = hello.at("features");
    const bool has_subgroups = std::ranges::find(features, json("subgroups")) != features.end();
    capabilities_ = {has_subgroups ? kFloatAtomics | kWarp : kFloatAtomics, Arithmetic::loose, 0};
  }

  Target target() const override { return Target::wgsl; }
  const Capabilities& capabilities() const override { return capabilities_; }
  std::string device() const override { return device_; }

  RunResult run(const LoadedModule& module, const Case& c) override {
    const LaunchPlan plan = plan_launches(module, c, Target::wgsl);
    if (!plan.error.empty()) return {{}, plan.error};
    if (const json loaded = driver_.load(module.image()); !loaded.value("ok", false))
      return {{}, loaded.at("error")};
    const json answer = driver_.ask(request_for(module, c, plan));
    if (!answer.value("ok", false)) return {{}, answer.value("error", "no reason is given")};
    return read_back(c, plan, answer.at("buffers"));
  }

private:
  static json request_buffer(const std::vector<std::byte>& bytes, std::size_t element_size) {
    return {{"bytes", to_base64(bytes)}, {"element", element_size}};
  }

  static json request_for(const LoadedModule& module, const Case& c, const LaunchPlan& plan) {
    json buffers = json::array(), launches = json::array();
    for (const Buffer& buffer : c.buffers)
      buffers.push_back(request_buffer(buffer.bytes, buffer.element_size));
    for (std::size_t i = 0; i < c.launches.size(); ++i) {
      const Launch& launch = c.launches[i];
      const KernelImage& kernel = *plan.kernels[i];
      json bindings = json::array();
      for (const Arg& arg : launch.args) {
        const auto* span = std::get_if<SpanArg>(&arg);
        if (span)
          bindings.push_back(
              {{"buffer", span->buffer}, {"access", span->writable ? "read_write" : "read"}});
      }
      if (kernel.has_trap) {
        bindings.push_back({{"buffer", buffers.size()}, {"access", "read_write"}});
        buffers.push_back(
            request_buffer(std::vector<std::byte>(sizeof(abi::TrapRecord)), sizeof(std::uint32_t)));
      }
      launches.push_back({{"kernel", launch.kernel},
                          {"blocks", {launch.blocks.x, launch.blocks.y, launch.blocks.z}},
                          {"bindings", bindings}});
      const std::vector<std::byte> params = pack_params(kernel, launch, c);
      if (!params.empty()) launches.back()["params"] = to_base64(params);
    }
    return {{"op", "run"},
            {"module", std::to_string(module.image().id)},
            {"buffers", buffers},
            {"launches", launches}};
  }

  /// A buffer that no launch can write comes back as null; trap records follow the buffers of the
  /// case.
  static RunResult read_back(const Case& c, const LaunchPlan& plan, const json& buffers) {
    RunResult result;
    for (std::size_t i = 0; i < c.buffers.size(); ++i) {
      if (buffers.at(i).is_null()) {
        result.memory.push_back(c.buffers[i].bytes);
        continue;
      }
      auto bytes = from_base64(buffers.at(i).get<std::string>());
      if (!bytes) return {{}, "buffer '" + c.buffers[i].name + "' came back garbled"};
      result.memory.push_back(std::move(*bytes));
    }
    std::size_t next = c.buffers.size();
    for (const KernelImage* kernel : plan.kernels) {
      if (!kernel->has_trap) continue;
      const auto words = from_base64(buffers.at(next++).get<std::string>());
      if (std::string trap = describe_trap(*kernel, words.value_or(std::vector<std::byte>{}));
          !trap.empty())
        return {{}, trap};
    }
    return result;
  }

  Driver driver_;
  std::string device_;
  Capabilities capabilities_;
};

Opened open(ChildProcess::Options options) {
  const fs::path folder = script_folder();
  if (!fs::exists(folder / "node_modules"))
    return {nullptr, "its npm packages are not installed: npm ci --prefix " + folder.string()};
  provide_runtime_dir();
  options.environment.emplace_back("XDG_RUNTIME_DIR", std::getenv("XDG_RUNTIME_DIR"));
  Driver driver(std::move(options));
  const json hello = driver.start();
  if (!hello.value("ok", false))
    return {nullptr, hello.value("error", "the driver gave no reason")};
  return {std::make_unique<WebGpuExecutor>(std::move(driver), hello), {}};
}

Opened open_in_node(const char* kind,
                    std::vector<std::pair<std::string, std::string>> environment) {
  const auto node = find_program("node");
  if (!node) return {nullptr, "node is not on the PATH; Debian has it in nodejs"};
  return open(
      {{node->string(), (script_folder() / "driver.mjs").string(), kind}, std::move(environment)});
}

} // namespace

Opened open_dawn() {
  // Debian 12's lavapipe is too old for Dawn.
  const auto icd = swiftshader_icd();
  if (!icd) return {nullptr, "no ICD file of SwiftShader was found; Debian has it in chromium"};
  return open_in_node("dawn", {{"VK_ICD_FILENAMES", icd->string()}});
}

Opened open_wgpu() {
  const auto icd = lavapipe_icd();
  if (!icd)
    return {nullptr, "no ICD file of lavapipe was found; Debian has it in mesa-vulkan-drivers"};
  const fs::path folder = script_folder();
  fs::path deno = folder / "node_modules/@deno/linux-x64-glibc/deno";
  if (!fs::exists(deno)) deno = find_program("deno").value_or(deno);
  return open({{deno.string(), "run", "-A", "--no-config", "--unstable-webgpu",
                (folder / "driver.mjs").string(), "wgpu"},
               {{"VK_ICD_FILENAMES", icd->string()}, {"DENO_NO_UPDATE_CHECK", "1"}}});
}

Opened open_chromium() {
  const char* const given = std::getenv("RINGCC_CHROMIUM");
  const auto browser = given ? std::optional<fs::path>(given) : find_program("chromium");
  if (!browser) return {nullptr, "chromium is not on the PATH; Debian has it in chromium"};
  return open_in_node("chromium", {{"RINGCC_CHROMIUM", browser->string()}});
}

} // namespace ring::exec
