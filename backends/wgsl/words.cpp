#include "backends/wgsl/words.h"

namespace ring::backends::wgsl {
namespace {

// clang-format off
constexpr std::string_view kWords[] = {
    // Keywords.
    "alias", "break", "case", "const", "const_assert", "continue", "continuing", "default",
    "diagnostic", "discard", "else", "enable", "false", "fn", "for", "if", "let", "loop",
    "override", "requires", "return", "struct", "switch", "true", "var", "while",
    // Reserved words.
    "NULL", "Self", "abstract", "active", "alignas", "alignof", "as", "asm", "asm_fragment",
    "async", "attribute", "auto", "await", "become", "cast", "catch", "class", "co_await",
    "co_return", "co_yield", "coherent", "column_major", "common", "compile", "compile_fragment",
    "concept", "const_cast", "consteval", "constexpr", "constinit", "crate", "debugger",
    "decltype", "delete", "demote", "demote_to_helper", "do", "dynamic_cast", "enum", "explicit",
    "export", "extends", "extern", "external", "fallthrough", "filter", "final", "finally",
    "friend", "from", "fxgroup", "get", "goto", "groupshared", "highp", "impl", "implements",
    "import", "inline", "instanceof", "interface", "layout", "lowp", "macro", "macro_rules",
    "match", "mediump", "meta", "mod", "module", "move", "mut", "mutable", "namespace", "new",
    "nil", "noexcept", "noinline", "nointerpolation", "non_coherent", "noncoherent",
    "noperspective", "null", "nullptr", "of", "operator", "package", "packoffset", "parameter",
    "pass", "patch", "pixelfragment", "precise", "precision", "premerge", "priv", "protected",
    "pub", "public", "readonly", "ref", "regardless", "register", "reinterpret_cast", "require",
    "resource", "restrict", "self", "set", "shared", "sizeof", "smooth", "snorm", "static",
    "static_assert", "static_cast", "std", "subroutine", "super", "target", "template", "this",
    "thread_local", "throw", "trait", "try", "type", "typedef", "typeid", "typename", "typeof",
    "union", "unless", "unorm", "unsafe", "unsized", "use", "using", "varying", "virtual",
    "volatile", "wgsl", "where", "with", "writeonly", "yield",
    // Predeclared types and enumerants.
    "array", "atomic", "bool", "f16", "f32", "i32", "u32", "ptr", "vec2", "vec3", "vec4", "vec2f",
    "vec2i", "vec2u", "vec3f", "vec3i", "vec3u", "vec4f", "vec4i", "vec4u", "sampler", "function",
    "private", "workgroup", "uniform", "storage", "read", "write", "read_write",
    // Built-in functions.
    "abs", "atomicAdd", "atomicAnd", "atomicCompareExchangeWeak", "atomicExchange", "atomicLoad",
    "atomicMax", "atomicMin", "atomicOr", "atomicStore", "atomicSub", "atomicXor", "bitcast",
    "ceil", "clamp", "cos", "countLeadingZeros", "countOneBits", "countTrailingZeros", "exp",
    "exp2", "firstLeadingBit", "firstTrailingBit", "floor", "fma", "inverseSqrt", "log", "log2",
    "max", "min", "reverseBits", "round", "saturate", "select", "sin", "sqrt", "storageBarrier",
    "subgroupAdd", "subgroupAll", "subgroupAnd", "subgroupAny", "subgroupBallot",
    "subgroupBroadcast", "subgroupElect", "subgroupMax", "subgroupMin", "subgroupOr",
    "subgroupShuffle", "subgroupShuffleDown", "subgroupShuffleUp", "subgroupShuffleXor",
    "subgroupXor", "tan", "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cosh",
    "sinh", "tanh", "trunc", "workgroupBarrier", "workgroupUniformLoad",
};
// clang-format on

} // namespace

std::span<const std::string_view> reserved_words() { return kWords; }

} // namespace ring::backends::wgsl
