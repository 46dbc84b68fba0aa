// A16. SHA-256 (FIPS 180-4) and ChaCha20 (RFC 8439): rotates, local arrays, constant tables, byte
// order.
#include <ring/kernel.h>

#include <array>
#include <bit>

namespace {

constexpr std::uint32_t kRoundConstants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

using Digest = std::array<std::uint32_t, 8>;

/// Byte `i` of a message after padding: the message, 0x80, zeros, and its length in bits,
/// big-endian.
std::uint8_t padded_byte(ring::span<const std::uint8_t> message, std::size_t i,
                         std::size_t padded) {
  if (i < message.size()) return message[i];
  if (i == message.size()) return 0x80;
  if (i + 8 < padded) return 0;
  const std::uint64_t bits = message.size() * std::uint64_t{8};
  return static_cast<std::uint8_t>(bits >> 8 * (padded - 1 - i));
}

void compress(Digest& hash, const std::uint32_t (&block)[16]) {
  std::uint32_t schedule[64];
  for (int i = 0; i < 16; ++i)
    schedule[i] = block[i];
  for (int i = 16; i < 64; ++i) {
    const std::uint32_t w15 = schedule[i - 15], w2 = schedule[i - 2];
    const std::uint32_t s0 = std::rotr(w15, 7) ^ std::rotr(w15, 18) ^ w15 >> 3;
    const std::uint32_t s1 = std::rotr(w2, 17) ^ std::rotr(w2, 19) ^ w2 >> 10;
    schedule[i] = schedule[i - 16] + s0 + schedule[i - 7] + s1;
  }

  auto [a, b, c, d, e, f, g, h] = hash;
  for (int i = 0; i < 64; ++i) {
    const std::uint32_t s1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
    const std::uint32_t choice = (e & f) ^ (~e & g);
    const std::uint32_t t1 = h + s1 + choice + kRoundConstants[i] + schedule[i];
    const std::uint32_t s0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
    const std::uint32_t majority = (a & b) ^ (a & c) ^ (b & c);
    h = g, g = f, f = e, e = d + t1;
    d = c, c = b, b = a, a = t1 + s0 + majority;
  }
  const Digest step = {a, b, c, d, e, f, g, h};
  for (std::size_t i = 0; i < hash.size(); ++i)
    hash[i] += step[i];
}

/// Four column or diagonal rounds share this step (RFC 8439, 2.1).
void quarter_round(std::uint32_t& a, std::uint32_t& b, std::uint32_t& c, std::uint32_t& d) {
  a += b, d = std::rotl(d ^ a, 16);
  c += d, b = std::rotl(b ^ c, 12);
  a += b, d = std::rotl(d ^ a, 8);
  c += d, b = std::rotl(b ^ c, 7);
}

} // namespace

/// One thread a message; message m is data[offsets[m] … offsets[m + 1]).
RING_GLOBAL(.block = {32})
void sha256(ring::span<const std::uint8_t> data, ring::span<const std::uint32_t> offsets,
            ring::span<Digest> digests) {
  const auto m = ring::global_id().x;
  if (m >= digests.size()) return;
  const auto message = data.subspan(offsets[m], offsets[m + 1] - offsets[m]);
  const std::size_t padded = (message.size() + 9 + 63) / 64 * 64;

  Digest hash = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  for (std::size_t start = 0; start < padded; start += 64) {
    std::uint32_t block[16] = {};
    for (std::size_t i = 0; i < 64; ++i) {
      block[i / 4] = block[i / 4] << 8 | padded_byte(message, start + i, padded);
    }
    compress(hash, block);
  }
  digests[m] = hash;
}

struct ChaChaKey {
  std::uint32_t key[8];
  std::uint32_t nonce[3];
  std::uint32_t counter; // of the first block
};

namespace {

void chacha20_block(const ChaChaKey& k, std::uint32_t counter, std::uint32_t (&out)[16]) {
  std::uint32_t state[16] = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
  for (int i = 0; i < 8; ++i)
    state[4 + i] = k.key[i];
  state[12] = counter;
  for (int i = 0; i < 3; ++i)
    state[13 + i] = k.nonce[i];

  for (int i = 0; i < 16; ++i)
    out[i] = state[i];
  for (int round = 0; round < 10; ++round) {
    for (int i = 0; i < 4; ++i)
      quarter_round(out[i], out[4 + i], out[8 + i], out[12 + i]);
    for (int i = 0; i < 4; ++i)
      quarter_round(out[i], out[4 + (i + 1) % 4], out[8 + (i + 2) % 4], out[12 + (i + 3) % 4]);
  }
  for (int i = 0; i < 16; ++i)
    out[i] += state[i];
}

} // namespace

/// The key stream, one 64-byte block a thread, as little-endian words.
RING_GLOBAL(.block = {64})
void chacha20_stream(ring::span<std::uint32_t> words, ChaChaKey key) {
  const auto i = ring::global_id().x;
  if (16 * i >= words.size()) return;
  std::uint32_t block[16];
  chacha20_block(key, key.counter + i, block);
  for (std::uint32_t k = 0; k < 16; ++k)
    words[16 * i + k] = block[k];
}

/// Encrypts or decrypts bytes in place, one 64-byte block a thread; the last block may be short.
RING_GLOBAL(.block = {64})
void chacha20_crypt(ring::span<std::uint8_t> text, ChaChaKey key) {
  const std::size_t i = ring::global_id().x;
  if (64 * i >= text.size()) return;
  std::uint32_t block[16];
  chacha20_block(key, key.counter + static_cast<std::uint32_t>(i), block);
  for (std::size_t k = 0; k < 64 && 64 * i + k < text.size(); ++k) {
    text[64 * i + k] ^= static_cast<std::uint8_t>(block[k / 4] >> 8 * (k % 4));
  }
}
