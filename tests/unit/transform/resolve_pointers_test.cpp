#include "ir/transform/resolve_pointers.h"

#include "tests/unit/transform/pass_test.h"

namespace ring::ir::transform {
namespace {

const std::string kHead = "module \"m\"\nfile 0 \"m.cpp\"\n";

Status resolve(Module& module) { return resolve_pointers(module); }

// The index may change after the reference was bound.
TEST(ResolvePointers, ReferenceKeepsItsIndex) {
  expect_pass(kHead + R"(kernel global k(%y: span<f32, read_write>) block(64, 1, 1) effects {
  var %i: u32 = 3
  let %r: ref<f32, storage, read_write> = %y[load(%i)]
  store %i, 4
  store %r, load(%r) + 1.0
}
)",
              kHead + R"(kernel global k(%y: span<f32, read_write>) block(64, 1, 1) effects {
  var %i: u32 = 3
  let %r_index: u32 = load(%i)
  store %i, 4
  store %y[%r_index], load(%y[%r_index]) + 1.0
}
)",
              resolve);
}

TEST(ResolvePointers, ReferenceIntoStructs) {
  expect_pass(kHead + R"(struct Cell size 12 align 4 {
  v: array<f32, 2> @0
  n: u32 @8
}

shared @cells: array<Cell, 8>

kernel global k(%i: u32) block(64, 1, 1) effects {
  let %cell: ref<Cell, workgroup, read_write> = @cells[%i]
  let %v: ref<array<f32, 2>, workgroup, read_write> = %cell.v
  store %v[load(%cell.n) & 1], 2.0
}
)",
              kHead + R"(struct Cell size 12 align 4 {
  v: array<f32, 2> @0
  n: u32 @8
}

shared @cells: array<Cell, 8>

kernel global k(%i: u32) block(64, 1, 1) effects {
  store @cells[%i].v[load(@cells[%i].n) & 1], 2.0
}
)",
              resolve);
}

TEST(ResolvePointers, WalkingPointer) {
  expect_pass(
      kHead +
          R"(kernel global k(%x: span<f32, read>, %y: span<f32, read_write>) block(64, 1, 1) effects {
  let %end: ptr<f32, storage, read> = data(%x) + 16
  var %p: ptr<f32, generic, read> = data(%x)
  var %sum: f32 = 0.0
  loop while (load(%p) != %end) {
    store %sum, load(%sum) + load(*load(%p))
  } continuing {
    store %p, load(%p) + 1
  }
  store %y[load(%p) - data(%x)], load(*(load(%p) + -1))
}
)",
      kHead +
          R"(kernel global k(%x: span<f32, read>, %y: span<f32, read_write>) block(64, 1, 1) effects {
  var %p_index: u32 = 0
  var %sum: f32 = 0.0
  loop while (load(%p_index) != 16) {
    store %sum, load(%sum) + load(%x[load(%p_index)])
  } continuing {
    store %p_index, load(%p_index) + 1
  }
  store %y[convert<i64>(load(%p_index))], load(%x[load(%p_index) + 4294967295])
}
)",
      resolve);
}

// Each index on the way becomes a variable.
TEST(ResolvePointers, PointerIntoRows) {
  expect_pass(kHead + R"(shared @tile: array<array<f32, 16>, 16>

kernel global k(%i: u32) block(64, 1, 1) effects {
  var %p: ptr<f32, generic, read_write> = &@tile[%i][0]
  store %p, &@tile[%i + 1][2]
  store *(load(%p) + %i), 1.0
}
)",
              kHead + R"(shared @tile: array<array<f32, 16>, 16>

kernel global k(%i: u32) block(64, 1, 1) effects {
  var %p_index0: u32 = %i
  var %p_index: u32 = 0
  store %p_index0, %i + 1
  store %p_index, 2
  store @tile[load(%p_index0)][load(%p_index) + %i], 1.0
}
)",
              resolve);
}

TEST(ResolvePointers, TwoBuffersThatChangePlaces) {
  expect_pass(kHead + R"(shared @a: array<f32, 64>
shared @b: array<f32, 64>

kernel global k(%i: u32) block(64, 1, 1) effects {
  var %from: ptr<f32, generic, read_write> = &@a[0]
  var %to: ptr<f32, generic, read_write> = &@b[0]
  let %t: ptr<f32, generic, read_write> = load(%from)
  store %from, load(%to)
  store %to, %t
  store *(load(%to) + %i), load(*(load(%from) + %i))
  let %old: f32 = atomic_add(*load(%to), 1.0)
  store @a[0], %old
}
)",
              kHead + R"(shared @a: array<f32, 64>
shared @b: array<f32, 64>

kernel global k(%i: u32) block(64, 1, 1) effects {
  var %from_which: u32 = 0
  var %from_index: u32 = 0
  var %to_which: u32 = 0
  var %to_index: u32 = 0
  let %t_which: bool = load(%from_which) == 0
  let %t_index: u32 = load(%from_index)
  let %next: u32 = load(%to_which) == 0 ? 1 : 0
  let %next.2: u32 = load(%to_index)
  store %from_which, %next
  store %from_index, %next.2
  store %to_which, %t_which ? 1 : 0
  store %to_index, %t_index
  let %stored: f32 = load(%from_which) == 0 ? load(@a[load(%from_index) + %i]) : load(@b[load(%from_index) + %i])
  if (load(%to_which) == 0) {
    store @b[load(%to_index) + %i], %stored
  } else {
    store @a[load(%to_index) + %i], %stored
  }
  var %old: f32
  if (load(%to_which) == 0) {
    let %old.2: f32 = atomic_add(@b[load(%to_index)], 1.0)
    store %old, %old.2
  } else {
    let %old.3: f32 = atomic_add(@a[load(%to_index)], 1.0)
    store %old, %old.3
  }
  let %old.4: f32 = load(%old)
  store @a[0], %old.4
}
)",
              resolve);
}

// One root: the index is chosen. Two roots: the access is, and what may not be read is not.
TEST(ResolvePointers, ChoiceOfReferences) {
  expect_pass(
      kHead +
          R"(kernel global k(%x: span<f32, read_write>, %u: span<u32, read>, %c: bool) block(64, 1, 1) effects {
  var %local: f32 = 1.0
  let %one: ref<f32, storage, read_write> = %c ? %x[0] : %x[1]
  store %one, 2.0
  let %two: ref<f32, generic, read_write> = %c ? bitcast<ref<f32, generic, read_write>>(%local) : bitcast<ref<f32, generic, read_write>>(%x[load(%u[0])])
  store %two, load(%two) + 1.0
}
)",
      kHead +
          R"(kernel global k(%x: span<f32, read_write>, %u: span<u32, read>, %c: bool) block(64, 1, 1) effects {
  var %local: f32 = 1.0
  let %one_index: i32 = %c ? 0 : 1
  store %x[%one_index], 2.0
  let %two_index: u32 = !%c ? load(%u[0]) : 0
  let %stored: f32 = (%c ? load(%local) : load(%x[%two_index])) + 1.0
  if (%c) {
    store %local, %stored
  } else {
    store %x[%two_index], %stored
  }
}
)",
      resolve);
}

TEST(ResolvePointers, NullPointer) {
  expect_pass(
      kHead + R"(kernel global k(%x: span<f32, read_write>, %c: bool) block(64, 1, 1) effects {
  var %p: ptr<f32, generic, read_write> = ptr<f32, generic, read_write>{}
  if (%c) {
    store %p, &%x[7]
  }
  if (load(%p) != ptr<f32, generic, read_write>{}) {
    store *load(%p), 1.0
  }
}
)",
      kHead + R"(kernel global k(%x: span<f32, read_write>, %c: bool) block(64, 1, 1) effects {
  var %p_which: u32 = 0
  var %p_index: u32 = 0
  if (%c) {
    store %p_which, 1
    store %p_index, 7
  }
  if (load(%p_which) != 0) {
    if (load(%p_which) != 0) {
      store %x[load(%p_index)], 1.0
    }
  }
}
)",
      resolve);
}

TEST(ResolvePointers, Subspans) {
  expect_pass(
      kHead + R"(kernel global k(%x: span<f32, read_write>, %n: u64) block(64, 1, 1) effects {
  let %part: span<f32, read_write> = span<f32, read_write>(data(%x) + %n, size(%x) - %n)
  let %rest: span<f32, read_write> = span<f32, read_write>(data(%part) + 2, size(%part) - 2)
  store %rest[1], load(%part[size(%rest) - 1])
}
)",
      kHead + R"(kernel global k(%x: span<f32, read_write>, %n: u64) block(64, 1, 1) effects {
  let %part_size: u64 = size(%x) - %n
  let %rest_index: u32 = convert<u32>(%n) + 2
  let %rest_size: u64 = %part_size - 2
  store %x[%rest_index + 1], load(%x[%n + (%rest_size - 1)])
}
)",
      resolve);
}

TEST(ResolvePointers, SpanVariable) {
  expect_pass(
      kHead +
          R"(kernel global k(%x: span<f32, read_write>, %y: span<f32, read_write>, %c: bool) block(64, 1, 1) effects {
  var %s: span<f32, read_write> = %x
  if (%c) {
    store %s, %y
  }
  if (size(load(%s)) > 3) {
    store load(%s)[3], 1.0
  }
}
)",
      kHead + R"(kernel global k(
    %x: span<f32, read_write>,
    %y: span<f32, read_write>,
    %c: bool) block(64, 1, 1) effects {
  var %s_which: u32 = 0
  var %s_index: u32 = 0
  var %s_size: u64 = size(%x)
  if (%c) {
    store %s_size, size(%y)
    store %s_which, 1
    store %s_index, 0
  }
  if (load(%s_size) > 3) {
    if (load(%s_which) == 0) {
      store %x[load(%s_index) + 3], 1.0
    } else {
      store %y[load(%s_index) + 3], 1.0
    }
  }
}
)",
      resolve);
}

TEST(ResolvePointers, PointersInMemoryAreRefused) {
  EXPECT_EQ(
      run_pass(kHead +
                   R"(kernel global k(%x: span<f32, read_write>, %i: u32) block(64, 1, 1) effects {
  var %rows: array<ptr<f32, generic, read_write>, 2> = array<ptr<f32, generic, read_write>, 2>{data(%x), data(%x)} !3:3
  store *load(%rows[%i]), 1.0 !4:3
}
)",
               resolve),
      R"(4:3: a pointer comes out of memory, and the target has no pointers; keep pointers in local variables, or store an index instead [RC3102]
)");
}

TEST(ResolvePointers, CastsAreRefused) {
  EXPECT_EQ(
      run_pass(kHead + R"(kernel global k(%x: span<f32, read_write>) block(64, 1, 1) effects {
  let %bits: ptr<u32, storage, read_write> = bitcast<ptr<u32, storage, read_write>>(data(%x)) !3:3
  store *%bits, 1 !4:3
}
)",
               resolve),
      R"(3:3: a ptr<f32, storage, read_write> is used as a ptr<u32, storage, read_write>, which a target without pointers cannot do; use std::bit_cast on the value [RC3103]
)");
}

TEST(ResolvePointers, BoundSpansAreRootsInEveryFunction) {
  expect_pass(R"(module "m"

bound @words: span<u32, read_write>
bound @rows: span<f32, read_write>

struct Cell size 8 align 4 {
  a: u32 @0
  b: f32 @4
}

bound @cells: span<Cell, read_write>

function f(%i: u32, %which: bool) -> u64 effects {
  let %row: span<f32, read_write> = @rows
  let %half: span<f32, read_write> = span<f32, read_write>(data(%row) + 2, size(%row) / 2)
  let %cell: ref<Cell, storage, read_write> = @cells[%i]
  store %cell.b, load(%half[1])
  let %old: u32 = atomic_add(%cell.a, 1)
  var %p: ptr<f32, storage, read_write> = data(@rows)
  store %p, load(%p) + 1
  store *load(%p), 2.0
  store %which ? @words[0] : @words[%i], 7
  return size(%half) + size(@cells)
}
)",
              R"(module "m"

struct Cell size 8 align 4 {
  a: u32 @0
  b: f32 @4
}

bound @words: span<u32, read_write>
bound @rows: span<f32, read_write>
bound @cells: span<Cell, read_write>

function f(%i: u32, %which: bool) -> u64 effects {
  let %half_size: u64 = size(@rows) / 2
  store @cells[%i].b, load(@rows[3u32])
  let %old: u32 = atomic_add(@cells[%i].a, 1)
  var %p_index: u32 = 0
  store %p_index, load(%p_index) + 1
  store @rows[load(%p_index)], 2.0
  store @words[%which ? 0u32 : %i], 7
  return %half_size + size(@cells)
}
)",
              resolve_pointers);
}

} // namespace
} // namespace ring::ir::transform
