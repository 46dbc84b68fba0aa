// The layout hash changes with whatever host and device must agree on, and with nothing else.
#include "backends/host/actor_facts.h"
#include "ir/parser.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace ring::backends::host {
namespace {

/// Of actors.rir with one text replaced by another.
std::uint64_t hash_with(const std::string& from = "", const std::string& to = "") {
  std::ifstream file(RING_TEST_ACTORS_RIR, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!from.empty()) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
  }
  const auto module = ir::parse(text, "actors.rir");
  if (!module) {
    ADD_FAILURE() << module.diagnostics().front().message;
    return 0;
  }
  Inputs inputs;
  inputs.module = inputs.source = &*module;
  return layout_hash(actor_facts(inputs));
}

TEST(LayoutHash, ChangesWithWhatIsShared) {
  const std::uint64_t hash = hash_with();
  EXPECT_NE(hash, 0u);
  EXPECT_EQ(hash, hash_with());
  EXPECT_NE(hash, hash_with("actor \"echo\"", "actor \"ocho\"")) << "name of an actor";
  EXPECT_NE(hash, hash_with("Ledger size 1040", "Ledger size 1048")) << "size of a state";
  EXPECT_NE(hash, hash_with("receives Deposit 0x12345678\n", "receives Deposit 0x12345679\n"))
      << "id of a message";
  EXPECT_NE(hash, hash_with("high: i16 @2", "high: u16 @2")) << "a nested field's type";
  EXPECT_NE(hash, hash_with("ratio: f16 @18", "ratio: f16 @20")) << "a field's offset";
  EXPECT_NE(hash, hash_with("Deposit size 8", "Deposit size 12")) << "size of a message";
  EXPECT_NE(hash, hash_with("value rate word 0: f64", "value rate word 0: u64")) << "an argument";
}

TEST(LayoutHash, KeepsWithWhatIsNot) {
  const std::uint64_t hash = hash_with();
  EXPECT_EQ(hash, hash_with("mailbox 16", "mailbox 32"));
  EXPECT_EQ(hash, hash_with("block(64, 1, 1)", "block(32, 1, 1)"));
  EXPECT_EQ(hash, hash_with("dir/actors.cpp", "actors.cpp"));
}

TEST(LayoutHash, IsZeroWithoutActors) { EXPECT_EQ(layout_hash({}), 0u); }

} // namespace
} // namespace ring::backends::host
