// What is printed of actors: the header's types, the image and the JSON must say the same, and
// nothing of what only the device sees may come out.
#include "actors.ring.h"

#include <ring/kernel.h> // the handle's spans are those of the device API
#include <ring/loaded_module.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace {

using std::string_view;

static_assert(
    std::is_same_v<std::remove_cvref_t<decltype(actors::Ledger)>,
                   ring::Actor<ring::Receives<wire::Deposit, bank::Balance>,
                               ring::Replies<bank::Balance, wire::Deposit>, double,
                               ring::span<const bank::Inner>, bank::Limits, ring::span<float>>>);
static_assert(std::is_same_v<std::remove_cvref_t<decltype(actors::echo)>,
                             ring::Actor<ring::Receives<wire::Deposit>, ring::Replies<>>>);
static_assert(ring::MessageType<wire::Deposit>::id == 0x12345678);
static_assert(ring::MessageType<bank::Balance>::id == 0x20);
static_assert(std::is_same_v<decltype(bank::Balance::parts), bank::Inner[2]>);

const ring::ModuleImage& image() { return *actors::Ledger.module; }

const ring::KernelImage* kernel(string_view name) {
  const auto found = std::ranges::find(image().kernels, name, &ring::KernelImage::name);
  return found == image().kernels.end() ? nullptr : &*found;
}

TEST(Actors, AreInTheImage) {
  ASSERT_EQ(image().actors.size(), 2u);
  EXPECT_EQ(&image().actors[0], actors::Ledger.actor);
  EXPECT_EQ(&image().actors[1], actors::echo.actor);
  const ring::ActorImage& ledger = *actors::Ledger.actor;
  EXPECT_EQ(ledger.name, "the \"ledger\"");
  EXPECT_EQ(ledger.cpp_name, "bank::Ledger");
  EXPECT_EQ(ledger.type, 1u);
  EXPECT_EQ(ledger.scope, ring::ActorScope::serial);
  EXPECT_EQ(ledger.mailbox, 100u);
  EXPECT_FALSE(ledger.priorities);
  EXPECT_EQ(ledger.state_size, 1040u);
  EXPECT_EQ(ledger.state_align, 8u);
  EXPECT_EQ(ledger.arguments_size, 20u); // f64, a route, 6 bytes up to two words
  ASSERT_EQ(ledger.receives.size(), 2u);
  EXPECT_EQ(ledger.receives[0].name, "wire::Deposit");
  EXPECT_EQ(ledger.receives[0].id, 0x12345678u);
  EXPECT_EQ(ledger.receives[1].size, sizeof(bank::Balance));
  EXPECT_EQ(ledger.receives[1].align, alignof(bank::Balance));
  ASSERT_EQ(ledger.replies.size(), 1u);
  EXPECT_EQ(ledger.find_received(0x20), &ledger.receives[1]);
  EXPECT_EQ(ledger.find_received(0x21), nullptr);

  const ring::ActorImage& echo = *actors::echo.actor;
  EXPECT_EQ(echo.type, 2u);
  EXPECT_EQ(echo.scope, ring::ActorScope::parallel);
  EXPECT_TRUE(echo.priorities);
  EXPECT_EQ(echo.state_size, 0u);
  EXPECT_EQ(echo.states_param, -1);
  EXPECT_EQ(echo.arguments_size, 0u);
  EXPECT_TRUE(echo.replies.empty());
  EXPECT_TRUE(echo.arguments.empty());
}

TEST(Actors, ArgumentsSayWhereTheyLie) {
  const std::span<const ring::ArgumentImage> arguments = actors::Ledger.actor->arguments;
  ASSERT_EQ(arguments.size(), 5u);
  const string_view names[] = {"rate", "next", "rows", "limits", "sums"};
  const ring::ArgumentKind kinds[] = {ring::ArgumentKind::value, ring::ArgumentKind::route,
                                      ring::ArgumentKind::span, ring::ArgumentKind::value,
                                      ring::ArgumentKind::span};
  const std::uint32_t offsets[] = {0, 8, 0, 12, 0};
  const std::uint32_t sizes[] = {8, 4, 4, 6, 4};
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(arguments[i].name, names[i]);
    EXPECT_EQ(arguments[i].kind, kinds[i]) << i;
    EXPECT_EQ(arguments[i].offset, offsets[i]) << i;
    EXPECT_EQ(arguments[i].size, sizes[i]) << i;
  }
  ASSERT_EQ(arguments[1].messages.size(), 1u);
  EXPECT_EQ(arguments[1].messages[0].id, 0x12345678u);
  EXPECT_EQ(arguments[2].access, ring::SpanAccess::read);
  EXPECT_EQ(arguments[4].access, ring::SpanAccess::read_write);
  // By those indices a runtime binds buffers.
  const ring::KernelImage* bounded = kernel("actors_bounded");
  ASSERT_TRUE(bounded);
  EXPECT_EQ(bounded->params[actors::Ledger.actor->states_param].name, "Ledger_states");
  EXPECT_EQ(bounded->params[arguments[2].param].name, "Ledger_rows");
  EXPECT_EQ(bounded->params[arguments[4].param].name, "Ledger_sums");
  EXPECT_EQ(arguments[0].param, -1);
}

TEST(Actors, SchedulesAreKernelsOfTheImage) {
  EXPECT_EQ(image().kernels.size(), 3u);
  EXPECT_EQ(actors::fill.kernel, kernel("fill"));
  const ring::KernelImage* persistent = kernel("actors_persistent");
  ASSERT_TRUE(persistent);
  EXPECT_FALSE(persistent->targets.has(ring::Target::wgsl));
  EXPECT_TRUE(kernel("actors_bounded")->targets.has(ring::Target::wgsl));
}

TEST(Actors, JsonSaysWhatTheImageSays) {
  const auto loaded = ring::LoadedModule::from_files(RING_TEST_ACTORS_JSON);
  const auto equal = [](std::span<const ring::MessageImage> a,
                        std::span<const ring::MessageImage> b) {
    return std::ranges::equal(a, b, [](const auto& x, const auto& y) {
      return x.name == y.name && x.id == y.id && x.size == y.size && x.align == y.align;
    });
  };
  EXPECT_NE(image().layout_hash, 0u);
  EXPECT_EQ(loaded.image().layout_hash, image().layout_hash);
  ASSERT_EQ(loaded.image().actors.size(), image().actors.size());
  for (std::size_t i = 0; i < image().actors.size(); ++i) {
    const ring::ActorImage& a = image().actors[i];
    const ring::ActorImage& b = loaded.image().actors[i];
    EXPECT_EQ(b.name, a.name);
    EXPECT_EQ(b.cpp_name, a.cpp_name);
    EXPECT_EQ(b.type, a.type);
    EXPECT_EQ(b.scope, a.scope);
    EXPECT_EQ(b.mailbox, a.mailbox);
    EXPECT_EQ(b.priorities, a.priorities);
    EXPECT_EQ(b.state_size, a.state_size);
    EXPECT_EQ(b.state_align, a.state_align);
    EXPECT_EQ(b.states_param, a.states_param);
    EXPECT_EQ(b.arguments_size, a.arguments_size);
    EXPECT_TRUE(equal(b.receives, a.receives));
    EXPECT_TRUE(equal(b.replies, a.replies));
    ASSERT_EQ(b.arguments.size(), a.arguments.size());
    for (std::size_t k = 0; k < a.arguments.size(); ++k) {
      EXPECT_EQ(b.arguments[k].name, a.arguments[k].name);
      EXPECT_EQ(b.arguments[k].kind, a.arguments[k].kind);
      EXPECT_EQ(b.arguments[k].access, a.arguments[k].access);
      EXPECT_EQ(b.arguments[k].offset, a.arguments[k].offset);
      EXPECT_EQ(b.arguments[k].size, a.arguments[k].size);
      EXPECT_EQ(b.arguments[k].align, a.arguments[k].align);
      EXPECT_EQ(b.arguments[k].param, a.arguments[k].param);
      EXPECT_TRUE(equal(b.arguments[k].messages, a.arguments[k].messages));
    }
  }
}

} // namespace
