// Rule 10: what an actor learns of its messages that nobody handled.
#include "fixture.h"

#include "undelivered.ring.h"

#include <thread>

namespace ring::actors {
namespace {

ACTOR_SUITE(Undelivered);

using undelivered::Buy;
using undelivered::Failed;
/// As the kernel numbers them: the generated header has enums as numbers.
enum class What : std::uint32_t { other, order, invoice };

/// The next report of the actor.
template <class Handle>
void expect_failed(Handle& actor, What what, Reason reason, bool went_to_shop) {
  const Failed failed = actor.template receive<Failed>(30s);
  EXPECT_EQ(static_cast<What>(failed.what), what);
  EXPECT_EQ(ring::name_of(static_cast<Reason>(failed.reason)), ring::name_of(reason));
  EXPECT_EQ(failed.went_to_shop, went_to_shop ? 1u : 0u);
}

#define EXPECT_NO_LETTERS(actor) EXPECT_TRUE((actor).dead_letters().empty())

TEST_P(Undelivered, ByARouteThatLeadsNowhere) {
  auto customer = launch(undelivered::Customer, {.routes = {{"out", "host"}}});
  customer.send(Buy{0, 3});
  for (int i = 0; i < 3; ++i)
    expect_failed(customer, What::order, Reason::no_route, true);
  EXPECT_NO_LETTERS(customer);
}

TEST_P(Undelivered, ToAnActorThatHasEnded) {
  auto shop = launch(undelivered::Shop);
  auto customer = launch(undelivered::Customer, {.routes = {{"shop", "shop"}, {"out", "host"}}});
  shop.terminate();
  customer.send(Buy{0, 1});
  expect_failed(customer, What::order, Reason::closed, true);
  EXPECT_NO_LETTERS(customer);
}

TEST_P(Undelivered, ToAMailboxThatIsFull) {
  for (const Overflow overflow : {Overflow::reject, Overflow::dead_letter}) {
    auto shop = launch(undelivered::Shop, {.mailbox = 2, .overflow = overflow});
    auto customer = launch(undelivered::Customer, {.routes = {{"shop", "shop"}, {"out", "host"}}});
    shop.suspend();
    customer.send(Buy{0, 5});
    for (int i = 0; i < 3; ++i)
      expect_failed(customer, What::order, Reason::full, true);
    EXPECT_NO_LETTERS(customer);
    customer.terminate();
    shop.terminate();
  }
}

TEST_P(Undelivered, ToAnActorThatEndsWithoutHandlingThem) {
  auto shop = launch(undelivered::Shop, {.mailbox = 2});
  auto customer = launch(undelivered::Customer, {.routes = {{"shop", "shop"}, {"out", "host"}}});
  shop.suspend();
  // Two lie in the shop's mailbox as it ends, three in the customer's outbox.
  customer.send(Buy{0, 5});
  while (customer.metrics().telemetry.processed == 0)
    std::this_thread::sleep_for(1ms);
  shop.terminate(Terminate::dead_letter);
  int ended = 0;
  for (int i = 0; i < 5; ++i) {
    const Failed failed = customer.receive<Failed>(30s);
    const auto reason = static_cast<Reason>(failed.reason);
    EXPECT_TRUE(reason == Reason::terminated || reason == Reason::closed) << ring::name_of(reason);
    ended += reason == Reason::terminated;
    EXPECT_EQ(failed.went_to_shop, 1u);
  }
  EXPECT_GE(ended, 2);
  EXPECT_NO_LETTERS(customer);
  EXPECT_NO_LETTERS(shop);
}

TEST_P(Undelivered, AnAnswerOfATypeThatNobodyKnows) {
  auto shop = launch(undelivered::Shop, {.routes = {{"out", "host"}}});
  auto customer = launch(undelivered::Customer, {.routes = {{"shop", "shop"}}});
  customer.send(Buy{0, 2});
  for (int i = 0; i < 2; ++i)
    expect_failed(shop, What::invoice, Reason::unknown_type, false);
  EXPECT_NO_LETTERS(customer);
  EXPECT_NO_LETTERS(shop);
}

TEST_P(Undelivered, WhatWasPassedOnTooOften) {
  auto [customer, agent, other] = runtime().launch_group(
      Launch{undelivered::Customer, options({.routes = {{"shop", "agent"}, {"out", "host"}}})},
      Launch{undelivered::Agent, options({.routes = {{"next", "other"}}})},
      Launch{undelivered::Agent, options({.name = "other", .routes = {{"next", "agent"}}})});
  customer.send(Buy{0, 1});
  expect_failed(customer, What::order, Reason::hops_exceeded, false); // that to `other`
  EXPECT_NO_LETTERS(agent);
  EXPECT_NO_LETTERS(other);
}

TEST_P(Undelivered, IsADeadLetterWhenItsSenderIsGone) {
  auto shop = launch(undelivered::Shop);
  auto customer = launch(undelivered::Customer, {.routes = {{"shop", "shop"}}});
  shop.suspend();
  customer.send(Buy{7, 1});
  customer.terminate();
  shop.terminate(Terminate::dead_letter);
  const auto letters = shop.dead_letters();
  ASSERT_EQ(letters.size(), 1u);
  EXPECT_EQ(letters[0].reason, Reason::terminated);
  EXPECT_EQ(letters[0].header.message_type, MessageType<undelivered::Order>::id);
}

TEST_P(Undelivered, WhatIsSentOnHearingItIsNotAnsweredAgain) {
  auto customer = launch(undelivered::Customer); // its report leads nowhere, too
  customer.send(Buy{0, 2});
  std::vector<DeadLetter> letters;
  while (letters.size() < 2) {
    for (DeadLetter& letter : customer.dead_letters())
      letters.push_back(std::move(letter));
  }
  ASSERT_EQ(letters.size(), 2u);
  EXPECT_EQ(letters[0].header.message_type, MessageType<Failed>::id);
  EXPECT_EQ(letters[0].reason, Reason::no_route);
  EXPECT_EQ(settled(customer).depth, 0u);
}

TEST_P(Undelivered, HostsGetDeadLettersAsEver) {
  auto customer = launch(undelivered::Customer);
  customer.send(Buy{0, 1}, {.deadline = -1s});
  std::vector<DeadLetter> letters;
  while (letters.empty())
    letters = customer.dead_letters();
  EXPECT_EQ(letters[0].reason, Reason::expired);
}

TEST_P(Undelivered, MoreThanItsOwnMailboxTakesWedgesNothing) {
  constexpr std::uint32_t kOrders = 40;
  auto customer = launch(undelivered::Customer,
                         {.mailbox = 2, .replies = 64, .outbox = 16, .routes = {{"out", "host"}}});
  customer.send(Buy{0, kOrders});
  ActorMetrics metrics = settled(customer);
  std::uint32_t told = 0;
  while (customer.try_receive<Failed>(told == 0 ? 30'000ms : 100ms))
    ++told;
  metrics = settled(customer);
  EXPECT_GE(told, 2u);
  EXPECT_EQ(told + metrics.dead_letters + metrics.telemetry.dropped, kOrders);
  EXPECT_EQ(metrics.depth, 0u);
}

} // namespace
} // namespace ring::actors
