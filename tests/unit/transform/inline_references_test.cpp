#include "ir/transform/inline_references.h"

#include "tests/unit/transform/pass_test.h"

namespace ring::ir::transform {
namespace {

const std::string kHead = "module \"m\"\nfile 0 \"m.cpp\"\n";

Status inline_all(Module& module) { return inline_references(module); }

TEST(InlineReferences, ExpressionFunctionTakesThePlaceOfItsCall) {
  expect_pass(kHead + R"(function square(%x: ref<f32, generic, read>) -> f32 {
  return load(%x) * load(%x)
}

kernel global k(%y: span<f32, read_write>) block(64, 1, 1) effects {
  let %i: u32 = global_id.x
  store %y[%i], @square(%y[%i]) + 1.0
}
)",
              kHead + R"(kernel global k(%y: span<f32, read_write>) block(64, 1, 1) effects {
  let %i: u32 = global_id.x
  store %y[%i], load(%y[%i]) * load(%y[%i]) + 1.0
}
)",
              inline_all);
}

// std::min of libstdc++, which gives a reference.
TEST(InlineReferences, BranchesThatOnlyReturnBecomeASelect) {
  expect_pass(
      kHead +
          R"(function minimum(%a: ref<f32, generic, read>, %b: ref<f32, generic, read>) -> ref<f32, generic, read> {
  if (load(%b) < load(%a)) {
    return %b
  }
  return %a
}

kernel global k(%y: span<f32, read_write>) block(64, 1, 1) effects {
  var %limit: f32 = 2.0
  store %y[0], load(@minimum(%y[1], %limit))
}
)",
      kHead + R"(kernel global k(%y: span<f32, read_write>) block(64, 1, 1) effects {
  var %limit: f32 = 2.0
  store %y[0], load(load(%limit) < load(%y[1]) ? bitcast<ref<f32, generic, read_write>>(%limit) : bitcast<ref<f32, generic, read_write>>(%y[1]))
}
)",
      inline_all);
}

// The index is read before the callee writes, and only once.
TEST(InlineReferences, ArgumentsThatMayChangeAreKept) {
  expect_pass(kHead + R"(function add(%to: ref<f32, generic, read_write>, %v: f32) effects {
  store %to, load(%to) + %v
  store %to, load(%to) * %v
}

kernel global k(%y: span<f32, read_write>) block(64, 1, 1) effects {
  var %i: u32 = 0
  eval @add(%y[load(%i)], load(%y[2]))
}
)",
              kHead + R"(kernel global k(%y: span<f32, read_write>) block(64, 1, 1) effects {
  var %i: u32 = 0
  let %to: ref<f32, storage, read_write> = %y[load(%i)]
  let %v: f32 = load(%y[2])
  store %to, load(%to) + %v
  store %to, load(%to) * %v
}
)",
              inline_all);
}

TEST(InlineReferences, EarlyReturnOfAVoidFunction) {
  expect_pass(kHead + R"(function add(%to: ref<f32, generic, read_write>, %v: f32) effects {
  if (%v == 0.0) {
    return
  }
  store %to, load(%to) + %v
}

kernel global k(%y: span<f32, read_write>, %v: f32) block(64, 1, 1) effects {
  eval @add(%y[0], %v)
}
)",
              kHead +
                  R"(kernel global k(%y: span<f32, read_write>, %v: f32) block(64, 1, 1) effects {
  if (%v != 0.0) {
    store %y[0], load(%y[0]) + %v
  }
}
)",
              inline_all);
}

TEST(InlineReferences, ReturnOutOfALoopWithADefault) {
  expect_pass(kHead + R"(function find(%s: span<u32, read>, %key: u32) -> u32 {
  var %i: u32 = 0
  loop while (load(%i) < 16) {
    if (load(%s[load(%i)]) == %key) {
      return load(%i)
    }
  } continuing {
    store %i, load(%i) + 1
  }
  return 99
}

kernel global k(%y: span<u32, read_write>) block(64, 1, 1) effects {
  let %found: u32 = @find(%y, 7)
  store %y[0], %found
}
)",
              kHead + R"(kernel global k(%y: span<u32, read_write>) block(64, 1, 1) effects {
  var %found: u32
  var %i: u32 = 0
  store %found, 99
  loop while (load(%i) < 16) {
    if (load(%y[load(%i)]) == 7) {
      store %found, load(%i)
      break
    }
  } continuing {
    store %i, load(%i) + 1
  }
  let %found.2: u32 = load(%found)
  store %y[0], %found.2
}
)",
              inline_all);
}

TEST(InlineReferences, ReturnOutOfALoopWithMoreToDo) {
  expect_pass(kHead + R"(function find(%s: span<u32, read>, %key: u32) -> u32 {
  loop {
    if (load(%s[0]) == %key) {
      return 1
    }
    break
  }
  let %other: u32 = load(%s[1])
  return %other
}

kernel global k(%y: span<u32, read_write>) block(64, 1, 1) effects {
  let %found: u32 = @find(%y, 7)
  store %y[0], %found
}
)",
              kHead + R"(kernel global k(%y: span<u32, read_write>) block(64, 1, 1) effects {
  var %found: u32
  var %returned: bool = false
  loop {
    if (load(%y[0]) == 7) {
      store %found, 1
      store %returned, true
      break
    }
    break
  }
  if (!load(%returned)) {
    let %other: u32 = load(%y[1])
    store %found, %other
  }
  let %found.2: u32 = load(%found)
  store %y[0], %found.2
}
)",
              inline_all);
}

TEST(InlineReferences, ReturnInASwitchThatEndsTheFunction) {
  expect_pass(kHead + R"(function pick(%s: span<u32, read>, %key: u32) -> u32 {
  switch (%key) {
    case 1 {
      return 10
    }
    case 2 {
      if (load(%s[0]) == 3) {
        return 4
      }
      return 3
    }
    default {
      return 11
    }
  }
}

kernel global k(%y: span<u32, read_write>, %key: u32) block(64, 1, 1) effects {
  let %picked: u32 = @pick(%y, %key)
  store %y[0], %picked
}
)",
              kHead +
                  R"(kernel global k(%y: span<u32, read_write>, %key: u32) block(64, 1, 1) effects {
  var %picked: u32
  switch (%key) {
    case 1 {
      store %picked, 10
    }
    case 2 {
      if (load(%y[0]) == 3) {
        store %picked, 4
        break
      }
      store %picked, 3
    }
    default {
      store %picked, 11
    }
  }
  let %picked.2: u32 = load(%picked)
  store %y[0], %picked.2
}
)",
              inline_all);
}

TEST(InlineReferences, ReturnsThatNeedARegion) {
  expect_pass(kHead + R"(function classify(%s: span<u32, read>, %key: u32) -> u32 {
  if (%key > 3) {
    if (%key > 5) {
      return 1
    }
    loop {
      if (load(%s[1]) == 4) {
        return 9
      }
    }
  }
  let %last: u32 = load(%s[2])
  return %last
}

kernel global k(%y: span<u32, read_write>, %key: u32) block(64, 1, 1) effects {
  let %class: u32 = @classify(%y, %key)
  store %y[0], %class
}
)",
              kHead +
                  R"(kernel global k(%y: span<u32, read_write>, %key: u32) block(64, 1, 1) effects {
  var %class: u32
  var %returned: bool = false
  switch (0u32) {
    default {
      if (%key > 3) {
        if (%key > 5) {
          store %class, 1
          break
        }
        loop {
          if (load(%y[1]) == 4) {
            store %class, 9
            store %returned, true
            break
          }
        }
        if (load(%returned)) {
          break
        }
      }
      let %last: u32 = load(%y[2])
      store %class, %last
    }
  }
  let %class.2: u32 = load(%class)
  store %y[0], %class.2
}
)",
              inline_all);
}

TEST(InlineReferences, LazyPartsStayLazy) {
  expect_pass(kHead + R"(function first(%s: span<u32, read>) -> u32 {
  let %value: u32 = load(%s[0])
  return %value
}

kernel global k(%y: span<u32, read_write>, %n: u32) block(64, 1, 1) effects {
  if (%n > 0 && @first(%y) == 3) {
    store %y[1], %n == 7 ? @first(%y) : 0
  }
}
)",
              kHead +
                  R"(kernel global k(%y: span<u32, read_write>, %n: u32) block(64, 1, 1) effects {
  var %condition: bool = %n > 0
  if (load(%condition)) {
    let %first: u32 = load(%y[0])
    store %condition, %first == 3
  }
  if (load(%condition)) {
    var %value: u32
    if (%n == 7) {
      let %first.2: u32 = load(%y[0])
      store %value, %first.2
    } else {
      store %value, 0
    }
    store %y[1], load(%value)
  }
}
)",
              inline_all);
}

TEST(InlineReferences, ConditionsOfLoops) {
  expect_pass(kHead + R"(function first(%s: span<u32, read>) -> u32 {
  let %value: u32 = load(%s[0])
  return %value
}

kernel global k(%y: span<u32, read_write>) block(64, 1, 1) effects {
  loop while (@first(%y) < 4) {
    store %y[0], 3
  } until (@first(%y) == 2)
}
)",
              kHead + R"(kernel global k(%y: span<u32, read_write>) block(64, 1, 1) effects {
  var %done: bool
  loop {
    let %first: u32 = load(%y[0])
    if (%first >= 4) {
      break
    }
    store %y[0], 3
  } continuing {
    let %first.2: u32 = load(%y[0])
    store %done, %first.2 == 2
  } until (load(%done))
}
)",
              inline_all);
}

TEST(InlineReferences, CallsInCallees) {
  expect_pass(kHead + R"(function set(%to: ref<u32, generic, read_write>) effects {
  store %to, 1
}

function set_both(%a: ref<u32, generic, read_write>, %b: ref<u32, generic, read_write>) effects {
  eval @set(%a)
  eval @set(%b)
}

function plain(%x: u32) -> u32 {
  return %x + 1
}

kernel global k(%y: span<u32, read_write>) block(64, 1, 1) effects {
  eval @set_both(%y[0], %y[1])
  store %y[2], @plain(3)
}
)",
              kHead + R"(function plain(%x: u32) -> u32 {
  return %x + 1
}

kernel global k(%y: span<u32, read_write>) block(64, 1, 1) effects {
  store %y[0], 1
  store %y[1], 1
  store %y[2], @plain(3)
}
)",
              inline_all);
}

TEST(InlineReferences, WhatUsesABoundSpanStaysAFunction) {
  expect_pass(R"(module "m"

bound @words: span<u32, read_write>

function first(%view: span<u32, read_write>) -> u32 {
  return load(%view[0])
}

function sum(%at: u32) -> u32 {
  return @first(@words) + load(@words[%at])
}

kernel global k() block(1, 1, 1) {
  let %x: u32 = @sum(3)
}
)",
              R"(module "m"

bound @words: span<u32, read_write>

function sum(%at: u32) -> u32 {
  return load(@words[0]) + load(@words[%at])
}

kernel global k() block(1, 1, 1) {
  let %x: u32 = @sum(3)
}
)",
              [](Module& module) { return inline_references(module, {}); });
}

} // namespace
} // namespace ring::ir::transform
