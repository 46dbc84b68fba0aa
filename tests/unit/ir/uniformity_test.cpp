// Barriers and warp operations: what usual kernels do is accepted, and what hangs is named.
#include "ir/parser.h"
#include "ir/verifier.h"

#include <gtest/gtest.h>

namespace ring::ir {
namespace {

/// What is said about a kernel with this body; notes in brackets.
std::string check(std::string_view body, std::string_view before = "") {
  const std::string text =
      "shared @s: array<f32, 256>\nshared @flag: u32\n"
      "function sum(%x: f32) -> f32 effects {\n"
      "  store @s[thread_id.x], %x\n  eval barrier()\n  let %r: f32 = load(@s[0])\n"
      "  eval barrier()\n  return %r\n}\n" +
      std::string(before) +
      "kernel global k(%x: span<u32, read>, %y: span<u32, read_write>, %n: u32) block(64, 4, 1) {\n"
      "  let %tid: u32 = thread_id.x\n" +
      std::string(body) + "\n}\n";
  Result<Module> module = parse(text, "test.rir");
  if (!module) return "does not parse: " + module.diagnostics().front().message;
  Result<VerifiedModule> verified = verify(*module, all_capabilities());
  if (verified) return "";
  std::string said;
  for (const Diagnostic& d : verified.diagnostics()) {
    said += (said.empty() ? "" : "\n") + code_of(d.id) + " " + d.message;
    for (const Diagnostic::Note& note : d.notes) {
      said += "\n[" + std::to_string(note.loc.line) + ": " + note.message + "]";
    }
  }
  return said;
}

constexpr std::string_view kBlock =
    "RC2101 'barrier' in control flow that is not the same for all threads of the block (in 'k')";

std::string block_error(std::string_view notes) {
  return std::string(kBlock) + "\n" + std::string(notes);
}

TEST(Uniform, ReductionAndStride) {
  EXPECT_EQ(check(R"(
  store @s[%tid], 1.0
  eval barrier()
  var %half: u32 = block_dim.x / 2
  loop while (load(%half) > 0) {
    if (%tid < load(%half)) {
      store @s[%tid], load(@s[%tid]) + load(@s[%tid + load(%half)])
    }
    eval barrier()
  } continuing {
    store %half, load(%half) >> 1
  }
  var %i: u32 = block_id.x
  loop while (load(%i) < %n) {
    eval barrier()
    if (load(%x[load(%i)]) == 7) {
      break
    }
    eval barrier()
  } continuing {
    store %i, load(%i) + grid_dim.x
  }
  let %total: f32 = @sum(1.0)
  if (%total > 3.0) {
    eval barrier()
  })"),
            "");
}

TEST(Uniform, VerdictOfOneThread) {
  EXPECT_EQ(check(R"(
  loop {
    if (%tid == 0) {
      store @flag, load(%y[0])
    }
    eval barrier()
    if (load(@flag) != 0) {
      return
    }
    eval barrier()
  })"),
            "");
}

TEST(Uniform, TheWordThatAllLoad) {
  EXPECT_EQ(check(R"(
  if (%tid == 0) {
    store @flag, load(%y[0])
  }
  let %verdict: u32 = uniform_load(@flag)
  if (%verdict != 0) {
    if (load(@flag) != 1) {
      eval barrier()
    }
  })"),
            "");
}

TEST(Uniform, ThreadsMeetAfterBranches) {
  EXPECT_EQ(check(R"(
  var %i: u32 = %tid
  loop while (load(%i) < %n) {
    if (load(%y[load(%i)]) == 1) {
      continue
    }
    store %y[load(%i)], 1
  } continuing {
    store %i, load(%i) + block_dim.x
  }
  switch (%tid) {
    case 1 {
      break
    }
    default {
    }
  }
  eval barrier())"),
            "");
}

TEST(Uniform, AxisOfOneThread) {
  EXPECT_EQ(check("  if (thread_id.z == 0) {\n    eval barrier()\n  }"), "");
  EXPECT_NE(check("  if (thread_id.y == 0) {\n    eval barrier()\n  }"), "");
}

TEST(Uniform, WarpsBranchTogether) {
  EXPECT_EQ(check(R"(
  if (warp_id() == 0) {
    let %v: u32 = reduce_add(%tid)
    if (%v > 3) {
      eval ballot(%tid == 1)
    }
    let %first: u32 = shuffle(%tid, 0)
    if (%first == 2) {
      eval warp_barrier()
    }
  })"),
            "");
}

TEST(NotUniform, Branch) {
  EXPECT_EQ(check("  if (%tid < 3) {\n    eval barrier()\n  }"),
            block_error("[0: this condition depends on thread_id]"));
}

TEST(NotUniform, EarlyReturn) {
  EXPECT_EQ(
      check("  if (%tid >= %n) !20:3 {\n    return !21:5\n  }\n  eval barrier() !23:3"),
      block_error("[21: some threads return here]\n[20: this condition depends on thread_id]"));
}

TEST(NotUniform, AssignedUnderABranch) {
  EXPECT_EQ(check(R"(
  var %stop: bool = false
  if (%tid == 0) !20 {
    store %stop, true
  }
  if (load(%stop)) !22 {
    eval barrier()
  })"),
            block_error("[22: this condition depends on thread_id]"));
}

TEST(NotUniform, DivergentBreak) {
  EXPECT_EQ(
      check(R"(
  var %i: u32 = 0
  loop while (load(%i) < %n) {
    if (load(%x[%tid]) == load(%i)) !20 {
      break !21
    }
    eval barrier()
  } continuing {
    store %i, load(%i) + 1
  })"),
      block_error("[21: some threads leave here]\n[20: this condition depends on thread_id]"));
}

TEST(NotUniform, BarrierBeforeTheBreakOfTheTurnBefore) {
  EXPECT_EQ(
      check(R"(
  loop {
    eval barrier()
    if (%tid == 3) !20 {
      break !21
    }
  })"),
      block_error("[21: some threads leave here]\n[20: this condition depends on thread_id]"));
}

TEST(NotUniform, NumberOfTurns) {
  EXPECT_EQ(check(R"(
  var %i: u32 = %tid
  loop while (load(%i) < %n) !20 {
    eval barrier()
  } continuing {
    store %i, load(%i) + 1
  })"),
            block_error("[20: the number of turns of this loop depends on thread_id]"));
}

TEST(NotUniform, InsideACalledFunction) {
  EXPECT_EQ(check("  if (global_id.x == 0) !20 {\n    let %v: f32 = @sum(1.0) !21\n  }"),
            block_error("[20: this condition depends on global_id]\n[21: called from here]") +
                "\n" +
                block_error("[20: this condition depends on global_id]\n[21: called from here]"));
}

TEST(NotUniform, ThroughAReference) {
  EXPECT_EQ(check("  var %v: u32 = 0\n  eval @set(%v, %tid)\n  if (load(%v) == 1) !20 {\n"
                  "    eval barrier()\n  }",
                  "function set(%r: ref<u32, generic, read_write>, %x: u32) effects {\n"
                  "  store %r, %x\n}\n"),
            block_error("[20: this condition depends on thread_id]"));
}

TEST(NotUniform, ThroughAView) {
  EXPECT_EQ(check("  var %v: u32 = 0\n  let %w: View = View{&%v}\n  store *%w.p, %tid\n"
                  "  if (load(%v) == 1) !20 {\n    eval barrier()\n  }",
                  "struct View size 8 align 8 {\n  p: ptr<u32, function, read_write> @0\n}\n"),
            block_error("[20: this condition depends on thread_id]"));
}

TEST(NotUniform, AtomicResult) {
  EXPECT_EQ(check("  let %old: u32 = atomic_add(@flag, 1)\n  if (%old == 63) !20 {\n"
                  "    eval barrier()\n  }"),
            block_error("[20: this condition depends on the result of 'atomic_add']"));
}

TEST(NotUniform, SharedMemoryBeforeTheBarrier) {
  EXPECT_EQ(check("  if (%tid == 0) {\n    store @flag, 1\n  }\n  if (load(@flag) == 1) !20 {\n"
                  "    eval barrier()\n  }"),
            block_error("[20: this condition depends on 'flag', which was written since the last "
                        "barrier]"));
}

TEST(NotUniform, UniformLoad) {
  const std::string head = "RC2101 'uniform_load' ";
  const std::string tail = " is not the same for all threads of the block (in 'k')\n";
  EXPECT_EQ(check("  if (%tid == 3) !20 {\n    let %v: u32 = uniform_load(@flag)\n  }"),
            head + "in control flow that" + tail + "[20: this condition depends on thread_id]");
  EXPECT_EQ(
      check("  let %v: u32 = uniform_load(@words[%tid]) !20", "shared @words: array<u32, 64>\n"),
      head + "of an address that" + tail + "[20: the address depends on thread_id]");
  EXPECT_EQ(check("  let %v: u32 = uniform_load(%y[0])"),
            "RC2001 'uniform_load' of what is not shared by the block (in 'k')");
}

TEST(NotUniform, WarpOperation) {
  EXPECT_EQ(
      check("  if (%tid >= %n) !20 {\n    return !21\n  }\n  let %v: u32 = reduce_add(%tid)"),
      "RC2101 'reduce_add' in control flow that is not the same for all lanes of the warp (in 'k')"
      "\n[21: some threads return here]\n[20: this condition depends on thread_id]");
  EXPECT_EQ(check("  if (warp_id() == 0) !20 {\n    eval barrier()\n  }"),
            block_error("[20: this condition depends on warp_id]"));
}

/// What is said about an actor of this scope that has a barrier for one of its messages.
std::string barrier_in_actor(std::string_view scope) {
  const std::string text =
      "struct C size 4 align 4 {\n  a: u32 @0\n}\n"
      "kernel ring k(%c: ref<C, generic, read_write>, %event: u32, %message: u32) -> bool "
      "actor \"k\" scope " +
      std::string(scope) + (scope == "serial" ? "" : " lanes 64") +
      " mailbox 1 effects !7:1 {\n"
      "  if (%event == 16) {\n    eval barrier()\n  }\n"
      "  if (thread_id.x == 0) {\n    store %c.a, 1\n  }\n  return true\n}\n";
  Result<Module> module = parse(text, "test.rir");
  if (!module) return "does not parse: " + module.diagnostics().front().message;
  Result<VerifiedModule> verified = verify(*module, all_capabilities());
  return verified ? "" : verified.diagnostics().front().message;
}

TEST(Uniform, TheMessageOfAnActor) {
  EXPECT_EQ(barrier_in_actor("serial"), "");
  EXPECT_EQ(barrier_in_actor("warp"), "");
  EXPECT_EQ(barrier_in_actor("block"), "");
}

TEST(NotUniform, TheMessagesOfAParallelActor) {
  EXPECT_EQ(barrier_in_actor("parallel"), "'barrier' in control flow that is not the same for all "
                                          "threads of the block (in 'k')");
}

} // namespace
} // namespace ring::ir
