#include "ir/transform/copy_arrays.h"

#include "pass_test.h"

namespace ring::ir::transform {
namespace {

TEST(CopyArraysTest, CopiesElementByElement) {
  expect_pass(R"(module "m"
struct Row size 8 align 4 {
  cells: array<u32, 2> @0
}
function f(%row: ref<Row, generic, read_write>) effects {
  var %copy: array<u32, 2> = load(%row.cells)
  store %row.cells, array<u32, 2>{load(%copy[1]), load(%copy[0])}
}
)",
              R"(module "m"
struct Row size 8 align 4 {
  cells: array<u32, 2> @0
}
function f(%row: ref<Row, generic, read_write>) effects {
  var %copy: array<u32, 2>
  var %index: u32 = 0
  loop while (load(%index) < 2) {
    store %copy[load(%index)], load(%row.cells[load(%index)])
  } continuing {
    store %index, load(%index) + 1
  }
  var %elements: array<u32, 2> = array<u32, 2>{load(%copy[1]), load(%copy[0])}
  var %index.2: u32 = 0
  loop while (load(%index.2) < 2) {
    store %row.cells[load(%index.2)], load(%elements[load(%index.2)])
  } continuing {
    store %index.2, load(%index.2) + 1
  }
}
)",
              copy_arrays);
}

TEST(CopyArraysTest, WritesArraysOutInsideBraces) {
  expect_pass(R"(module "m"
struct Row size 8 align 4 {
  cells: array<u32, 2> @0
}
function f(%x: ref<array<u32, 2>, generic, read>) -> Row {
  let %whole: array<u32, 2> = load(%x)
  return Row{%whole}
}
)",
              R"(module "m"
struct Row size 8 align 4 {
  cells: array<u32, 2> @0
}
function f(%x: ref<array<u32, 2>, generic, read>) -> Row {
  var %whole: array<u32, 2>
  var %index: u32 = 0
  loop while (load(%index) < 2) {
    store %whole[load(%index)], load(%x[load(%index)])
  } continuing {
    store %index, load(%index) + 1
  }
  return Row{array<u32, 2>{load(%whole[0u32]), load(%whole[1u32])}}
}
)",
              copy_arrays);
}

TEST(CopyArraysTest, FillsWithZerosInPlace) {
  expect_pass(R"(module "m"
struct Tile size 16 align 4 {
  cells: array<array<f32, 2>, 2> @0
}
function f(%tile: ref<Tile, generic, read_write>) effects {
  store %tile.cells, array<array<f32, 2>, 2>{}
}
)",
              R"(module "m"
struct Tile size 16 align 4 {
  cells: array<array<f32, 2>, 2> @0
}
function f(%tile: ref<Tile, generic, read_write>) effects {
  var %index: u32 = 0
  loop while (load(%index) < 2) {
    var %index.2: u32 = 0
    loop while (load(%index.2) < 2) {
      store %tile.cells[load(%index)][load(%index.2)], 0.0
    } continuing {
      store %index.2, load(%index.2) + 1
    }
  } continuing {
    store %index, load(%index) + 1
  }
}
)",
              copy_arrays);
}

} // namespace
} // namespace ring::ir::transform
