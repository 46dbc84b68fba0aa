#include "backends/common/c_reserved.h"

#include <algorithm>
#include <iterator>

namespace ring::backends {

const std::vector<std::string_view>& c_reserved_words() {
  static const std::vector<std::string_view> kWords{
      // Keywords.
      "alignas", "alignof", "and", "and_eq", "asm", "auto", "bitand", "bitor", "bool", "break",
      "case", "catch", "char", "char8_t", "char16_t", "char32_t", "class", "compl", "concept",
      "const", "consteval", "constexpr", "constinit", "const_cast", "continue", "co_await",
      "co_return", "co_yield", "decltype", "default", "delete", "do", "double", "dynamic_cast",
      "else", "enum", "explicit", "export", "extern", "false", "float", "for", "friend", "goto",
      "if", "inline", "int", "long", "mutable", "namespace", "new", "noexcept", "not", "not_eq",
      "nullptr", "operator", "or", "or_eq", "private", "protected", "public", "register",
      "reinterpret_cast", "requires", "restrict", "return", "short", "signed", "sizeof", "static",
      "static_assert", "static_cast", "struct", "switch", "template", "this", "thread_local",
      "throw", "true", "try", "typedef", "typeid", "typename", "typeof", "union", "unsigned",
      "using", "virtual", "void", "volatile", "wchar_t", "while", "xor", "xor_eq",
      // Macros of compilers and of common headers.
      "linux", "unix", "NULL", "INFINITY", "NAN", "HUGE_VAL", "assert", "errno", "offsetof",
      "stdin", "stdout", "stderr", "EOF", "signbit", "isnan", "isinf", "isfinite", "isnormal",
      "std",
      // Our preludes.
      "i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64", "f16", "bf16", "span", "vec"};
  return kWords;
}

bool is_c_library_name(std::string_view name) {
  static constexpr std::string_view kNames[] = {
      "main",   "abs",     "labs",   "llabs",  "div",     "exp",    "log",    "pow",
      "sin",    "cos",     "tan",    "sqrt",   "y0",      "y1",     "yn",     "j0",
      "j1",     "jn",      "gamma",  "lgamma", "index",   "rindex", "read",   "write",
      "open",   "close",   "time",   "clock",  "exit",    "abort",  "free",   "malloc",
      "calloc", "realloc", "memcpy", "memset", "memmove", "memcmp", "strlen", "printf",
      "rand",   "signal",  "select", "link",   "remove",  "rename"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

} // namespace ring::backends
