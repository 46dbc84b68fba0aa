// ring::Error: what every failure of the runtime is. The code is for programs, the message for
// people: it names the kernel, device or argument, and says what to do. Functions named try_*
// return it in a Result, the others throw it.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace ring {

enum class ErrorCode : unsigned char {
  no_device,        // no driver, or no device of that kind or name
  invalid_argument, // the call itself is wrong: counts, sizes, aliases
  unsupported,      // the kernel needs what this device or this build of the module lacks
  out_of_memory,
  compile_failed, // a driver or NVRTC refused the embedded code
  grid_too_large,
  launch_failed, // the device stopped the kernel
  out_of_bounds, // --bounds=trap caught an access outside a span
  timeout,
  device_lost, // nothing can run on this runtime any more
  load_failed, // a file or library of a module could not be read
};
std::string_view name_of(ErrorCode code);

class Error : public std::runtime_error {
public:
  Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  ErrorCode code() const { return code_; }

private:
  ErrorCode code_;
};

} // namespace ring
