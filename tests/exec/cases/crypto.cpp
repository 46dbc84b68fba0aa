#include "inputs.h"
#include "lists.h"
#include "messages.h"

#include <array>
#include <bit>

namespace crypto {
#include "../kernels/crypto.cpp"
}

namespace ring::exec {
namespace {

using crypto::ChaChaKey;
using crypto::Digest;

/// Key 00 01 … 1f, with the nonce of RFC 8439 §2.3.2 or §2.4.2.
ChaChaKey rfc_key(std::uint32_t nonce0) {
  return {.key = {0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c, 0x13121110, 0x17161514,
                  0x1b1a1918, 0x1f1e1d1c},
          .nonce = {nonce0, 0x4a000000, 0},
          .counter = 1};
}

} // namespace

void add_crypto(CaseList& list) {
  list.add("A16", "crypto", "sha256_known", kNone, [](CaseBuilder& c) {
    const Messages m =
        pack({"abc", "", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"});
    const auto data = c.buffer("data", m.bytes);
    const auto offsets = c.buffer("offsets", m.offsets);
    const auto digests = c.output<Digest>("digests", 3);
    c.launch("sha256", crypto::sha256, {32}, {3}, data, offsets, digests);
    c.expect<Digest>(digests, {{0xba7816bf, 0x8f01cfea, 0x414140de, 0x5dae2223, 0xb00361a3,
                                0x96177a9c, 0xb410ff61, 0xf20015ad},
                               {0xe3b0c442, 0x98fc1c14, 0x9afbf4c8, 0x996fb924, 0x27ae41e4,
                                0x649b934c, 0xa495991b, 0x7852b855},
                               {0x248d6a61, 0xd20638b8, 0xe5c02693, 0x0c3e6039, 0xa33ce459,
                                0x64ff2167, 0xf6ecedd4, 0x19db06c1}});
  });
  for (const std::uint32_t n : {0u, 1u, 200u}) {
    list.add("A16", "crypto", "sha256_random_" + std::to_string(n), kNone, [=](CaseBuilder& c) {
      const Messages m = random_messages(n, 200, 41); // past one and two blocks, and each padding
      const auto data = c.buffer("data", m.bytes);
      const auto offsets = c.buffer("offsets", m.offsets);
      const auto digests = c.output<Digest>("digests", n);
      c.launch("sha256", crypto::sha256, {32}, {n}, data, offsets, digests);
    });
  }

  list.add("A16", "crypto", "chacha20_block_known", kNone, [](CaseBuilder& c) {
    const auto words = c.output<std::uint32_t>("words", 16);
    c.launch("chacha20_stream", crypto::chacha20_stream, {64}, {1}, words, rfc_key(0x09000000));
    c.expect<std::uint32_t>(words,
                            {0xe4e7f110, 0x15593bd1, 0x1fdd0f50, 0xc47120a3, 0xc7f4d1c7, 0x0368c033,
                             0x9aaa2204, 0x4e6cd4c3, 0x466482d2, 0x09aa9f07, 0x05d7c214, 0xa2028bd9,
                             0xd19c12b5, 0xb94e16de, 0xe883d0cb, 0x4e3c50a2});
  });
  list.add("A16", "crypto", "chacha20_text_known", kNone, [](CaseBuilder& c) {
    const Messages m =
        pack({"Ladies and Gentlemen of the class of '99: If I could offer you only one tip "
              "for the future, sunscreen would be it."});
    const auto text = c.buffer("text", m.bytes);
    c.launch("chacha20_crypt", crypto::chacha20_crypt, {64}, {2}, text, rfc_key(0));
    c.check([=](const Results& r) -> std::string {
      const auto v = r.read(text);
      const std::uint8_t first[] = {0x6e, 0x2e, 0x35, 0x9a, 0x25, 0x68, 0xf9, 0x80};
      const std::uint8_t last[] = {0x5e, 0x42, 0x87, 0x4d};
      for (std::size_t i = 0; i < 8; ++i)
        if (v[i] != first[i]) return "the cipher text of RFC 8439, 2.4.2 begins otherwise";
      for (std::size_t i = 0; i < 4; ++i)
        if (v[v.size() - 4 + i] != last[i])
          return "the cipher text of RFC 8439, 2.4.2 ends otherwise";
      return {};
    });
  });
  for (const std::uint32_t n : {0u, 1u, 64u, 65u, 10001u}) {
    list.add("A16", "crypto", "chacha20_round_trip_" + std::to_string(n), kNone,
             [=](CaseBuilder& c) {
               const auto plain = any_bits<std::uint8_t>(n, 42);
               const auto cipher = c.buffer("cipher", plain);
               const auto text = c.buffer("text", plain);
               const std::uint32_t threads = (n + 63) / 64;
               const ChaChaKey key = rfc_key(7);
               c.launch("chacha20_crypt", crypto::chacha20_crypt, {64}, {threads}, cipher, key);
               c.launch("chacha20_crypt", crypto::chacha20_crypt, {64}, {threads}, text, key);
               c.launch("chacha20_crypt", crypto::chacha20_crypt, {64}, {threads}, text, key);
               c.expect(text, plain);
             });
  }
}

} // namespace ring::exec
