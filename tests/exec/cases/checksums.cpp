#include "inputs.h"
#include "lists.h"
#include "messages.h"

namespace checksums {
#include "../kernels/checksums.cpp"
}

namespace ring::exec {

void add_checksums(CaseList& list) {
  list.add("A16", "checksums", "crc32_known", kNone, [](CaseBuilder& c) {
    const Messages m = pack({"123456789", "", "a", "The quick brown fox jumps over the lazy dog"});
    const auto data = c.buffer("data", m.bytes);
    const auto offsets = c.buffer("offsets", m.offsets);
    const auto checksums = c.output<std::uint32_t>("checksums", 4);
    c.launch("crc32", checksums::crc32, {64}, {4}, data, offsets, checksums);
    c.expect<std::uint32_t>(checksums, {0xCBF43926, 0, 0xE8B7BE43, 0x414FA339});
  });
  list.add("A16", "checksums", "fnv1a_known", kNone, [](CaseBuilder& c) {
    const Messages m = pack({"", "a", "foobar"});
    const auto data = c.buffer("data", m.bytes);
    const auto offsets = c.buffer("offsets", m.offsets);
    const auto narrow = c.output<std::uint32_t>("hashes32", 3);
    const auto wide = c.output<std::uint64_t>("hashes64", 3);
    c.launch("fnv1a", checksums::fnv1a, {64}, {3}, data, offsets, narrow, wide);
    c.expect<std::uint32_t>(narrow, {0x811C9DC5, 0xE40C292C, 0xBF9CF968});
    c.expect<std::uint64_t>(wide, {0xCBF29CE484222325, 0xAF63DC4C8601EC8C, 0x85944171F73967E8});
  });
  list.add("A16", "checksums", "xorshift_known", kNone, [](CaseBuilder& c) {
    // Marsaglia 2003: xorshift32 from 2463534242 begins 723471715, 2497366906, 2064144800.
    const auto narrow =
        c.buffer<std::uint32_t>("states32", {2463534242u, 2463534242u, 2463534242u});
    const auto wide = c.buffer<std::uint64_t>("states64", {1, 1, 1});
    const auto last = c.output<std::uint64_t>("last", 3);
    c.launch("xorshift", checksums::xorshift, {64}, {3}, narrow, wide, last, 3u);
    c.expect<std::uint32_t>(narrow, {2064144800u, 2064144800u, 2064144800u});
  });
  for (const std::uint32_t n : {0u, 1u, 100u, 1500u}) {
    list.add("A16", "checksums", "random_" + std::to_string(n), kNone, [=](CaseBuilder& c) {
      const Messages m = random_messages(n, 70, 38);
      const auto data = c.buffer("data", m.bytes);
      const auto offsets = c.buffer("offsets", m.offsets);
      const auto checksums = c.output<std::uint32_t>("checksums", n);
      const auto narrow = c.output<std::uint32_t>("hashes32", n);
      const auto wide = c.output<std::uint64_t>("hashes64", n);
      const auto states32 = c.buffer("states32", any_bits<std::uint32_t>(n, 39));
      const auto states64 = c.buffer("states64", any_bits<std::uint64_t>(n, 40));
      const auto last = c.output<std::uint64_t>("last", n);
      c.launch("crc32", checksums::crc32, {64}, {n}, data, offsets, checksums);
      c.launch("fnv1a", checksums::fnv1a, {64}, {n}, data, offsets, narrow, wide);
      c.launch("xorshift", checksums::xorshift, {64}, {n}, states32, states64, last, 25u);
    });
  }
}

} // namespace ring::exec
