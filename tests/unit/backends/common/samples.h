// Modules in the text form, small programs that the back ends of the C family are tested on: the
// CPU code is compiled and run, the CUDA code compiled.
#pragma once

#include <string_view>

namespace ring::backends::samples {

inline constexpr std::string_view kSaxpy = R"(module "saxpy"
file 0 "saxpy.cpp"
kernel global saxpy(%x: span<f32, read>, %y: span<f32, read_write>, %a: f32) block(256, 1, 1) effects !4:6 {
  let %i: u32 = global_id.x !5:14
  if (convert<u64>(%i) >= size(%y)) !6:3 {
    return !6:22
  }
  store %y[%i], %a * load(%x[%i]) + load(%y[%i]) !7:3
}
)";

inline constexpr std::string_view kReduce = R"(module "reduce"
file 0 "reduce.cpp"
shared @tile: array<u32, 256> !3:3
kernel global sum(%x: span<u32, read>, %total: span<u32, read_write>) block(256, 1, 1) effects !2:6 {
  let %t: u32 = thread_id.x !4:3
  let %i: u32 = global_id.x !5:3
  store @tile[%t], convert<u64>(%i) < size(%x) ? load(%x[convert<u64>(%i)]) : 0 !6:3
  eval barrier() !7:3
  var %s: u32 = 128 !8:8
  loop while (load(%s) > 0) !8:3 {
    if (%t < load(%s)) !9:5 {
      store @tile[%t], load(@tile[%t]) + load(@tile[%t + load(%s)]) !9:16
    }
    eval barrier() !10:5
  } continuing {
    store %s, load(%s) / 2 !8:30
  }
  if (%t == 0) !12:3 {
    let %old: u32 = atomic_add(%total[0], load(@tile[0])) !12:15
  }
}
)";

/// Two dimensions, a value that lives across a barrier, and a pass over a partial tile.
inline constexpr std::string_view kTranspose = R"(module "transpose"
file 0 "transpose.cpp"
shared @tile: array<array<f32, 9>, 8>
kernel global transpose(%in: span<f32, read>, %out: span<f32, read_write>, %nx: u32, %ny: u32) block(8, 8, 1) effects {
  let %tx: u32 = thread_id.x
  let %ty: u32 = thread_id.y
  let %x: u32 = block_id.x * 8 + %tx
  let %y: u32 = block_id.y * 8 + %ty
  let %inside: bool = %x < %nx && %y < %ny
  var %checksum: f32 = convert<f32>(%x)
  if (%inside) {
    store @tile[%ty][%tx], load(%in[%y * %nx + %x])
    store %checksum, load(%checksum) - convert<f32>(%x)
  }
  eval barrier()
  let %u: u32 = block_id.y * 8 + %tx
  let %v: u32 = block_id.x * 8 + %ty
  if (%u < %ny && %v < %nx) {
    store %out[%v * %ny + %u], load(@tile[%tx][%ty]) + load(%checksum)
  }
}
)";

/// Warp operations in a block whose last warp is not full.
inline constexpr std::string_view kWarp = R"(module "warp"
file 0 "warp.cpp"
kernel global lanes(%x: span<u32, read>, %y: span<u32, read_write>) block(80, 1, 1) effects {
  let %i: u32 = global_id.x
  let %n: u32 = convert<u32>(size(%x))
  let %value: u32 = load(%x[%i])
  var %v: u32 = %value
  var %offset: u32 = 16
  loop while (load(%offset) > 0) {
    let %other: u32 = shuffle_xor(load(%v), load(%offset))
    store %v, load(%v) + %other
  } continuing {
    store %offset, load(%offset) / 2
  }
  let %sum: u32 = reduce_add(%value)
  let %largest: u32 = reduce_max(%value)
  let %odd: u32 = ballot((%value & 1) == 1)
  let %some: bool = any(%value == 7)
  let %every: bool = all(%value < 1000)
  let %next: u32 = shuffle_down(%value, 1)
  let %previous: u32 = shuffle_up(%value, 1)
  let %mine: u32 = shuffle(%value, (lane_id() + 5) % 32)
  let %first: bool = elect()
  store %y[%i], load(%v)
  store %y[%n + %i], %sum
  store %y[%n * 2 + %i], %largest
  store %y[%n * 3 + %i], %odd
  store %y[%n * 4 + %i], convert<u32>(%some) + convert<u32>(%every) * 2 + convert<u32>(%first) * 4
  store %y[%n * 5 + %i], %next
  store %y[%n * 6 + %i], %previous
  store %y[%n * 7 + %i], %mine
}
)";

/// Returns out of loops and switches, breaks and continues, cases, a do loop, a region.
inline constexpr std::string_view kControl = R"(module "control"
file 0 "control.cpp"
function classify(%x: i32) -> i32 {
  switch (%x) {
    case -1, 0 {
      return 10
    }
    case 1 {
      if (%x > 0) {
        break
      }
      return 20
    }
    default {
      return %x < 0 ? -2147483648 : 30
    }
  }
  return 40
}
kernel global control(%x: span<i32, read>, %y: span<i32, read_write>) block(32, 1, 1) effects {
  let %i: u32 = global_id.x
  var %count: i32 = 0
  var %k: i32 = 0
  loop while (true) {
    store %k, load(%k) + 1
    if (load(%k) > load(%x[%i])) {
      break
    }
    if (load(%k) % 2 == 0) {
      continue
    }
    switch (load(%k)) {
      case 9 {
        store %y[%i], -9
        return
      }
      case 11 {
        continue
      }
      default {
      }
    }
    store %count, load(%count) + load(%k)
  } continuing {
    let %step: i32 = load(%count) * 2
    store %count, %step - load(%count)
  }
  loop {
    store %count, load(%count) + 1
  } until (load(%count) >= 4)
  switch (0) {
    default {
      if (load(%count) > 20) {
        break
      }
      store %count, load(%count) + 100
    }
  }
  store %y[%i], load(%count) + 1000 * @classify(load(%x[%i]) - 1)
}
)";

/// A barrier in a loop with a uniform exit, a value from shared memory as condition, a return of
/// the whole block, a continue that only some threads take, and threads that return before others
/// go on.
inline constexpr std::string_view kUniform = R"(module "uniform"
file 0 "uniform.cpp"
shared @flag: u32
shared @sums: array<u32, 4>
kernel global uniform_exit(%x: span<u32, read>, %y: span<u32, read_write>) block(4, 4, 1) effects {
  let %t: u32 = thread_id.y * 4 + thread_id.x
  if (size(%x) == 0) {
    return
  }
  var %mine: u32 = 0
  if (%t < 4) {
    store @sums[%t], 0
  }
  eval barrier()
  var %round: u32 = 0
  loop {
    if (load(%round) == 3) {
      break
    }
    store %mine, load(%mine) + load(%x[%t]) * load(%round)
    let %old: u32 = atomic_add<relaxed, block>(@sums[thread_id.y], load(%mine))
    eval barrier()
    if (load(%mine) % 2 == 1) {
      continue
    }
    store %y[%t + 16], load(%y[%t + 16]) + 1
  } continuing {
    store %round, load(%round) + 1
  }
  if (size(%x) > 4) {
    eval barrier()
    if (%t % 3 == 0) {
      store %y[%t], 77
      return
    }
  }
  store %y[%t], load(@sums[thread_id.y]) + load(%mine)
}
)";

/// Structs of all widths, references and pointers, constant tables, literals at the edges, bit
/// casts.
inline constexpr std::string_view kValues = R"(module "values"
file 0 "values.cpp"
struct Order size 24 align 8 cpp "bank::Order" {
  amount: u64 @0
  account: u32 @8
  kind: u8 @12
  flags: u16 @14
  tail: array<i8, 3> @16
}
struct Aligned size 32 align 16 {
  first: f32 @0
  second: f32 @16
}
constant @table: array<u8, 4> = array<u8, 4>{1, 2, 250, 255}
constant @limits: array<f32, 3> = array<f32, 3>{inf, -inf, 0.1}
function add_fee(%order: ref<Order, generic, read_write>, %fee: ptr<u64, generic, read>) effects {
  store %order.amount, load(%order.amount) + load(*%fee)
  store %order.tail[1], -7
}
function wrap(%a: u8, %b: u8) -> u8 {
  return %a + %b
}
kernel global values(%orders: span<Order, read_write>, %y: span<f64, read_write>, %scale: Aligned) block(1, 1, 1) effects {
  var %order: Order = load(%orders[0])
  var %fee: u64 = 18446744073709551615
  eval @add_fee(%order, &%fee)
  store %order.kind, @wrap(load(@table[2]), load(@table[3]))
  store %order.flags, convert<u16>(-1)
  store %orders[0], load(%order)
  let %lowest: i32 = -2147483648
  let %lowest_long: i64 = -9223372036854775808
  store %y[0], convert<f64>(%lowest)
  store %y[1], convert<f64>(%lowest_long)
  store %y[2], convert<f64>(load(@limits[0]))
  store %y[3], convert<f64>(load(@limits[1]) + load(@limits[2]))
  store %y[4], convert<f64>(load(@limits[2]))
  store %y[5], 0.1
  store %y[6], convert<f64>(bitcast<u32>(%scale.second))
  store %y[7], convert<f64>(-1 >> 1u32) + convert<f64>(4294967295u32 >> 31u32)
  let %u: u32 = load(%orders[1].account)
  store %y[10], convert<f64>(convert<i64>(%u) - 2147483647i64)
  let %p: ptr<Order, storage, read_write> = data(%orders) + 1
  store (*%p).account, load((*%p).account) * 3
  var %row: array<i8, 3> = load(%order.tail)
  store (*%p).tail, load(%row)
  store %y[8], convert<f64>(%p - data(%orders))
  let %read: ptr<Order, storage, read> = convert<ptr<Order, storage, read>>(%p)
  let %again: ptr<Order, storage, read_write> = convert<ptr<Order, storage, read_write>>(%read)
  store (*%again).kind, 5
  let %view: span<Order, read> = span<Order, read>(data(%orders), size(%orders) - 1)
  store %y[9], convert<f64>(size(%view)) + convert<f64>(load(%view[0].account))
}
)";

inline constexpr std::string_view kAtomics = R"(module "atomics"
file 0 "atomics.cpp"
kernel global atomics(%i: span<i32, read_write>, %l: span<i64, read_write>, %f: span<f32, read_write>, %d: span<f64, read_write>) block(64, 1, 1) effects {
  let %a: i32 = atomic_add(%i[0], 1)
  let %b: i32 = atomic_xor<acq_rel, system>(%i[1], 3)
  let %c: i32 = atomic_exchange<acquire, block>(%i[2], convert<i32>(thread_id.x))
  let %e: i32 = atomic_inc(%i[3])
  let %g: i32 = atomic_dec(%i[3])
  let %h: i64 = atomic_add<seq_cst, device>(%l[0], -1)
  let %j: i64 = atomic_cas(%l[1], 0, 5)
  let %k: f32 = atomic_exchange(%f[0], 2.5)
  let %m: f64 = atomic_cas<relaxed, system>(%d[0], 0.0, 1.5)
  let %n: f64 = atomic_exchange<release, block>(%d[1], 4.5)
  let %o: i32 = atomic_load<acquire, device>(%i[0])
  eval atomic_store<release, device>(%f[1], convert<f32>(%o / %o))
  let %p: f64 = atomic_load<acquire, system>(%d[0])
  eval atomic_store<release, system>(%l[1], convert<i64>(%p))
  eval fence<seq_cst, device>()
  eval relax(3)
}
)";

} // namespace ring::backends::samples
