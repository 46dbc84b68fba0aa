// The functions that move messages between values and words, as text.
#include "ir/function_order.h"
#include "ir/message_words.h"
#include "ir/parser.h"
#include "ir/printer.h"
#include "ir/verifier.h"

#include <gtest/gtest.h>

namespace ring::ir {
namespace {

constexpr std::string_view kStructs = R"(module "messages"

struct Deposit size 8 align 4 cpp "bank::Deposit" {
  account: u32 @0
  amount: f32 @4
}
struct Empty size 1 align 1 {
}
struct Color size 3 align 1 {
  r: u8 @0
  g: u8 @1
  b: u8 @2
}
struct Mixed size 32 align 8 {
  flag: bool @0
  tone: Color @1
  low: i16 @4
  half: f16 @6
  wide: u64 @8
  real: f64 @16
  last: i8 @24
}
struct Table size 32 align 4 {
  sign: u8 @0
  name: array<u8, 9> @1
  rows: array<Deposit, 2> @12
  end: u16 @28
}
)";

std::string problems_of(Module& module) {
  Result<VerifiedModule> verified = verify(module, all_capabilities());
  if (verified) return "";
  std::string text;
  for (const Diagnostic& d : verified.diagnostics())
    text += d.message + "\n";
  return text;
}

class MessageWords : public testing::Test {
protected:
  MessageWords() : module(std::move(*parse(kStructs, "messages.rir"))) {}

  TypePtr type(std::string_view name) {
    for (const StructDecl& decl : module.structs) {
      if (decl.name == name) return module.types.structure(&decl);
    }
    return nullptr;
  }

  /// Both functions of the type, verified, without the line between them.
  std::string text(TypePtr type) {
    Function* load = load_words(module, type);
    Function* store = store_words(module, type);
    EXPECT_EQ(problems_of(module), "");
    return "\n" + print(*load) + print(*store);
  }

  Module module;
};

TEST_F(MessageWords, AStructOfWords) {
  EXPECT_EQ(text(type("Deposit")), R"(
function load_Deposit(%at: u32) -> Deposit cpp "ring::protocol::load<bank::Deposit>" {
  return Deposit{load(@words[%at]), bitcast<f32>(load(@words[%at + 1]))}
}
function store_Deposit(
    %at: u32,
    %message: Deposit) effects cpp "ring::protocol::store<bank::Deposit>" {
  store @words[%at], %message.account
  store @words[%at + 1], bitcast<u32>(%message.amount)
}
)");
}

TEST_F(MessageWords, EachFunctionIsMadeOnce) {
  Function* load = load_words(module, type("Deposit"));
  EXPECT_EQ(load_words(module, type("Deposit")), load);
  EXPECT_NE(store_words(module, type("Deposit")), load);
  EXPECT_EQ(module.functions.size(), 2u);
  EXPECT_EQ(module.globals.size(), 1u);
  EXPECT_EQ(&message_words(module), &module.globals.front());
  EXPECT_EQ(word_count(type("Color")), 1u);
  EXPECT_EQ(word_count(type("Table")), 8u);
}

TEST_F(MessageWords, NamesThatAreTaken) {
  Function& taken = module.functions.emplace_back();
  taken.name = taken.cpp_name = "load_Deposit";
  taken.result = module.types.void_type();
  EXPECT_EQ(load_words(module, type("Deposit"))->name, "load_Deposit_1");
  const TypePtr array = module.types.array(module.types.scalar(Scalar::u16), 3);
  EXPECT_EQ(load_words(module, array)->name, "load_array_u16_3");
}

TEST_F(MessageWords, Scalars) {
  EXPECT_EQ(text(module.types.scalar(Scalar::i8)), R"(
function load_i8(%at: u32) -> i8 cpp "ring::protocol::load<i8>" {
  let %word: u32 = load(@words[%at])
  return convert<i8>(%word)
}
function store_i8(%at: u32, %message: i8) effects cpp "ring::protocol::store<i8>" {
  store @words[%at], convert<u32>(bitcast<u8>(%message))
}
)");
}

TEST_F(MessageWords, PartsOfWords) {
  EXPECT_EQ(text(type("Mixed")), R"(
function load_Mixed(%at: u32) -> Mixed cpp "ring::protocol::load<Mixed>" {
  let %word: u32 = load(@words[%at])
  let %word.2: u32 = load(@words[%at + 1])
  let %word.3: u32 = load(@words[%at + 6])
  return Mixed{(%word & 255) != 0, Color{convert<u8>(%word >> 8), convert<u8>(%word >> 16), convert<u8>(%word >> 24)}, convert<i16>(%word.2), bitcast<f16>(convert<u16>(%word.2 >> 16)), convert<u64>(load(@words[%at + 2])) | (convert<u64>(load(@words[%at + 3])) << 32), bitcast<f64>(convert<u64>(load(@words[%at + 4])) | (convert<u64>(load(@words[%at + 5])) << 32)), convert<i8>(%word.3)}
}
function store_Mixed(%at: u32, %message: Mixed) effects cpp "ring::protocol::store<Mixed>" {
  store @words[%at], convert<u32>(%message.flag) | (convert<u32>(%message.tone.r) << 8) | (convert<u32>(%message.tone.g) << 16) | (convert<u32>(%message.tone.b) << 24)
  let %wide: u64 = %message.wide
  store @words[%at + 1], convert<u32>(bitcast<u16>(%message.low)) | (convert<u32>(bitcast<u16>(%message.half)) << 16)
  store @words[%at + 2], convert<u32>(%wide)
  let %wide.2: u64 = bitcast<u64>(%message.real)
  store @words[%at + 3], convert<u32>(%wide >> 32)
  store @words[%at + 4], convert<u32>(%wide.2)
  store @words[%at + 5], convert<u32>(%wide.2 >> 32)
  store @words[%at + 6], convert<u32>(bitcast<u8>(%message.last))
  store @words[%at + 7], 0
}
)");
}

TEST_F(MessageWords, WhatHasNoFieldsTakesAWord) {
  EXPECT_EQ(text(type("Empty")), R"(
function load_Empty(%at: u32) -> Empty cpp "ring::protocol::load<Empty>" {
  return Empty{}
}
function store_Empty(%at: u32, %message: Empty) effects cpp "ring::protocol::store<Empty>" {
  store @words[%at], 0
}
)");
}

TEST_F(MessageWords, ArraysByLoops) {
  EXPECT_EQ(text(type("Table")), R"(
function load_Table(%at: u32) -> Table cpp "ring::protocol::load<Table>" {
  var %message: Table
  let %word: u32 = load(@words[%at])
  store %message.sign, convert<u8>(%word)
  var %i: u32 = 0
  loop while (load(%i) < 2) {
    let %first: u32 = %at + load(%i)
    let %word.2: u32 = load(@words[%first])
    store %message.name[load(%i) * 4], convert<u8>(%word.2 >> 8)
    store %message.name[load(%i) * 4 + 1], convert<u8>(%word.2 >> 16)
    store %message.name[load(%i) * 4 + 2], convert<u8>(%word.2 >> 24)
    let %word.3: u32 = load(@words[%first + 1])
    store %message.name[load(%i) * 4 + 3], convert<u8>(%word.3)
  } continuing {
    store %i, load(%i) + 1
  }
  let %word.4: u32 = load(@words[%at + 2])
  store %message.name[8], convert<u8>(%word.4 >> 8)
  var %i.2: u32 = 0
  loop while (load(%i.2) < 2) {
    let %first.2: u32 = %at + 3 + load(%i.2) * 2
    store %message.rows[load(%i.2)], Deposit{load(@words[%first.2]), bitcast<f32>(load(@words[%first.2 + 1]))}
  } continuing {
    store %i.2, load(%i.2) + 1
  }
  let %word.5: u32 = load(@words[%at + 7])
  store %message.end, convert<u16>(%word.5)
  return load(%message)
}
function store_Table(%at: u32, %message: Table) effects cpp "ring::protocol::store<Table>" {
  var %object: Table = %message
  var %partial: u32 = convert<u32>(load(%object.sign))
  var %i: u32 = 0
  loop while (load(%i) < 2) {
    let %first: u32 = %at + load(%i)
    store @words[%first], load(%partial) | (convert<u32>(load(%object.name[load(%i) * 4])) << 8) | (convert<u32>(load(%object.name[load(%i) * 4 + 1])) << 16) | (convert<u32>(load(%object.name[load(%i) * 4 + 2])) << 24)
    store %partial, convert<u32>(load(%object.name[load(%i) * 4 + 3]))
  } continuing {
    store %i, load(%i) + 1
  }
  store @words[%at + 2], load(%partial) | (convert<u32>(load(%object.name[8])) << 8)
  var %i.2: u32 = 0
  loop while (load(%i.2) < 2) {
    let %first.2: u32 = %at + 3 + load(%i.2) * 2
    store @words[%first.2], load(%object.rows[load(%i.2)].account)
    store @words[%first.2 + 1], bitcast<u32>(load(%object.rows[load(%i.2)].amount))
  } continuing {
    store %i.2, load(%i.2) + 1
  }
  store @words[%at + 7], convert<u32>(load(%object.end))
}
)");
}

TEST_F(MessageWords, ElementsOfThreeBytes) {
  EXPECT_EQ(text(module.types.array(type("Color"), 11)), R"(
function load_array_Color_11(
    %at: u32) -> array<Color, 11> cpp "ring::protocol::load<array<Color, 11>>" {
  var %message: array<Color, 11>
  var %i: u32 = 0
  loop while (load(%i) < 2) {
    let %first: u32 = %at + load(%i) * 3
    let %word: u32 = load(@words[%first])
    store %message[load(%i) * 4], Color{convert<u8>(%word), convert<u8>(%word >> 8), convert<u8>(%word >> 16)}
    let %word.2: u32 = load(@words[%first + 1])
    store %message[load(%i) * 4 + 1], Color{convert<u8>(%word >> 24), convert<u8>(%word.2), convert<u8>(%word.2 >> 8)}
    let %word.3: u32 = load(@words[%first + 2])
    store %message[load(%i) * 4 + 2], Color{convert<u8>(%word.2 >> 16), convert<u8>(%word.2 >> 24), convert<u8>(%word.3)}
    store %message[load(%i) * 4 + 3], Color{convert<u8>(%word.3 >> 8), convert<u8>(%word.3 >> 16), convert<u8>(%word.3 >> 24)}
  } continuing {
    store %i, load(%i) + 1
  }
  let %word.4: u32 = load(@words[%at + 6])
  store %message[8], Color{convert<u8>(%word.4), convert<u8>(%word.4 >> 8), convert<u8>(%word.4 >> 16)}
  let %word.5: u32 = load(@words[%at + 7])
  store %message[9], Color{convert<u8>(%word.4 >> 24), convert<u8>(%word.5), convert<u8>(%word.5 >> 8)}
  let %word.6: u32 = load(@words[%at + 8])
  store %message[10], Color{convert<u8>(%word.5 >> 16), convert<u8>(%word.5 >> 24), convert<u8>(%word.6)}
  return load(%message)
}
function store_array_Color_11(
    %at: u32,
    %message: array<Color, 11>) effects cpp "ring::protocol::store<array<Color, 11>>" {
  var %object: array<Color, 11> = %message
  var %i: u32 = 0
  loop while (load(%i) < 2) {
    let %first: u32 = %at + load(%i) * 3
    store @words[%first], convert<u32>(load(%object[load(%i) * 4].r)) | (convert<u32>(load(%object[load(%i) * 4].g)) << 8) | (convert<u32>(load(%object[load(%i) * 4].b)) << 16) | (convert<u32>(load(%object[load(%i) * 4 + 1].r)) << 24)
    store @words[%first + 1], convert<u32>(load(%object[load(%i) * 4 + 1].g)) | (convert<u32>(load(%object[load(%i) * 4 + 1].b)) << 8) | (convert<u32>(load(%object[load(%i) * 4 + 2].r)) << 16) | (convert<u32>(load(%object[load(%i) * 4 + 2].g)) << 24)
    store @words[%first + 2], convert<u32>(load(%object[load(%i) * 4 + 2].b)) | (convert<u32>(load(%object[load(%i) * 4 + 3].r)) << 8) | (convert<u32>(load(%object[load(%i) * 4 + 3].g)) << 16) | (convert<u32>(load(%object[load(%i) * 4 + 3].b)) << 24)
  } continuing {
    store %i, load(%i) + 1
  }
  store @words[%at + 6], convert<u32>(load(%object[8].r)) | (convert<u32>(load(%object[8].g)) << 8) | (convert<u32>(load(%object[8].b)) << 16) | (convert<u32>(load(%object[9].r)) << 24)
  store @words[%at + 7], convert<u32>(load(%object[9].g)) | (convert<u32>(load(%object[9].b)) << 8) | (convert<u32>(load(%object[10].r)) << 16) | (convert<u32>(load(%object[10].g)) << 24)
  store @words[%at + 8], convert<u32>(load(%object[10].b))
}
)");
}

TEST_F(MessageWords, OrderPutsThemInFrontOfTheirCallers) {
  Module other = std::move(*parse(R"(module "m"
function f() -> u32 {
  return 0
}
)",
                                  "m.rir"));
  Function* load = load_words(other, other.types.u32());
  Function& caller = other.functions.front();
  auto* result = caller.body.statements.front()->as<Return>();
  result->value = other.expr(other.types.u32(), Call{load, {result->value}});
  EXPECT_NE(problems_of(other), "");
  order_functions(other);
  EXPECT_EQ(problems_of(other), "");
  EXPECT_EQ(other.functions.front().name, "load_u32");
}

} // namespace
} // namespace ring::ir
