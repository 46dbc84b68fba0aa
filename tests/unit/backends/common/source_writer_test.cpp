#include "backends/common/source_writer.h"

#include <gtest/gtest.h>

namespace ring::backends {
namespace {

TEST(SourceWriterTest, Indents) {
  SourceWriter out;
  out.open("if (a) {");
  out.line("b();");
  out.reopen("} else {");
  out.line("c();");
  out.close("}");
  EXPECT_EQ(out.take(), "if (a) {\n  b();\n} else {\n  c();\n}\n");
}

TEST(SourceWriterTest, WrapsListsBelowTheirParenthesis) {
  SourceWriter out;
  const std::string parameter(40, 'p');
  out.open_list("f", {}, ") {");
  out.close("}");
  out.open_list("f", {parameter, parameter, parameter}, ") {");
  out.close("}");
  EXPECT_EQ(out.take(),
            "f() {\n}\nf(" + parameter + ", " + parameter + ",\n  " + parameter + ") {\n}\n");
}

TEST(SourceWriterTest, BreaksLongLinesWhereTheyNestLeast) {
  SourceWriter out(SourceWriter::LongLines::wrap);
  const std::string w(27, 'w');
  const std::string call = "g(" + w + ", " + w + ")";
  const std::string choice = "(" + w + " || " + w + " || " + w + ");";
  const std::string text = "\"" + w + ", " + w + ", " + w + ", " + w + "\"";
  out.open("do {");
  out.line("f(" + w + ", " + call + ", " + w + ");");
  out.line("return " + w + " && " + choice);
  out.line(text); // as it is: the blanks are its own
  out.close("}");
  EXPECT_EQ(out.take(), "do {\n  f(" + w + ", " + call + ",\n      " + w + ");\n  return " + w +
                            " &&\n      " + choice + "\n  " + text + "\n}\n");
}

TEST(SourceWriterTest, BlankLinesDoNotPileUp) {
  SourceWriter out;
  out.blank();
  out.line("a");
  out.blank();
  out.blank();
  out.line("b");
  EXPECT_EQ(out.take(), "a\n\nb\n");
}

TEST(SourceWriterTest, WritesALineDirectiveOnlyWhereTheCompilerWouldBeWrong) {
  SourceWriter out;
  out.set_line("a.cpp", 7);
  out.line("x");
  out.set_line("a.cpp", 8);
  out.line("y");
  out.set_line("a.cpp", 12);
  out.line("z");
  out.set_line("dir \"b\".h", 1);
  out.line("w");
  EXPECT_EQ(out.take(), "#line 7 \"a.cpp\"\nx\ny\n#line 12\nz\n#line 1 \"dir \\\"b\\\".h\"\nw\n");
}

} // namespace
} // namespace ring::backends
