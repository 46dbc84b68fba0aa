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

} // namespace
} // namespace ring::ir
