// The table is consistent: names, signatures, spellings; and each "library" has its function.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "intrinsics/table.h"
#include "ring/library/library.h"

// For each row a function that takes anything, so that a missing library function can be told from
// one that exists: overload resolution falls back on this one.
struct Missing {};
namespace ring::library {
#define RING_ROW(id, ...) Missing id(...);
#include "intrinsics/table.def"
} // namespace ring::library

namespace {

using namespace ring::intrinsics;
using Form = Spelling::Form;

constexpr Target kTargets[] = {Target::cuda, Target::spirv, Target::wgsl, Target::cpu};
const std::vector<ScalarType> kTypes = {{Kind::floating, 32},
                                        {Kind::floating, 64},
                                        {Kind::signed_integer, 8},
                                        {Kind::signed_integer, 16},
                                        {Kind::signed_integer, 32},
                                        {Kind::signed_integer, 64},
                                        {Kind::unsigned_integer, 8},
                                        {Kind::unsigned_integer, 16},
                                        {Kind::unsigned_integer, 32},
                                        {Kind::unsigned_integer, 64},
                                        {Kind::boolean, 1}};

TEST(Table, NamesAreUniqueAndFound) {
  std::set<std::string_view> names;
  for (const Row& row : rows()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_EQ(find_by_name(row.name), &row);
    EXPECT_EQ(&find(row.id), &row);
  }
  EXPECT_EQ(find_by_name("no_such_row"), nullptr);
}

TEST(Table, CppNamesLeadToOneRowForEachType) {
  for (const Row& row : rows()) {
    std::string_view names = row.cpp_names;
    while (!names.empty()) {
      const auto end = std::min(names.find(' '), names.size());
      const auto name = names.substr(0, end);
      names.remove_prefix(std::min(end + 1, names.size()));
      EXPECT_TRUE(is_cpp_name(name)) << name;
      for (const ScalarType type : kTypes)
        if (row.accepts(type)) {
          EXPECT_EQ(find_by_cpp_name(name, type), &row) << name << " of " << int{type.bits};
        }
    }
  }
  EXPECT_EQ(find_by_cpp_name("std::min", {Kind::floating, 32})->id, Id::float_min);
  EXPECT_EQ(find_by_cpp_name("std::min", {Kind::signed_integer, 64})->id, Id::min);
  EXPECT_EQ(find_by_cpp_name("std::abs", {Kind::floating, 64})->id, Id::fabs);
  EXPECT_EQ(find_by_cpp_name("__builtin_ctz", {Kind::unsigned_integer, 32})->id, Id::countr_zero);
  EXPECT_FALSE(is_cpp_name("std::sort"));
}

TEST(Table, SignaturesUseTheLettersOfTheHeader) {
  static const std::set<std::string> kWords = {"F",   "S",   "U",   "I", "N",    "T",    "u32",
                                               "i32", "u64", "i64", "V", "bool", "void", "span"};
  for (const Row& row : rows()) {
    std::string word;
    for (const char c : row.signature) {
      if (std::isalnum(static_cast<unsigned char>(c))) {
        word += c;
        continue;
      }
      EXPECT_TRUE(word.empty() || kWords.count(word)) << row.name << ": " << word;
      word.clear();
    }
    EXPECT_EQ(row.signature.back(), ')') << row.name;
    EXPECT_EQ(row.has_order_scope,
              row.category == Category::atomic || row.category == Category::fence)
        << row.name;
    EXPECT_EQ(row.effect == Effect::convergent,
              row.category == Category::barrier || row.category == Category::warp)
        << row.name;
  }
}

TEST(Table, TemplatesNameOnlyOperandsThatExist) {
  for (const Row& row : rows())
    for (const Target target : kTargets)
      for (const ScalarType type : kTypes) {
        const Spelling spelling = row.spelling(target, type);
        for (std::size_t i = 0; i + 1 < spelling.text.size(); ++i) {
          if (spelling.text[i] != '{') continue;
          const char digit =
              spelling.text[i + 1] == '&' ? spelling.text[i + 2] : spelling.text[i + 1];
          if (std::isdigit(static_cast<unsigned char>(digit))) {
            EXPECT_LT(static_cast<std::size_t>(digit - '0'), row.operand_count()) << row.name;
          }
        }
        if (spelling.form == Form::instruction || spelling.form == Form::extended) {
          EXPECT_EQ(target, Target::spirv) << row.name;
        }
      }
}

TEST(Table, EveryRowIsSpelledForCudaAndCpu) {
  for (const Row& row : rows())
    for (const ScalarType type : kTypes) {
      if (!row.accepts(type) || row.name == "mul_hi" || row.name == "bit_reverse" || type.bits < 32)
        continue;
      EXPECT_NE(row.spelling(Target::cuda, type).form, Form::unavailable) << row.name;
      EXPECT_NE(row.spelling(Target::cpu, type).form, Form::unavailable) << row.name;
    }
}

TEST(Table, SelectorsChooseByTypeAndPolicy) {
  const Row& sin = find(Id::sin);
  EXPECT_EQ(sin.spelling(Target::spirv, {Kind::floating, 32}).form, Form::library);
  EXPECT_EQ(sin.spelling(Target::spirv, {Kind::floating, 32}, true).text, "Sin");
  EXPECT_EQ(sin.spelling(Target::spirv, {Kind::floating, 64}, true).form, Form::library);
  const Row& mul_hi = find(Id::mul_hi);
  const Spelling extended = mul_hi.spelling(Target::spirv, {Kind::unsigned_integer, 32});
  EXPECT_EQ(extended.text, "OpUMulExtended");
  EXPECT_EQ(extended.member, 1);
  EXPECT_EQ(mul_hi.spelling(Target::cuda, {Kind::signed_integer, 64}).text, "__mul64hi");
  EXPECT_EQ(find(Id::atomic_add).spelling(Target::spirv, {Kind::floating, 32}).form, Form::library);
  EXPECT_EQ(find(Id::thread_id).spelling(Target::cuda, {Kind::unsigned_integer, 32}).text,
            "threadIdx");
}

TEST(Table, ExpandsTemplates) {
  const std::string operands[] = {"x[i]", "1u"};
  const ScalarType u32{Kind::unsigned_integer, 32}, f32{Kind::floating, 32};
  const auto text = [&](Id id, Target target, ScalarType type, std::size_t count,
                        MemoryScope scope = MemoryScope::device) {
    return expand(find(id).spelling(target, type),
                  {.operands = std::span(operands).first(count), .type = type, .scope = scope});
  };
  EXPECT_EQ(text(Id::sqrt, Target::cpu, f32, 1), "__builtin_sqrtf(x[i])");
  EXPECT_EQ(text(Id::sqrt, Target::cuda, {Kind::floating, 64}, 1), "sqrt(x[i])");
  EXPECT_EQ(text(Id::atomic_and, Target::cuda, u32, 2, MemoryScope::block),
            "atomicAnd_block(&(x[i]), 1u)");
  EXPECT_EQ(text(Id::atomic_and, Target::cpu, u32, 2),
            "__atomic_fetch_and(&(x[i]), 1u, __ATOMIC_RELAXED)");
  EXPECT_EQ(text(Id::isnan, Target::cuda, f32, 1), "(isnan(x[i]) != 0)");
}

TEST(Table, KnowsCapabilities) {
  const auto has = [](Id id, ScalarType type, std::string_view capability) {
    return std::ranges::count(find(id).capabilities(type), capability) == 1;
  };
  EXPECT_TRUE(has(Id::sqrt, {Kind::floating, 64}, "float64"));
  EXPECT_TRUE(has(Id::atomic_add, {Kind::unsigned_integer, 64}, "int64_atomics"));
  EXPECT_TRUE(has(Id::shuffle, {Kind::floating, 32}, "subgroups"));
  EXPECT_TRUE(find(Id::sqrt).capabilities({Kind::floating, 32}).empty());
}

// --- Library functions exist
// --------------------------------------------------------------------------

constexpr std::string_view operand_word(std::string_view signature, std::size_t index) {
  signature.remove_prefix(signature.find('(') + 1);
  for (; index > 0; --index)
    signature.remove_prefix(signature.find(',') + 1);
  return signature.substr(0, signature.find_first_of(",)"));
}

constexpr std::size_t operand_count(std::string_view signature) {
  const auto inside = signature.substr(signature.find('(') + 1);
  if (inside == ")") return 0;
  std::size_t count = 1;
  for (const char c : inside)
    count += c == ',';
  return count;
}

template <typename T> constexpr ScalarType scalar_type() {
  constexpr std::uint8_t kBits = 8 * sizeof(T);
  if constexpr (std::is_floating_point_v<T>)
    return {Kind::floating, kBits};
  else
    return {std::is_signed_v<T> ? Kind::signed_integer : Kind::unsigned_integer, kBits};
}

template <typename T, typename Signature, std::size_t index> constexpr auto operand_type() {
  constexpr std::string_view kWord = operand_word(Signature{}(), index);
  if constexpr (kWord == "i32")
    return std::type_identity<std::int32_t>{};
  else if constexpr (kWord == "u32")
    return std::type_identity<std::uint32_t>{};
  else if constexpr (kWord == "u32&")
    return std::type_identity<std::uint32_t&>{};
  else if constexpr (kWord == "u64")
    return std::type_identity<std::uint64_t>{};
  else if constexpr (kWord == "bool")
    return std::type_identity<bool>{};
  else if constexpr (kWord == "i32*")
    return std::type_identity<std::int32_t*>{};
  else if constexpr (kWord.back() == '*')
    return std::type_identity<T*>{};
  else if constexpr (kWord.back() == '&')
    return std::type_identity<T&>{};
  else
    return std::type_identity<T>{};
}

/// The type of one operand for T; `Signature` is a lambda that gives the row's signature.
template <typename T, typename Signature, std::size_t index> using Operand =
    typename decltype(operand_type<T, Signature, index>())::type;

template <typename Result> bool is_found() { return !std::is_same_v<Result, Missing>; }

/// True if `call` resolves for T to one library function.
template <typename T, typename Call, typename Signature> bool is_in_library(Call call, Signature) {
  constexpr auto kCount = operand_count(Signature{}());
  if constexpr (kCount == 0) {
    return true; // nothing tells it from Missing; LibraryWarp runs the only one
  } else {
    return [&]<std::size_t... i>(std::index_sequence<i...>) {
      if constexpr (requires { call(std::declval<Operand<T, Signature, i>>()...); })
        return is_found<decltype(call(std::declval<Operand<T, Signature, i>>()...))>();
      else
        return false;
    }(std::make_index_sequence<kCount>{});
  }
}

template <typename T, typename Call, typename Signature>
void check_library(const Row& row, Call call, Signature signature) {
  const ScalarType type = scalar_type<T>();
  if (!row.accepts(type)) return;
  bool is_needed = false;
  for (const Target target : kTargets)
    for (const bool fast : {false, true})
      is_needed |= row.spelling(target, type, fast).form == Form::library;
  // Atomics and warp operations exist for words only.
  const bool is_word_only = row.category == Category::atomic || row.category == Category::warp ||
                            row.name == "mul_hi" || row.name == "bit_reverse" ||
                            row.name == "byteswap";
  if (is_needed && !(is_word_only && type.bits < 32)) {
    EXPECT_TRUE((is_in_library<T>(call, signature)))
        << "ring::library::" << row.name << " of " << int{type.bits} << " bits";
  }
}

template <typename Call, typename Signature>
void check_library_types(Id id, Call call, Signature signature) {
  const Row& row = find(id);
  check_library<float>(row, call, signature);
  check_library<double>(row, call, signature);
  check_library<std::int8_t>(row, call, signature);
  check_library<std::uint8_t>(row, call, signature);
  check_library<std::int16_t>(row, call, signature);
  check_library<std::uint16_t>(row, call, signature);
  check_library<std::int32_t>(row, call, signature);
  check_library<std::uint32_t>(row, call, signature);
  check_library<std::int64_t>(row, call, signature);
  check_library<std::uint64_t>(row, call, signature);
}

TEST(Table, EveryLibrarySpellingHasItsFunction) {
#define RING_ROW(id, category, cpp_names, signature, ...)                                          \
  check_library_types(                                                                             \
      Id::id,                                                                                      \
      [](auto&&... a) -> decltype(ring::library::id(static_cast<decltype(a)>(a)...)) {             \
        return ring::library::id(static_cast<decltype(a)>(a)...);                                  \
      },                                                                                           \
      [] { return std::string_view(signature); });
#include "intrinsics/table.def"
}

} // namespace
