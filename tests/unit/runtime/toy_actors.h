// Actors made by hand, as ringcc would make them for the CPU: handlers in C++, the two kernels of
// their module around the protocol's steps.
#pragma once

#include <ring/runtime.h>

#include <cstdint>

namespace ring::test::toys {

struct Ping {
  std::uint32_t value;
};
struct Pong {
  std::uint32_t value;
};
struct Add {
  std::uint32_t amount;
};
struct Ask {
  std::uint32_t unused;
};
struct Stop {
  std::uint32_t unused;
};
struct Count {
  std::uint32_t value;
  std::uint32_t starts;
};
struct Goodbye {
  std::uint32_t value;
};
struct Odd { // 7 bytes
  std::uint8_t bytes[7];
};

extern const ModuleImage module;
extern const ModuleImage stale;   // the same code, but the image says other layouts
extern const ModuleImage bounded; // has no persistent kernel

/// Ping → Pong of the same value, Odd → Odd with each byte one more.
extern const Actor<Receives<Ping, Odd>, Replies<Pong, Odd>> echo;
/// Add adds, Ask → Count, Stop ends it; says Goodbye at its end. Its state is the value and how
/// often it started.
extern const Actor<Receives<Add, Ask, Stop>, Replies<Count, Goodbye>, std::uint32_t> counter;
/// Ping: passed on to `next`, as a new message to `out` with one less if that is not 0.
extern const Actor<Receives<Ping, Pong>, Replies<Ping>> passer;
/// Ping: doubles the element of that index, → Pong with it.
extern const Actor<Receives<Ping>, Replies<Pong>, span<std::uint32_t>> doubler;
/// Ping: sleeps so many milliseconds, → Pong.
extern const Actor<Receives<Ping>, Replies<Pong>> sleeper;
/// Add: sends so many numbered Pings along `next`.
extern const Actor<Receives<Add>, Replies<Ping>> source;
/// Ping → Pong 1 if it is the number after the last one, else 0.
extern const Actor<Receives<Ping, Ask>, Replies<Pong, Count>> sink;

extern const Actor<Receives<Ping, Odd>, Replies<Pong, Odd>> stale_echo;
extern const Actor<Receives<Ping, Odd>, Replies<Pong, Odd>> bounded_echo;

} // namespace ring::test::toys

template <> struct ring::MessageType<ring::test::toys::Ping> {
  static constexpr std::uint32_t id = 101;
};
template <> struct ring::MessageType<ring::test::toys::Pong> {
  static constexpr std::uint32_t id = 102;
};
template <> struct ring::MessageType<ring::test::toys::Add> {
  static constexpr std::uint32_t id = 103;
};
template <> struct ring::MessageType<ring::test::toys::Ask> {
  static constexpr std::uint32_t id = 104;
};
template <> struct ring::MessageType<ring::test::toys::Stop> {
  static constexpr std::uint32_t id = 105;
};
template <> struct ring::MessageType<ring::test::toys::Count> {
  static constexpr std::uint32_t id = 106;
};
template <> struct ring::MessageType<ring::test::toys::Goodbye> {
  static constexpr std::uint32_t id = 107;
};
template <> struct ring::MessageType<ring::test::toys::Odd> {
  static constexpr std::uint32_t id = 108;
};
