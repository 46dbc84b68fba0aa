// Branches around barriers that WGSL would refuse. That Dawn accepts the result, and that it does
// the same, is for the exec suite's module "agreement".
#include "backends/wgsl/agree_on_branches.h"

#include "tests/unit/transform/pass_test.h"

namespace ring::backends::wgsl {
namespace {

using ir::transform::expect_pass;

const std::string kHead = R"(module "m"
storage @data: array<u32, 0> read_write binding 0
storage @input: array<u32, 0> read binding 1
params @params: u32 read binding 2
shared @flag: u32
shared @words: array<u32, 64>
)";

const std::string kAgreed = "shared @agreed: u32\n";

std::string kernel(std::string_view body) {
  return "kernel global k() block(64, 1, 1) bindings(@data, @input, @params) effects {\n" +
         std::string(body) + "}\n";
}

/// The body of a kernel becomes another.
void expect_body(std::string_view before, std::string_view after, std::string_view functions = "") {
  expect_pass(kHead + std::string(functions) + kernel(before),
              kHead + kAgreed + std::string(functions) + kernel(after), agree_on_branches);
}

void expect_same(std::string_view body, std::string_view functions = "") {
  const std::string text = kHead + std::string(functions) + kernel(body);
  expect_pass(text, text, agree_on_branches);
}

TEST(AgreeOnBranches, IfWithABarrierInside) {
  expect_body(R"(
  if (load(@flag) == 3) {
    eval barrier()
  }
)",
              R"(
  if (thread_id.x == 0) {
    store @agreed, convert<u32>(load(@flag) == 3)
  }
  let %verdict: u32 = uniform_load(@agreed)
  if (%verdict != 0) {
    eval barrier()
  }
)");
}

TEST(AgreeOnBranches, LoopsAskInEachTurn) {
  expect_body(R"(
  var %i: u32 = 0
  loop while (load(%i) < load(@flag)) {
    eval barrier()
  } continuing {
    store %i, load(%i) + 1
  }
  loop {
    eval barrier()
  } continuing {
    store %i, load(%i) + 1
  } until (load(@data[0]) == 0)
)",
              R"(
  var %i: u32 = 0
  loop {
    if (thread_id.x == 0) {
      store @agreed, convert<u32>(load(%i) < load(@flag))
    }
    let %verdict: u32 = uniform_load(@agreed)
    if (%verdict == 0) {
      break
    }
    eval barrier()
  } continuing {
    store %i, load(%i) + 1
  }
  loop {
    eval barrier()
  } continuing {
    store %i, load(%i) + 1
    if (thread_id.x == 0) {
      store @agreed, convert<u32>(load(@data[0]) == 0)
    }
    let %verdict.2: u32 = uniform_load(@agreed)
  } until (%verdict.2 != 0)
)");
}

TEST(AgreeOnBranches, JumpsPastABarrier) {
  expect_body(R"(
  loop {
    if (load(@flag) == 1) {
      break
    }
    if (load(@flag) == 2) {
      continue
    }
    switch (convert<i32>(load(@flag))) {
      case 3 {
        return
      }
      default {
      }
    }
    eval barrier()
  }
)",
              R"(
  loop {
    if (thread_id.x == 0) {
      store @agreed, convert<u32>(load(@flag) == 1)
    }
    let %verdict: u32 = uniform_load(@agreed)
    if (%verdict != 0) {
      break
    }
    if (thread_id.x == 0) {
      store @agreed, convert<u32>(load(@flag) == 2)
    }
    let %verdict.2: u32 = uniform_load(@agreed)
    if (%verdict.2 != 0) {
      continue
    }
    if (thread_id.x == 0) {
      store @agreed, convert<u32>(convert<i32>(load(@flag)))
    }
    let %verdict.3: u32 = uniform_load(@agreed)
    switch (convert<i32>(%verdict.3)) {
      case 3 {
        return
      }
      default {
      }
    }
    eval barrier()
  }
)");
}

TEST(AgreeOnBranches, OneAgreementMayBeEnough) {
  // What the outer branch decides is uniform behind it, and so is the counter of the loop.
  expect_body(R"(
  var %turns: u32 = 0
  if (load(@flag) == 1) {
    eval barrier()
    store %turns, load(@params)
  }
  var %i: u32 = 0
  loop while (load(%i) < load(%turns)) {
    eval barrier()
  } continuing {
    store %i, load(%i) + 1
  }
)",
              R"(
  var %turns: u32 = 0
  if (thread_id.x == 0) {
    store @agreed, convert<u32>(load(@flag) == 1)
  }
  let %verdict: u32 = uniform_load(@agreed)
  if (%verdict != 0) {
    eval barrier()
    store %turns, load(@params)
  }
  var %i: u32 = 0
  loop while (load(%i) < load(%turns)) {
    eval barrier()
  } continuing {
    store %i, load(%i) + 1
  }
)");
}

TEST(AgreeOnBranches, FunctionsWithBarriers) {
  const std::string wait = "function wait(%n: u32) effects {\n"
                           "  if (%n == 4) {\n    eval barrier()\n  }\n}\n"
                           "function twice(%n: u32) -> u32 {\n  return %n * 2\n}\n";
  expect_pass(kHead + wait +
                  kernel("  eval @wait(@twice(load(@flag)))\n  if (load(@flag) > 1) {\n"
                         "    eval @wait(1)\n  }\n"),
              kHead + kAgreed +
                  "function wait(%n: u32) effects {\n"
                  "  if (thread_id.x == 0) {\n    store @agreed, convert<u32>(%n == 4)\n  }\n"
                  "  let %verdict: u32 = uniform_load(@agreed)\n"
                  "  if (%verdict != 0) {\n    eval barrier()\n  }\n}\n"
                  "function twice(%n: u32) -> u32 {\n  return %n * 2\n}\n" +
                  kernel("  eval @wait(@twice(load(@flag)))\n"
                         "  if (thread_id.x == 0) {\n"
                         "    store @agreed, convert<u32>(load(@flag) > 1)\n  }\n"
                         "  let %verdict: u32 = uniform_load(@agreed)\n"
                         "  if (%verdict != 0) {\n    eval @wait(1)\n  }\n"),
              agree_on_branches);
}

TEST(AgreeOnBranches, TheFirstThreadOfALargerBlock) {
  const auto wait = [](std::string_view first) {
    return "  if (" + std::string(first) +
           ") {\n    store @agreed, convert<u32>(load(@flag) == 1)\n  }\n"
           "  let %verdict: u32 = uniform_load(@agreed)\n"
           "  if (%verdict != 0) {\n    eval barrier()\n  }\n";
  };
  const std::string before = "  if (load(@flag) == 1) {\n    eval barrier()\n  }\n";
  const std::string large = "kernel global large() block(8, 1, 4) effects {\n";
  const std::string head = "function f() effects {\n";
  expect_pass(kHead + head + before + "}\n" + kernel(before) + large + before + "}\n",
              kHead + kAgreed + head + wait("thread_id.x == 0 && thread_id.z == 0") + "}\n" +
                  kernel(wait("thread_id.x == 0")) + large +
                  wait("thread_id.x == 0 && thread_id.z == 0") + "}\n",
              agree_on_branches);
}

TEST(AgreeOnBranches, AddressesOfUniformLoads) {
  expect_body("  let %v: u32 = uniform_load(@words[load(@flag)])\n",
              "  eval barrier()\n"
              "  if (thread_id.x == 0) {\n    store @agreed, load(@words[load(@flag)])\n  }\n"
              "  let %v: u32 = uniform_load(@agreed)\n");
}

TEST(AgreeOnBranches, LeavesWhatIsUniformInWgsl) {
  expect_same(R"(
  var %i: u32 = block_id.x
  loop while (load(%i) < load(@input[load(@params)])) {
    eval barrier()
  } continuing {
    store %i, load(%i) + grid_dim.x
  }
  let %v: u32 = uniform_load(@flag)
  let %w: u32 = @twice(%v)
  if (%w == 2 && block_dim.x > 3) {
    eval barrier()
    return
  }
  eval barrier()
)",
              "function twice(%n: u32) -> u32 {\n  return %n * 2\n}\n");
}

TEST(AgreeOnBranches, LeavesWhatDecidesAboutNoBarrier) {
  expect_same(R"(
  if (load(@flag) == 1) {
    store @words[thread_id.x], 1
  }
  eval barrier()
  var %i: u32 = thread_id.x
  loop while (load(%i) < 64) {
    if (load(@words[load(%i)]) == 3) {
      break
    }
    if (load(@words[load(%i)]) == 4) {
      continue
    }
    store @words[load(%i)], 2
  } continuing {
    store %i, load(%i) + 64
  }
  switch (load(@flag)) {
    case 1 {
      if (thread_id.x == 2) {
        break
      }
      store @words[0], 1
    }
    default {
    }
  }
  eval barrier()
  if (load(@flag) == 1) {
    return
  }
  store @flag, 3
)");
}

TEST(AgreeOnBranches, TurnsThatSomeThreadsEndEarly) {
  expect_pass(kHead + kernel(R"(
  var %i: u32 = 0
  loop while (load(%i) < load(@params)) {
    eval barrier()
    if (thread_id.x > 3) {
      continue
    }
    store @words[thread_id.x], 1
  } continuing {
    store %i, load(%i) + 1
  }
)"),
              kHead + kernel(R"(
  var %i: u32 = 0
  loop while (load(%i) < load(@params)) {
    eval barrier()
    if (thread_id.x <= 3) {
      store @words[thread_id.x], 1
    }
  } continuing {
    store %i, load(%i) + 1
  }
)"),
              agree_on_branches);
}

TEST(AgreeOnBranches, TurnsThatAreTheLastForAll) {
  expect_pass(kHead + "function f(%n: u32) -> u32 effects {" + R"(
  loop {
    eval barrier()
    if (%n > 1) {
      if (%n == 2) {
        break
      }
      if (%n == 3) {
        return 7
      }
      if (thread_id.x > 3) {
        continue
      }
    }
    store @words[thread_id.x], 1
  }
  return 8
}
)" + kernel("  let %r: u32 = @f(load(@params))\n"),
              kHead + "function f(%n: u32) -> u32 effects {" + R"(
  loop {
    eval barrier()
    var %breaks: bool = false
    var %returns: bool = false
    var %result: u32
    switch (0u32) {
      default {
        if (%n > 1) {
          if (%n == 2) {
            store %breaks, true
            break
          }
          if (%n == 3) {
            store %result, 7
            store %returns, true
            break
          }
          if (thread_id.x > 3) {
            break
          }
        }
        store @words[thread_id.x], 1
      }
    }
    if (load(%breaks)) {
      break
    }
    if (load(%returns)) {
      return load(%result)
    }
  }
  return 8
}
)" + kernel("  let %r: u32 = @f(load(@params))\n"),
              agree_on_branches);
}

TEST(AgreeOnBranches, CasesThatSomeThreadsEndEarly) {
  // The return of one case takes the place behind the switch away where threads of another meet.
  expect_pass(kHead + kernel(R"(
  switch (load(@params)) {
    case 1 {
      if (thread_id.x > 3) {
        break
      }
      store @words[thread_id.x], 1
    }
    case 2 {
      return
    }
    default {
    }
  }
  eval barrier()
)"),
              kHead + kernel(R"(
  switch (load(@params)) {
    case 1 {
      if (thread_id.x <= 3) {
        store @words[thread_id.x], 1
      }
    }
    case 2 {
      return
    }
    default {
    }
  }
  eval barrier()
)"),
              agree_on_branches);
}

} // namespace
} // namespace ring::backends::wgsl
