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
  // Of actors:
  unknown_actor,   // no actor of that name
  name_taken,      // another actor of that name lives
  not_active,      // it does not take messages now, or has ended
  illegal_state,   // no step of life leads from that state to the other
  mailbox_full,    // the message is still the caller's
  not_delivered,   // it became a dead letter, for the reason that the message names
  wrong_message,   // of a type that the actor does not take or send
  layout_mismatch, // host and device code were compiled from different sources
  shut_down,       // the Runtime has ended its actors
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
