#include "backends/common/c_layout.h"

#include "ir/parser.h"

#include <gtest/gtest.h>

#include <string>

namespace ring::backends {
namespace {

/// "padding+alignas" of each field, and the tail: "0+0 4+0 | 8".
std::string layout_of(const std::string& text) {
  const ir::Result<ir::Module> module = ir::parse(text, "test.rir");
  if (!module) return module.diagnostics()[0].message;
  const CStructLayout layout = c_layout_of(module->structs.back());
  std::string result = layout.is_aligned ? "aligned " : "";
  for (const CStructLayout::Field& field : layout.fields)
    result += std::to_string(field.padding) + "+" + std::to_string(field.alignas_) + " ";
  return result + "| " + std::to_string(layout.tail);
}

TEST(CLayout, LeavesWhatCppDoesByItself) {
  EXPECT_EQ(layout_of("struct S size 16 align 8 { a: u8 @0 b: u32 @4 c: f64 @8 }"),
            "0+0 0+0 0+0 | 0");
  EXPECT_EQ(layout_of("struct S size 8 align 4 { a: u32 @0 b: u8 @4 }"), "0+0 0+0 | 0");
  EXPECT_EQ(layout_of("struct S size 1 align 1 { }"), "| 0");
}

TEST(CLayout, AlignsWhatIsAligned) {
  EXPECT_EQ(layout_of("struct S size 32 align 16 { a: u32 @0 b: u32 @16 }"),
            "aligned 0+0 0+16 | 0");
}

TEST(CLayout, PadsWhatWasLeftOut) {
  EXPECT_EQ(layout_of("struct S size 88 align 8 { a: f32 @80 b: u32 @84 }"),
            "aligned 80+0 0+0 | 0");
  EXPECT_EQ(layout_of("struct S size 32 align 8 { a: u32 @0 b: u32 @24 }"), "aligned 0+0 20+0 | 0");
  EXPECT_EQ(layout_of("struct S size 40 align 8 { a: f64 @0 b: u32 @8 }"), "0+0 0+0 | 28");
}

} // namespace
} // namespace ring::backends
