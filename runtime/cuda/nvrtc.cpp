#include "cuda/nvrtc.h"

#include "core/dynamic_library.h"

#include <algorithm>
#include <vector>

namespace ring::runtime::cuda {
namespace {

using nvrtcResult = int;
using nvrtcProgram = struct nvrtcProgram_st*;

struct NvrtcApi {
  nvrtcResult (*nvrtcCreateProgram)(nvrtcProgram*, const char* source, const char* name,
                                    int header_count, const char* const* headers,
                                    const char* const* include_names);
  nvrtcResult (*nvrtcDestroyProgram)(nvrtcProgram*);
  nvrtcResult (*nvrtcCompileProgram)(nvrtcProgram, int option_count, const char* const* options);
  nvrtcResult (*nvrtcGetProgramLogSize)(nvrtcProgram, std::size_t*);
  nvrtcResult (*nvrtcGetProgramLog)(nvrtcProgram, char*);
  nvrtcResult (*nvrtcGetCUBINSize)(nvrtcProgram, std::size_t*);
  nvrtcResult (*nvrtcGetCUBIN)(nvrtcProgram, char*);
  nvrtcResult (*nvrtcGetPTXSize)(nvrtcProgram, std::size_t*);
  nvrtcResult (*nvrtcGetPTX)(nvrtcProgram, char*);
  nvrtcResult (*nvrtcGetNumSupportedArchs)(int*);
  nvrtcResult (*nvrtcGetSupportedArchs)(int*);
  const char* (*nvrtcGetErrorString)(nvrtcResult);
};

Result<NvrtcApi> load_nvrtc() {
  Result<DynamicLibrary> library =
      DynamicLibrary::open({"libnvrtc.so", "libnvrtc.so.13", "libnvrtc.so.12", "libnvrtc.so.11.2"});
  if (!library)
    return Error(ErrorCode::unsupported,
                 "the module has no CUDA binary and NVRTC is not installed (" +
                     std::string(library.error().what()) +
                     "); build with nvcc at hand, or install NVRTC of CUDA 11.2 or later");
  library->keep_open();
  NvrtcApi api{};
  bool complete = true;
  const auto load = [&](auto& function, const char* name) {
    complete = library->load(function, name) && complete;
  };
  load(api.nvrtcCreateProgram, "nvrtcCreateProgram");
  load(api.nvrtcDestroyProgram, "nvrtcDestroyProgram");
  load(api.nvrtcCompileProgram, "nvrtcCompileProgram");
  load(api.nvrtcGetProgramLogSize, "nvrtcGetProgramLogSize");
  load(api.nvrtcGetProgramLog, "nvrtcGetProgramLog");
  load(api.nvrtcGetCUBINSize, "nvrtcGetCUBINSize");
  load(api.nvrtcGetCUBIN, "nvrtcGetCUBIN");
  load(api.nvrtcGetPTXSize, "nvrtcGetPTXSize");
  load(api.nvrtcGetPTX, "nvrtcGetPTX");
  load(api.nvrtcGetNumSupportedArchs, "nvrtcGetNumSupportedArchs");
  load(api.nvrtcGetSupportedArchs, "nvrtcGetSupportedArchs");
  load(api.nvrtcGetErrorString, "nvrtcGetErrorString");
  if (!complete)
    return Error(ErrorCode::unsupported, "NVRTC is older than CUDA 11.2; install a newer one");
  return api;
}

/// A program of NVRTC, destroyed at the end of its scope.
class Program {
public:
  explicit Program(const NvrtcApi& api) : api_(api) {}
  ~Program() {
    if (program_) api_.nvrtcDestroyProgram(&program_);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  nvrtcResult create(const std::string& source, const std::string& name) {
    return api_.nvrtcCreateProgram(&program_, source.c_str(), name.c_str(), 0, nullptr, nullptr);
  }
  nvrtcResult compile(const std::vector<std::string>& options) {
    std::vector<const char*> pointers;
    for (const std::string& option : options)
      pointers.push_back(option.c_str());
    return api_.nvrtcCompileProgram(program_, static_cast<int>(pointers.size()), pointers.data());
  }
  std::string log() { return text(api_.nvrtcGetProgramLogSize, api_.nvrtcGetProgramLog); }
  std::string cubin() { return text(api_.nvrtcGetCUBINSize, api_.nvrtcGetCUBIN); }
  std::string ptx() { return text(api_.nvrtcGetPTXSize, api_.nvrtcGetPTX); }

private:
  std::string text(nvrtcResult (*get_size)(nvrtcProgram, std::size_t*),
                   nvrtcResult (*get)(nvrtcProgram, char*)) {
    std::size_t size = 0;
    if (get_size(program_, &size) != 0) return {};
    std::string result(size, '\0');
    if (get(program_, result.data()) != 0) return {};
    return result;
  }

  const NvrtcApi& api_;
  nvrtcProgram program_ = nullptr;
};

/// The newest architecture that NVRTC knows and the device runs: machine code when it is the
/// device's own, else PTX, which the driver compiles on.
struct Architecture {
  int number; // 90 for 9.0
  bool is_exact;
};
Result<Architecture> choose_architecture(const NvrtcApi& api, int wanted) {
  int count = 0;
  std::vector<int> known;
  if (api.nvrtcGetNumSupportedArchs(&count) == 0) {
    known.resize(static_cast<std::size_t>(count));
    if (api.nvrtcGetSupportedArchs(known.data()) != 0) known.clear();
  }
  int best = 0;
  for (int each : known)
    if (each <= wanted) best = std::max(best, each);
  if (best == 0)
    return Error(ErrorCode::unsupported, "NVRTC has no code for a device of architecture sm_" +
                                             std::to_string(wanted) +
                                             "; install the NVRTC that fits it");
  return Architecture{best, best == wanted};
}

} // namespace

Result<std::string> compile_with_nvrtc(const ModuleImage& module, int major, int minor) {
  const Result<NvrtcApi> api = load_nvrtc();
  if (!api) return api.error();
  const Result<Architecture> architecture = choose_architecture(*api, major * 10 + minor);
  if (!architecture) return architecture.error();
  std::vector<std::string> options{
      std::string("--gpu-architecture=") + (architecture->is_exact ? "sm_" : "compute_") +
          std::to_string(architecture->number),
      "--std=c++17",
  };
  // As nvcc is called for --fp=strict: correctly rounded operations and no contraction.
  if (module.fp_strict)
    options.insert(options.end(),
                   {"--fmad=false", "--ftz=false", "--prec-div=true", "--prec-sqrt=true"});
  else
    options.push_back("--use_fast_math");

  Program program(*api);
  const std::string name = std::string(module.name) + ".cu";
  nvrtcResult r = program.create(std::string(module.cuda_source), name);
  if (r == 0) r = program.compile(options);
  if (r != 0)
    return Error(ErrorCode::compile_failed, "NVRTC refused " + name + ": " +
                                                api->nvrtcGetErrorString(r) + "\n" + program.log());
  std::string code = architecture->is_exact ? program.cubin() : program.ptx();
  if (code.empty()) return Error(ErrorCode::compile_failed, "NVRTC gave no code for " + name);
  return code;
}

} // namespace ring::runtime::cuda
