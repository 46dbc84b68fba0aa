// Something that runs kernels: a device and the way to it. The exec suite runs every case on every
// executor.
//
//   Opened opened = all_executors()[0].open();
//   if (!opened.executor) skip(opened.why_not);
//   RunResult r = opened.executor->run(module, c);      // buffers in, launches in order, buffers
//   out
#pragma once

#include "../case.h"

#include <ring/loaded_module.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace ring::exec {

struct Capabilities {
  Needs has = kNone;
  Arithmetic arithmetic = Arithmetic::strict;
  std::uint32_t warp_size = 32; ///< 0: not known
};

struct RunResult {
  Memory memory;     ///< as Case::buffers; empty if there is an error
  std::string error; ///< empty: it ran
};

class Executor {
public:
  virtual ~Executor() = default;
  /// The artefact that it runs.
  virtual Target target() const = 0;
  virtual const Capabilities& capabilities() const = 0;
  /// The device, in words.
  virtual std::string device() const = 0;
  /// A failure leaves the executor usable for the next case. Every wait in it ends.
  virtual RunResult run(const LoadedModule& module, const Case& c) = 0;
};

/// An executor that is ready, or the reason why this machine has none of the kind.
struct Opened {
  std::unique_ptr<Executor> executor;
  std::string why_not;
};

struct ExecutorEntry {
  std::string_view name;  ///< [a-z0-9_]+, as in test names and tables
  std::string_view about; ///< what it is, for the table's legend
  bool required;          ///< everywhere but on a machine without a GPU's driver
  Opened (*open)();       ///< may take seconds; open each at most once
};

/// In the order of the table's columns.
std::span<const ExecutorEntry> all_executors();

} // namespace ring::exec
