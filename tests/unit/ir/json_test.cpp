// The JSON form: well formed, complete, the same on each run.
#include "ir/json.h"
#include "ir/parser.h"
#include "tests/unit/ir/sample_modules.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ring::ir {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(std::string_view text) {
  Result<Module> module = parse(text, "test.rir");
  return module ? Json::parse(to_json(*module)) : Json();
}

TEST(ToJson, Saxpy) {
  const Json saxpy = json_of(kSaxpy);
  EXPECT_EQ(saxpy["name"], "saxpy");
  EXPECT_EQ(saxpy["files"][1]["include"], "<ring/kernel.h>");
  const Json& kernel = saxpy["functions"][0];
  EXPECT_EQ(kernel["kernel"]["block"], Json::array({256, 1, 1}));
  EXPECT_EQ(kernel["params"][0]["type"], "span<f32, read>");
  const Json& store = kernel["body"][2];
  EXPECT_EQ(store["kind"], "store");
  EXPECT_EQ(store["loc"]["line"], 7);
  EXPECT_EQ(store["reference"]["span"]["id"], kernel["params"][1]["id"]);
  EXPECT_EQ(store["value"]["op"], "+");
  EXPECT_EQ(store["value"]["type"], "f32");
  EXPECT_EQ(kernel["body"][1]["then"][0]["kind"], "return");
}

TEST(ToJson, Everything) {
  const Json everything = json_of(kEverything);
  ASSERT_TRUE(everything.is_object());
  EXPECT_EQ(everything["globals"][1]["name"], "tile"); // the second of this name
  EXPECT_NE(everything["globals"][0]["id"], everything["globals"][1]["id"]);
  const Json& literals = everything["functions"][2]["body"];
  EXPECT_EQ(literals[1]["init"]["value"], "18446744073709551615");
  EXPECT_EQ(literals[7]["init"]["value"], "-inf");
  const Json& control = everything["functions"][4];
  EXPECT_EQ(control["kernel"]["bindings"].size(), 2u);
  EXPECT_EQ(control["body"][1]["kind"], "loop");
}

TEST(ToJson, Actors) {
  const Json actors = json_of(kActors);
  ASSERT_TRUE(actors.is_object());
  const Json& row = actors["globals"][1];
  EXPECT_EQ(row["space"], "launch");
  const Json& kernel = actors["functions"][2]["kernel"];
  EXPECT_EQ(kernel["kind"], "ring");
  EXPECT_EQ(kernel["actor"], "ledger");
  EXPECT_EQ(kernel["scope"], "serial");
  EXPECT_EQ(kernel["mailbox"], 1024);
  EXPECT_EQ(kernel["priorities"], false);
  EXPECT_EQ(kernel["state"], "Ledger");
  EXPECT_EQ(kernel["receives"][1], (Json{{"type", "span"}, {"id", 0xfedcba98}}));
  EXPECT_EQ(kernel["replies"].size(), 1u);
  EXPECT_EQ(kernel["arguments"][0],
            (Json{{"kind", "value"}, {"name", "damping"}, {"type", "f32"}, {"word", 0}}));
  EXPECT_EQ(kernel["arguments"][1]["bound"], row["id"]);
  EXPECT_EQ(kernel["arguments"][2]["kind"], "route");
  EXPECT_EQ(kernel["arguments"][2]["messages"].size(), 2u);
  EXPECT_FALSE(actors["functions"][3]["kernel"].contains("state"));
  EXPECT_EQ(actors["functions"][3]["kernel"]["priorities"], true);
}

} // namespace
} // namespace ring::ir
