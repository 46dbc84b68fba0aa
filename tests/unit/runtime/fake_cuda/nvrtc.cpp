// An NVRTC that compiles nothing, built as libnvrtc.so: for NAME.cu it gives the image of
// $RINGCC_EXEC_ARTEFACTS/NAME/NAME.shim.so, which tests/exec builds from that file, and which the
// imaginary GPU of driver.cpp runs.
#include <cstdlib>
#include <fstream>
#include <string>

namespace {

constexpr int kOk = 0, kCompilationFailed = 6;

struct Program {
  std::string path;
  std::string log;
};

std::string image_of(const Program& program) { return "SHIM" + program.path + '\0'; }

} // namespace

extern "C" {
int nvrtcCreateProgram(Program** program, const char*, const char* name, int, const char* const*,
                       const char* const*) {
  const char* const folder = std::getenv("RINGCC_EXEC_ARTEFACTS");
  const std::string file = name;
  const std::string module = file.substr(0, file.rfind(".cu"));
  *program = new Program{
      std::string(folder ? folder : ".") + "/" + module + "/" + module + ".shim.so", {}};
  return kOk;
}
int nvrtcDestroyProgram(Program** program) {
  delete *program;
  return kOk;
}
int nvrtcCompileProgram(Program* program, int, const char* const*) {
  if (std::ifstream(program->path)) return kOk;
  program->log = "there is no " + program->path;
  return kCompilationFailed;
}
int nvrtcGetProgramLogSize(Program* program, std::size_t* size) {
  *size = program->log.size();
  return kOk;
}
int nvrtcGetProgramLog(Program* program, char* log) {
  program->log.copy(log, program->log.size());
  return kOk;
}
int nvrtcGetCUBINSize(Program* program, std::size_t* size) {
  *size = image_of(*program).size();
  return kOk;
}
int nvrtcGetCUBIN(Program* program, char* image) {
  image_of(*program).copy(image, image_of(*program).size());
  return kOk;
}
int nvrtcGetPTXSize(Program* program, std::size_t* size) {
  return nvrtcGetCUBINSize(program, size);
}
int nvrtcGetPTX(Program* program, char* image) { return nvrtcGetCUBIN(program, image); }
int nvrtcGetNumSupportedArchs(int* count) {
  *count = 1;
  return kOk;
}
int nvrtcGetSupportedArchs(int* architectures) {
  *architectures = 90;
  return kOk;
}
const char* nvrtcGetErrorString(int) { return "the shim is missing"; }
}
