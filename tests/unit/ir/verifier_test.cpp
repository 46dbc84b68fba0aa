// Each rule of the verifier, by a module that breaks it and what is said about it.
#include "ir/builder.h"
#include "ir/parser.h"
#include "ir/verifier.h"
#include "tests/unit/ir/sample_modules.h"

#include <gtest/gtest.h>

namespace ring::ir {
namespace {

std::string problems_of(Module& module, const CapabilitySet& capabilities = all_capabilities()) {
  Result<VerifiedModule> verified = verify(module, capabilities);
  if (verified) return "";
  std::string text;
  for (const Diagnostic& d : verified.diagnostics()) {
    text += (text.empty() ? "" : "\n") + code_of(d.id) + " " + d.message;
  }
  return text;
}

std::string problems(std::string_view text,
                     const CapabilitySet& capabilities = all_capabilities()) {
  Result<Module> module = parse(text, "test.rir");
  if (!module) return "does not parse: " + module.diagnostics().front().message;
  return problems_of(*module, capabilities);
}

/// What is wrong in the body of a function; the "(in 'f')" is left out.
std::string in_body(std::string_view body, std::string_view result = "") {
  std::string text = problems("shared @s: u32\nconstant @c: array<u32, 2> = array<u32, 2>{1, 2}\n"
                              "function g(%x: u32) -> u32 {\n  return %x\n}\n"
                              "function w() effects {\n  store @s, 1\n}\n"
                              "function f(%a: u32, %b: f32, %p: ptr<u32, generic, read>)" +
                              std::string(result) + " effects {\n" + std::string(body) + "\n}\n");
  for (std::size_t at; (at = text.find(" (in 'f')")) != text.npos;)
    text.erase(at, 9);
  return text;
}

TEST(Verify, AcceptsWhatIsRight) {
  EXPECT_EQ(problems(kSaxpy), "");
  EXPECT_EQ(problems(kEverything), "");
  EXPECT_EQ(problems(kActors), "");
}

TEST(Verify, Structure) {
  EXPECT_EQ(in_body("break"), "RC2001 a break that no loop or switch is around");
  EXPECT_EQ(in_body("continue"), "RC2001 a continue that no loop is around");
  EXPECT_EQ(in_body("switch (%a) {\n  default {\n    continue\n  }\n}"),
            "RC2001 a continue that no loop is around");
  EXPECT_EQ(in_body("loop {\n} continuing {\n  break\n}"),
            "RC2001 a break that no loop or switch is around");
  EXPECT_EQ(in_body("loop {\n} continuing {\n  return\n}"),
            "RC2001 a return in a continuing part or in a for_each");
  EXPECT_EQ(in_body("loop {\n} continuing {\n  loop {\n    break\n  }\n} until (true)"), "");
  EXPECT_EQ(in_body("return 1"), "RC2001 a return with a value");
  EXPECT_EQ(in_body("return", " -> u32"), "RC2001 a return without a value");
  EXPECT_EQ(in_body("return %b", " -> u32"), "RC2001 a return of 'f32' for 'u32'");
  EXPECT_EQ(in_body("switch (%a) {\n  case 1, 1 {\n  }\n}"), "RC2001 two cases of one value");
  EXPECT_EQ(in_body("switch (%a) {\n  default {\n  }\n  case 2, default {\n  }\n}"),
            "RC2001 a second default");
  EXPECT_EQ(in_body("if (%a) {\n}"), "RC2001 a condition of type 'u32'");
}

TEST(Verify, Scopes) {
  EXPECT_EQ(in_body("if (true) {\n  let %x: u32 = 1\n}\nlet %y: u32 = %x"),
            "RC2001 'x' is not declared here");
  EXPECT_EQ(in_body("loop {\n  let %x: u32 = 1\n} continuing {\n  eval @g(%x)\n} until (%x == 1)"),
            "");
  EXPECT_EQ(in_body("loop {\n  if (true) {\n    continue\n  }\n  let %x: u32 = 1\n} continuing {\n"
                    "  eval @g(%x)\n}"),
            "RC2001 'x' is not declared here");
}

TEST(Verify, Effects) {
  EXPECT_EQ(in_body("let %x: u32 = atomic_add(@s, 1) + 1"),
            "RC2001 'atomic_add' has effects, so it stands alone in a let or an eval");
  EXPECT_EQ(in_body("var %x: u32 = atomic_add(@s, 1)"),
            "RC2001 'atomic_add' has effects, so it stands alone in a let or an eval");
  EXPECT_EQ(in_body("let %x: u32 = atomic_add(@s, 1)\neval @w()\neval @g(1)"), "");
  EXPECT_EQ(problems("shared @s: u32\nfunction f() {\n  store @s, 1\n}\n"),
            "RC2001 it has side effects, but is not marked so (in 'f')");
  EXPECT_EQ(in_body("var %x: u32\neval atomic_add(%x, 1)"),
            "RC2102 'atomic_add' on a variable that no other thread can see");
}

TEST(Verify, Memory) {
  EXPECT_EQ(in_body("store @c[0], 1"), "RC2001 a store to what may only be read");
  EXPECT_EQ(in_body("store *%p, 1"), "RC2001 a store to what may only be read");
  EXPECT_EQ(in_body("eval atomic_add(*%p, 1)"), "RC2001 'atomic_add' on what may only be read");
  EXPECT_EQ(in_body("store %a, 1"), "RC2001 a store to 'u32'");
  EXPECT_EQ(in_body("store @s, %b"), "RC2001 a store of 'f32' to 'u32'");
  EXPECT_EQ(in_body("let %x: f32 = %a"), "RC2001 'x' is 'f32', its value 'u32'");
  EXPECT_EQ(in_body("var %x: ref<u32, function, read>"), "RC2001 'x': a reference is no object");
}

TEST(Verify, ResultsThroughPointers) {
  EXPECT_EQ(in_body("var %whole: f32\nlet %part: f32 = modf(%b, &%whole)"), "");
  EXPECT_EQ(in_body("var %e: i32\nlet %x: f32 = frexp(%b, &%e)"), "");
  EXPECT_EQ(in_body("let %x: f32 = frexp(%b, ptr<i32, constant, read_write>{})"),
            "RC2001 'frexp' on what may only be read");
  EXPECT_EQ(problems("function f(%p: ptr<u32, generic, read_write>) effects {\n"
                     "  let %x: f32 = frexp(1.0, %p)\n}\n"),
            "does not parse: operand 1 of 'frexp' is 'i32*', not 'ptr<u32, generic, read_write>'");
}

TEST(Verify, TypesAndGlobals) {
  EXPECT_EQ(in_body("var %x: array<u32>"), "RC2001 'x': an array sized at run time is no value");
  EXPECT_EQ(in_body("var %x: array<u8, 9999999999999>"),
            "RC2001 'x': 'array<u8, 9999999999999>' is too large");
  EXPECT_EQ(
      in_body("var %x: array<array<u8, 4294967296>, 4294967296>\nlet %y: u8 = load(%x[0][0])"),
      "RC2001 'x': 'array<array<u8, 4294967296>, 4294967296>' is too large");
  EXPECT_EQ(in_body("var %x: vec2<array<u8, 2>>"), "RC2001 'x': a vector has 2 to 4 scalars");
  EXPECT_EQ(problems("struct A size 4 align 4 {\n  a: A @0\n}\n"),
            "RC2001 the field 'a' of 'A': 'A' is not complete here");
  EXPECT_EQ(problems("struct A size 4 align 3 {\n  a: u64 @0\n}\n"),
            "RC2001 the alignment of 'A' is no power of two\n"
            "RC2001 the field 'a' of 'A' does not fit into 4 bytes");
  EXPECT_EQ(problems("struct A size 8 align 4 {\n  a: u32 @0\n  b: u8 @3\n}\n"),
            "RC2001 the field 'b' of 'A' begins before the end of 'a'");
  EXPECT_EQ(problems("struct A size 8 align 4 {\n  a: u32 @4\n  b: u32 @0\n}\n"),
            "RC2001 the field 'b' of 'A' begins before the end of 'a'");
  EXPECT_EQ(problems("struct A size 8 align 4 {\n  a: u32 @2\n}\n"),
            "RC2001 the field 'a' of 'A' is not aligned");
  EXPECT_EQ(problems("struct A size 8 align 2 {\n  a: u32 @0\n}\n"),
            "RC2001 the field 'a' of 'A' is not aligned");
  const std::string odd = "struct A size 6 align 4 {\n  a: u32 @0\n}\n";
  EXPECT_EQ(problems(odd + "shared @s: array<A, 2>\n"),
            "RC2001 's': elements of 'A', whose size is no multiple of its alignment");
  EXPECT_EQ(problems(odd + "kernel global k(%s: span<A, read>) block(1, 1, 1) {\n}\n"),
            "RC2001 's': elements of 'A', whose size is no multiple of its alignment (in 'k')");
  EXPECT_EQ(problems("constant @c: u32\n"), "RC2001 'c' is a constant without a value");
  EXPECT_EQ(problems("shared @c: u32 = 1\n"), "RC2001 'c' has a value, but is no constant");
  EXPECT_EQ(problems("constant @c: u32 = 1u32 + 1\n"), "RC2001 a constant that must be computed");
}

TEST(Verify, Kernels) {
  EXPECT_EQ(problems("kernel global k() -> u32 block(1, 1, 1) {\n  return 1\n}\n"),
            "RC2001 a kernel returns nothing (in 'k')");
  EXPECT_EQ(problems("kernel global k() block(0, 1, 1) {\n}\n"),
            "RC2001 a block has 1 to 1024 threads (in 'k')");
  EXPECT_EQ(
      problems("kernel global k(%p: ptr<u32, storage, read>) block(1, 1, 1) {\n}\n"),
      "RC2001 the kernel's parameter 'p' is 'ptr<u32, storage, read>': it takes spans of plain "
      "data, scalars and plain structs (in 'k')");
  EXPECT_EQ(problems("storage @x: array<u32> read binding 0\nstorage @y: array<u32> binding 2\n"
                     "kernel global k() block(1, 1, 1) bindings(@y) {\n"
                     "  store @y[0], load(@x[0])\n}\n"),
            "RC2001 'x' is not bound (in 'k')\n"
            "RC2001 'y' is buffer 0, but says binding 2 (in 'k')");
  EXPECT_EQ(problems("kernel global k() block(1, 1, 1) {\n}\nfunction f() {\n  eval @k()\n}\n"),
            "RC2001 a call of the kernel 'k' (in 'f')");
}

TEST(Verify, BoundSpans) {
  EXPECT_EQ(problems("bound @w: u32\n"), "RC2001 'w' is bound, but is no span of plain data");
  EXPECT_EQ(problems("bound @w: span<ptr<u32, generic, read>, read>\n"),
            "RC2001 'w' is bound, but is no span of plain data");
  EXPECT_EQ(problems("bound @w: span<u32, read>\nbound @w.2: span<f32, read>\n"),
            "RC2001 a second bound span 'w'");
  EXPECT_EQ(problems("bound @w: span<u32, read> binding 1\n"),
            "RC2001 'w' has a binding, but is no buffer");
  EXPECT_EQ(problems("bound @w: span<u32, read> = span<u32, read>{}\n"),
            "RC2001 'w' has a value, but is no constant");
  EXPECT_EQ(problems("bound @w: span<u32, read>\nfunction f() effects {\n  store @w[0], 1\n}\n"),
            "RC2001 a store to what may only be read (in 'f')");
  EXPECT_EQ(problems("function f(%x: ref<u32, generic, read>) {\n"
                     "  let %y: ref<u32, launch, read> = %x\n}\n"),
            "does not parse: expected an address space");
}

/// What is wrong with an actor; `facts` stand behind the mailbox.
std::string in_actor(std::string_view facts, std::string_view state = "",
                     std::string_view result = " -> bool") {
  std::string text = problems(
      "struct C size 4 align 4 {\n  a: u32 @0\n}\nstruct M size 4 align 4 {\n  a: u32 @0\n}\n"
      "struct P size 8 align 8 {\n  p: ptr<u32, generic, read> @0\n}\n"
      "shared @s: span<u32, read>\nbound @w: span<u32, read_write>\n"
      "kernel ring f(%c: ref<C, generic, read_write>, " +
      std::string(state) + "%event: u32, %message: u32)" + std::string(result) +
      " actor \"f\" scope serial mailbox 1 " + std::string(facts) + " {\n" +
      (result.empty() ? "" : "  return true\n") + "}\n");
  for (std::size_t at; (at = text.find(" (in 'f')")) != text.npos;)
    text.erase(at, 9);
  return text;
}

constexpr std::string_view kParams =
    "RC2001 an actor takes its context, its state if it has one, an event and the word of the "
    "message";

TEST(Verify, Actors) {
  EXPECT_EQ(in_actor(""), "");
  EXPECT_EQ(in_actor("state M", "%state: ref<M, generic, read_write>, "), "");
  EXPECT_EQ(in_actor("state M"), kParams);
  EXPECT_EQ(in_actor("", "%state: ref<M, generic, read_write>, "), kParams);
  EXPECT_EQ(in_actor("state M", "%state: ref<C, generic, read_write>, "), kParams);
  EXPECT_EQ(in_actor("state M", "%state: ref<M, generic, read>, "), kParams);
  EXPECT_EQ(in_actor("state P", "%state: ref<P, generic, read_write>, "),
            "RC2001 the state: 'P' holds pointers");
  EXPECT_EQ(in_actor("", "", ""), "RC2001 an actor returns whether it knows the event");
}

TEST(Verify, LanesOfActors) {
  const auto two = [](std::string_view one, std::string_view other) {
    std::string text = "struct C size 4 align 4 {\n  a: u32 @0\n}\n";
    for (std::string_view function : {"f", "g"}) {
      text += "kernel ring " + std::string(function) +
              "(%c: ref<C, generic, read_write>, %e: u32, %m: u32) -> bool actor \"" +
              std::string(function) + "\" scope " + std::string(function == "f" ? one : other) +
              " mailbox 1 {\n  return true\n}\n";
    }
    return problems(text);
  };
  EXPECT_EQ(two("block lanes 64", "parallel lanes 64"), "");
  EXPECT_EQ(two("warp lanes 32", "serial"), "");
  EXPECT_EQ(two("warp lanes 32", "block lanes 64"),
            "RC2001 64 lanes, but another actor has 32 (in 'g')");
  EXPECT_EQ(two("block lanes 1", "serial lanes 2"),
            "RC2001 a group has 2 to 1024 lanes (in 'f')\n"
            "RC2001 a serial actor with more than one lane (in 'g')");
}

/// An actor whose handler replies, and stores, as `body` says.
std::string group_handler(std::string_view scope, std::string_view body) {
  return problems("struct C size 4 align 4 {\n  a: u32 @0\n}\n"
                  "struct M size 8 align 4 {\n  a: u32 @0\n  b: u32 @4\n}\n"
                  "function reply(%c: ref<C, generic, read_write>) effects collective {\n"
                  "  store %c.a, 1\n}\n"
                  "function set(%m: ref<M, generic, read_write>) effects {\n"
                  "  store %m.b, 1 !3:1\n}\n"
                  "kernel ring f(%c: ref<C, generic, read_write>, "
                  "%s: ref<M, generic, read_write>, %e: u32, %m: u32) -> bool actor \"f\" scope " +
                  std::string(scope) +
                  " lanes 64 mailbox 1\n state M effects {\n  switch (%e) {\n"
                  "  case 1 {\n    store %s.a, 2\n    return true\n  }\n  case 99 {\n" +
                  std::string(body) + "    return true\n  }\n  }\n  return false\n}\n");
}

TEST(Verify, RepliesOfGroups) {
  const std::string all = "    eval @reply(%c)\n";
  const std::string some = "    if (thread_id.x == 3) {\n" + all + "    }\n";
  const std::string problem =
      "RC2104 'reply' in control flow that is not the same for all lanes of "
      "the actor (in 'f')";
  EXPECT_EQ(group_handler("block", all), "");
  EXPECT_EQ(group_handler("block", some), problem);
  EXPECT_EQ(group_handler("warp", some), problem);
  EXPECT_EQ(group_handler("parallel", some), "");
}

TEST(Verify, StateOfParallelActors) {
  const std::string problem =
      "RC2103 the state of the parallel actor 'f' is changed without an atomic operation, while "
      "other lanes handle messages too; use ring::atomic_add or its like";
  EXPECT_EQ(group_handler("parallel", "    eval atomic_add(%s.a, 1)\n"), "");
  EXPECT_EQ(group_handler("parallel", "    var %own: M = load(%s)\n    store %own.a, 1\n"), "");
  EXPECT_EQ(group_handler("parallel", "    store %s.a, 1\n"), problem);
  EXPECT_EQ(group_handler("parallel", "    eval @set(%s)\n"), problem);
  EXPECT_EQ(group_handler("block", "    store %s.a, 1\n"), "");
}

TEST(Verify, NamesAndMailboxesOfActors) {
  const auto two = [](std::string_view name, std::string_view mailbox) {
    std::string text = "struct C size 4 align 4 {\n  a: u32 @0\n}\n";
    for (std::string_view function : {"f", "g"}) {
      text += "kernel ring " + std::string(function) +
              "(%c: ref<C, generic, read_write>, %e: u32, %m: u32) -> bool actor \"" +
              std::string(function == "f" ? "f" : name) + "\" scope warp lanes 32 mailbox " +
              std::string(mailbox) + " {\n  return true\n}\n";
    }
    return problems(text);
  };
  EXPECT_EQ(two("g", "1"), "");
  EXPECT_EQ(two("f", "1"), "RC2001 a second actor 'f' (in 'g')");
  EXPECT_EQ(two("", "1"), "RC2001 an actor without a name (in 'g')");
  EXPECT_EQ(two("g", "0"), "RC2001 a mailbox that holds no message (in 'f')\n"
                           "RC2001 a mailbox that holds no message (in 'g')");
}

TEST(Verify, ActorsSayThatTheyHaveEffects) {
  EXPECT_EQ(problems("struct C size 4 align 4 {\n  a: u32 @0\n}\n"
                     "kernel ring f(%c: ref<C, generic, read_write>, %e: u32, %m: u32) -> bool "
                     "actor \"f\" scope serial mailbox 1 {\n  store %c.a, 1\n  return true\n}\n"),
            "RC2001 it has side effects, but is not marked so (in 'f')");
}

TEST(Verify, Messages) {
  EXPECT_EQ(in_actor("receives M 0x10, C 0x11 replies C 0x11"), "");
  EXPECT_EQ(in_actor("receives P 0x10"), "RC2001 the message 'P': 'P' holds pointers");
  EXPECT_EQ(in_actor("receives M 15"),
            "RC2001 the message 'M' has the id 0x0000000f, which is an event's");
  EXPECT_EQ(in_actor("receives M 0x10, M 0x10"),
            "RC2001 the message 'M' stands twice in what the actor receives");
  EXPECT_EQ(in_actor("receives M 0x10 replies C 0x10"),
            "RC2001 the message 'C' has the id of 'M', 0x00000010");
  EXPECT_EQ(in_actor("receives M 0x10 replies M 0x11"),
            "RC2001 the message 'M' has two ids, 0x00000010 and 0x00000011");
}

TEST(Verify, LaunchArguments) {
  EXPECT_EQ(in_actor("value a word 0: u64 span s: @w route r word 2: M 0x10 value b word 3: M"),
            "");
  EXPECT_EQ(in_actor("value a word 0: u32 value a word 1: u32"), "RC2001 a second argument 'a'");
  EXPECT_EQ(in_actor("span s: @s"), "RC2001 the argument 's' is no bound span");
  EXPECT_EQ(in_actor("value a word 0: P"), "RC2001 the argument 'a': 'P' holds pointers");
  EXPECT_EQ(in_actor("value a word 0: u64 value b word 1: u8"),
            "RC2001 the argument 'b' begins before the end of the one before it");
}

TEST(Verify, Capabilities) {
  CapabilitySet wgsl{Capability::subgroups};
  EXPECT_EQ(problems("function f(%a: f64) -> bool {\n  return %a < convert<f64>(1u64)\n}\n", wgsl),
            "RC3001 the type 'f64' needs 'float64', which the target lacks (in 'f')\n"
            "RC3001 the type 'u64' needs 'int64', which the target lacks (in 'f')");
  EXPECT_EQ(
      problems("shared @s: u32\nfunction f() effects {\n  let %p: ref<u32, workgroup, read> = @s\n"
               "  eval ballot(true)\n}\n",
               CapabilitySet{}),
      "RC3001 a reference 'ref<u32, workgroup, read>' as a value needs 'pointers', which the "
      "target lacks (in 'f')\n"
      "RC3001 'ballot' on 'bool' needs 'subgroups', which the target lacks (in 'f')");
  EXPECT_EQ(
      problems("shared @s: f32\nfunction f() effects {\n  eval atomic_add(@s, 1.0)\n}\n", wgsl),
      "RC3001 'atomic_add' on 'f32' needs 'float_atomics', which the target lacks (in 'f')");
}

// What no text can say.

class Made : public testing::Test {
protected:
  Made() : builder(module) {
    module.name = "made";
    function = &module.functions.emplace_back();
    function->name = function->cpp_name = "f";
    function->result = module.types.void_type();
    builder.set_block(&function->body);
  }

  Module module;
  Builder builder;
  Function* function;
};

TEST_F(Made, OneParent) {
  Expr* one = builder.u32(1);
  builder.let("x", builder.add(one, one));
  EXPECT_EQ(problems_of(module), "RC2001 an expression that has two parents (in 'f')");
}

TEST_F(Made, OneDeclaration) {
  Local* x = builder.var("x", module.types.u32());
  builder.append(Var{x, nullptr});
  builder.append(function->body.statements.front());
  EXPECT_EQ(problems_of(module), "RC2001 'x' is declared twice (in 'f')\n"
                                 "RC2001 a statement that stands in two blocks (in 'f')");
}

TEST_F(Made, TypesAreTrue) {
  Expr* sum = builder.add(builder.u32(1), builder.u32(2));
  sum->type = module.types.f32();
  builder.let("x", sum);
  EXPECT_EQ(problems_of(module), "RC2001 an expression of type 'u32' that says 'f32' (in 'f')");
}

TEST_F(Made, NothingIsNull) {
  builder.append(Eval{nullptr});
  builder.append(Let{nullptr, nullptr});
  function->body.statements.push_back(nullptr);
  builder.eval(module.expr(module.types.u32(), LocalRef{nullptr}));
  EXPECT_EQ(problems_of(module), "RC2001 an expression that is null (in 'f')\n"
                                 "RC2001 a declaration without a local (in 'f')\n"
                                 "RC2001 a statement that is null (in 'f')\n"
                                 "RC2001 a null local is not declared here (in 'f')");
}

TEST_F(Made, NoPointerToABoundSpan) {
  const TypePtr pointer = module.types.ptr(module.types.u32(), AddressSpace::launch);
  builder.append(Var{module.local(Local::Kind::var, "x", pointer), nullptr});
  EXPECT_EQ(problems_of(module), "RC2001 'x': a pointer to a bound span (in 'f')");
}

TEST_F(Made, RoutesAreWordsForSomething) {
  RingKernel ring;
  ring.actor = "f";
  RingKernel::Argument& next = ring.arguments.emplace_back();
  next.kind = RingKernel::Argument::Kind::route;
  next.name = "next";
  next.type = module.types.f32();
  RingKernel::Argument& last = ring.arguments.emplace_back(next);
  last.name = "last";
  last.type = module.types.u32();
  ring.receives.push_back({16, nullptr});
  function->kernel = Kernel{ring, {}};
  EXPECT_EQ(problems_of(module), std::string(kParams) + " (in 'f')\n" +
                                     "RC2001 an actor returns whether it knows the event (in 'f')\n"
                                     "RC2001 a message without a type (in 'f')\n"
                                     "RC2001 the argument 'next' is a route, but no u32 (in 'f')\n"
                                     "RC2001 the argument 'last' is a route for nothing (in 'f')");
}

TEST_F(Made, NoRecursion) {
  builder.eval(builder.call(function, {}));
  EXPECT_EQ(problems_of(module),
            "RC2001 a call of a function that does not come before its caller (in 'f')");
}

} // namespace
} // namespace ring::ir
