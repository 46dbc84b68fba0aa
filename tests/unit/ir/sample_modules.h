// Modules in the text form that between them use every construct of the IR.
#pragma once

#include <string_view>
#include <vector>

namespace ring::ir {

inline constexpr std::string_view kSaxpy = R"(module "saxpy"
file 0 "saxpy.cpp"
file 1 "ring/kernel.h" include "<ring/kernel.h>"

kernel global saxpy(
    %x: span<f32, read>,
    %y: span<f32, read_write>,
    %a: f32) block(256, 1, 1) effects !4:6 {
  let %i: u32 = global_id.x !5:14
  if (convert<u64>(%i) >= size(%y)) !6:3 {
    return !6:22
  }
  store %y[%i], %a * load(%x[%i]) + load(%y[%i]) !7:3
}
)";

inline constexpr std::string_view kEverything = R"(module "everything"
file 0 "everything.cpp"
file 1 "math \"odd\" name.h" include "\"math.h\""

struct Point size 8 align 4 cpp "geo::Point" !3:8 {
  x: f32 @0
  y: f32 @4
}

struct Node size 24 align 8 {
  next: ptr<Node, generic, read_write> @0
  "": array<Point, 1> @8
  "": i8 @16
}

struct "vec3" size 24 align 8 !1:7:1 {
  view: span<f32, read> @0
  where: ref<i16, generic, read> @16
}

shared @tile: array<array<f32, 16>, 16> !9:3
shared @tile.2: array<f32, 256>
constant @table: array<u16, 10> read = array<u16, 10>{
  0, 1, 2, 3, 4, 5, 6, 7,
  65535, 9}
constant @points: array<Point, 2> = array<Point, 2>{Point{1.0, -0.0}, Point{}}
storage @y: array<f32> read_write binding 0
params @block: Point read binding 1

function lerp(%a: f32, %b: f32, %"": f32, %t: f32) -> f32 cpp "geo::lerp" !1:3:7 {
  return %a + (%b - %a) * %t !4:3
}

function bump(%p: ptr<u32, generic, read_write>, %r: ref<u32, generic, read_write>) effects {
  store *(%p + 1), load(*%p) + load(%r)
  store %r, 0
}

function literals() -> f64 {
  let %a: i8 = -128
  let %b: u64 = 18446744073709551615
  let %c: i64 = -9223372036854775808
  let %d: f16 = 65504.0
  let %e: bf16 = 3.3895314e+38
  let %f: f32 = 1e-45
  let %g: f64 = 0.1
  let %h: f32 = -inf
  let %i: f64 = nan
  let %j: f64 = nan(18444492273895866369)
  let %k: f32 = -(3.0)
  let %l: bool = (5u8 < 6) == !true
  let %m: u32 = 7
  let %n: bool = 7u8 >= 8 || (1.5f64 != inf && -(-3) < 0)
  let %o: u32 = (%m << 3i64) | (~(%m & 1) ^ 6)
  let %p: u32 = %m & (kMask#255 | Reason_expired#4)
  let %q: f64 = kLowest#-inf
  let %r: bool = kDebug#false || %n
  let %s: i8 = "odd name"#-128
  let %t: i32 = -(kMinusOne#-1)
  let %u: u64 = convert<u64>(load#7u8) << kShift#3i64
  return %g
}

function pointers(%s: span<f32, read_write>, %v: "vec3", %n: ptr<Node, generic, read>) -> f32 {
  let %first: ptr<f32, storage, read_write> = data(%s)
  let %last: ptr<f32, storage, read_write> = data(%s) + size(%s)
  let %distance: i64 = %last - %first
  let %half: span<f32, read> = span<f32, read>(%first + 2, convert<u64>(%distance) / 2)
  let %element: ref<f32, storage, read_write> = %s[3]
  let %flag: bool = %first == %last
  let %narrow: i16 = load(load((*%n).next) == ptr<Node, generic, read_write>{} ? %v.where : %v.where)
  let %swapped: u32 = bitcast<u32>(load(*(%flag ? %first : &%element)))
  let %bits: vec2<f32> = vec2<f32>{1.0, load(%half[0])}
  var %points: array<Point, 2> = load(@points)
  var %undefined: Node
  store %points[1].x, load(%points[%swapped & 1].y)
  store %undefined.next, ptr<Node, generic, read_write>{}
  store %undefined.#1[0], Point{%bits[0], %bits[1]}
  return Point{1.0, 2.0}.x + load(%undefined.#1[0].x)
}

kernel global control(
    %y: span<u32, read_write>,
    %n: u32) block(16, 16, 1) bindings(@y, @block) effects cpp "geo::control<int>" !30:6 {
  var %i: u32 = 0 !31:3
  loop while (load(%i) < %n) !32:3 {
    if (load(%i) % 2 == 0) !33 {
      continue !33:20
    } else if (load(%i) == 9) !1:34:5 {
      break
    } else {
      var %i.2: u32 = load(%i)
      let %i.3: u32 = load(%i.2)
      eval atomic_add<acq_rel, block>(%y[%i.3], 1)
    }
  } continuing {
    store %i, load(%i) + 1
  } until (load(%i) > 100)
  switch (convert<i8>(%n)) !40:3 {
    case kMinusOne#-1, "\n"#2 {
      store %y[0], 1
    }
    case 3, default {
    }
    case 4 {
      loop !50:1 {
        break
      }
    }
  }
  switch (%n) {
    default {
      break
    }
  }
  let %old: u32 = atomic_cas<seq_cst, system>(%y[thread_id.x], block_id.y, block_dim.z)
  eval @bump(&%i, %y[%old])
  store @tile[1][2], @lerp(1.0, 2.0, 3.0, load(@tile.2[0]))
  eval barrier()
  let %total: f32 = reduce_add(load(@tile[1][2]))
  let %votes: u32 = ballot(%total > 0.0)
  let %shuffled: u32 = shuffle_xor(%votes, 1)
  store %y[2], %shuffled + convert<u32>(load(@table[2])) + convert<u32>(popcount(%votes))
  return
}

kernel global split() block(64, 1, 1) {
  for_each warp !3:3 {
    for_each lane {
      continue
    }
  }
  for_each thread {
  }
}
)";

inline constexpr std::string_view kActors = R"(module "actors"
file 0 "actors.cpp"

struct Context size 12 align 4 cpp "ring::Context" {
  self: u32 @0
  slot: u32 @4
  event: u32 @8
}

struct Deposit size 8 align 4 cpp "bank::Deposit" {
  account: u32 @0
  amount: f32 @4
}

struct "span" size 4 align 4 cpp "bank::span" {
  total: f32 @0
}

struct Ledger size 1032 align 4 {
  balance: array<f32, 256> @0
  damping: f32 @1024
  next: u32 @1028
}

bound @words: span<u32, read_write>
bound @Ledger_row: span<f32, read> !12:3

function load_Deposit(%at: u32) -> Deposit cpp "ring::protocol::load<bank::Deposit>" {
  return Deposit{load(@words[%at]), bitcast<f32>(load(@words[%at + 1]))}
}

function first(%view: span<f32, read>) -> f32 {
  let %row: span<f32, read> = @Ledger_row
  return size(%row) == 0 ? load(%view[0]) : load(@Ledger_row[0])
}

kernel ring Ledger(
    %context: ref<Context, generic, read_write>,
    %state: ref<Ledger, generic, read_write>,
    %event: u32,
    %message: u32) -> bool
    actor "ledger" scope serial mailbox 1024
    state Ledger
    receives Deposit 0x12345678, "span" 0xfedcba98
    replies "span" 0xfedcba98
    value damping word 0: f32
    span row: @Ledger_row
    route next word 1: Deposit 0x12345678, "span" 0xfedcba98
    value "odd name" word 2: array<u16, 3>
    effects cpp "bank::Ledger" !20:8 {
  switch (%event) {
    case 1 {
      store %state, Ledger{}
      store %state.damping, bitcast<f32>(load(@words[%message]))
      return true
    }
    case 305419896 {
      let %m: Deposit = @load_Deposit(%message) !25:5
      store %state.balance[%m.account], load(%state.balance[%m.account]) + %m.amount !26:5
      eval barrier()
      return true
    }
    default {
      return false
    }
  }
}

kernel ring ping(%context: ref<Context, generic, read_write>, %event: u32, %message: u32) -> bool
    actor "ping" scope parallel lanes 32 mailbox 16 priorities
    receives Deposit 0x12345678 !40:1 {
  return %event == 305419896
}

kernel global dump(%out: span<f32, read_write>) block(64, 1, 1) effects {
  store %out[0], @first(@Ledger_row)
}
)";

} // namespace ring::ir
