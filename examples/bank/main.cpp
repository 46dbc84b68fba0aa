// Moves money between accounts that live on the device, and asks the auditor what it heard.
//
//   bank [cpu|vulkan|cuda]
#include <ring/runtime.h>

#include "bank.ring.h"

#include <chrono>
#include <cstdio>
#include <string_view>
#include <variant>

namespace {

using namespace std::chrono_literals;

ring::Backend backend_of(std::string_view name) {
  if (name == "vulkan") return ring::Backend::vulkan;
  if (name == "cuda") return ring::Backend::cuda;
  return ring::Backend::cpu;
}

int run(ring::Backend backend) {
  ring::Runtime rt = ring::Runtime::create({.backend = backend});
  auto auditor = rt.launch(bank::Auditor);
  auto ledger = rt.launch(bank::Ledger, {.routes = {{"auditor", "auditor"}}}, 1000); // 10.00

  // Two calls at once: each gets the answer to its own question.
  auto first = ledger.call<bank::Balance>(bank::Deposit{1, 5000});
  auto second = ledger.call<bank::Balance>(bank::Deposit{2, 300});
  if (second.get(10s).cents != 300 || first.get(10s).cents != 5000) return 1;

  // More than there is is refused; the answer is one of the ledger's replies.
  ledger.send(bank::Transfer{2, 1, 301});
  const auto answer = ledger.receive_any(10s);
  const auto* refused = std::get_if<bank::Refused>(&answer);
  if (!refused || refused->short_of != 1) return 1;

  // Its state survives a pause.
  ledger.suspend();
  ledger.resume();
  const bank::Balance left = ledger.call<bank::Balance>(bank::Transfer{1, 2, 2000}).get(10s);
  if (left.cents != 3000) return 1;

  const bank::Report report = auditor.call<bank::Report>(bank::Question{}).get(10s);
  std::printf("bank: %u large movements of %lld cents on %s\n", report.movements,
              static_cast<long long>(report.cents), rt.device().name.c_str());
  return report.movements == 2 && report.cents == 7000 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
  try {
    return run(backend_of(argc > 1 ? argv[1] : "cpu"));
  } catch (const ring::Error& error) {
    std::fprintf(stderr, "bank: %s\n", error.what());
    return 1;
  }
}
