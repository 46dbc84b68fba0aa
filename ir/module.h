// A module: everything that one run of ringcc knows about one source file. It owns its types,
// functions, locals, expressions and statements; pointers between them stay valid for its lifetime.
#pragma once

#include "ir/stmt.h"

#include <array>
#include <cstdint>
#include <deque>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ring::ir {

/// A source file, named as the user named it (never an absolute path that the user did not type).
struct SourceFile {
  std::string name;
  /// How the main file includes it, with its delimiters: `"bank.h"`, `<ring/kernel.h>`. Empty for
  /// the main file.
  std::string include_spelling;
};

/// A variable of the module. `workgroup`: shared by a block. `constant`: a table with an
/// initializer. `storage` and `params`: what a kernel is bound to after its parameters have been
/// lowered. `launch`: a bound span, which any function may use and which every kernel that reaches
/// it takes as a parameter of the same name; a GlobalRef of it is a value of its span type.
struct Global {
  std::string name;
  TypePtr type = nullptr;
  AddressSpace space = AddressSpace::workgroup;
  Access access = Access::read_write;
  Expr* initializer = nullptr; // constants only: literals and constructs
  std::uint32_t binding = 0;   // storage and params only
  Loc loc;
};

/// More threads than any GPU has in one block.
inline constexpr std::uint32_t kMaxBlockThreads = 1024;

struct GlobalKernel {
  std::array<std::uint32_t, 3> block{1, 1, 1}; // threads along x, y, z
};

/// Who handles one message of an actor (ring::Scope).
enum class RingScope : std::uint8_t { serial, warp, block, parallel };
std::string_view name_of(RingScope scope);

/// An actor. Its function handles one event and says whether the actor knows it:
///
///   (context: ref<Context>, [state: ref<State>,] event: u32, message: u32) -> bool
///
/// `event` is one of runtime/abi's events or the id of a message, `message` the word of
/// @words where its payload begins. expand-actors makes global kernels of it.
struct RingKernel {
  struct Message {
    std::uint32_t id = 0;
    const StructDecl* type = nullptr;
  };
  /// What a launch gives, in the order of declaration: a value or a route lies in the arguments
  /// that the event `start` comes with, a span is bound to the kernel.
  struct Argument {
    enum class Kind : std::uint8_t { value, span, route };
    Kind kind = Kind::value;
    std::string name;
    TypePtr type = nullptr;        // value: its type; span: its span type; route: u32
    std::uint32_t word = 0;        // value and route: the first word in the arguments area
    Global* bound = nullptr;       // span
    std::vector<Message> messages; // route: what may be sent along it
  };

  std::string actor; // the name under which it is launched by default
  RingScope scope = RingScope::serial;
  std::uint32_t lanes = 1;           // that run it; the same for all actors that are not serial
  std::uint32_t mailbox = 1024;      // messages
  bool priorities = false;           // the mailbox takes so many of each priority
  const StructDecl* state = nullptr; // null: the function has no parameter `state`
  std::vector<Message> receives;
  std::vector<Message> replies;
  std::vector<Argument> arguments;
};
std::string_view name_of(RingKernel::Argument::Kind kind);

/// What a kernel is, besides a function. Stencil kernels add their alternative here.
struct Kernel {
  std::variant<GlobalKernel, RingKernel> kind;
  /// After lower-params: the buffers in the order of their bindings, the params block last.
  std::vector<Global*> bindings;
};

struct Function {
  std::string name;     // unique in the module
  std::string cpp_name; // as C++ spells it, for diagnostics
  std::vector<Local*> params;
  TypePtr result = nullptr;
  Block body;
  Loc loc;
  /// Writes memory that outlives the call, or has an atomic, barrier or warp operation. A call of
  /// it stands only at the root of a Let or an Eval.
  bool has_side_effects = false;
  /// The lanes of a warp or block actor call it together or not at all: it speaks for the group.
  bool is_collective = false;
  std::optional<Kernel> kernel;

  /// The facts of a kernel of one kind; null for every other function.
  const GlobalKernel* global() const {
    return kernel ? std::get_if<GlobalKernel>(&kernel->kind) : nullptr;
  }
  const RingKernel* ring() const {
    return kernel ? std::get_if<RingKernel>(&kernel->kind) : nullptr;
  }
};

class Module {
public:
  std::string name;              // the source file's stem, an identifier
  std::vector<SourceFile> files; // files[0] is the main file

  TypeTable types;
  std::list<StructDecl> structs; // in an order in which each is declared before its use
  std::deque<Global> globals;
  std::deque<Function> functions; // callees before callers

  Module() = default;
  Module(Module&&) = default;
  Module& operator=(Module&&) = default;
  Module(const Module&) = delete;
  Module& operator=(const Module&) = delete;

  template <class Node> Expr* expr(TypePtr type, Node node, Loc loc = {}) {
    return &exprs_.emplace_back(Expr{type, loc, std::move(node)});
  }
  template <class Node> Stmt* stmt(Node node, Loc loc = {}) {
    return &stmts_.emplace_back(Stmt{loc, std::move(node)});
  }
  Local* local(Local::Kind kind, std::string local_name, TypePtr type, Loc loc = {}) {
    return &locals_.emplace_back(Local{kind, std::move(local_name), type, loc});
  }

  Function* find_function(std::string_view function_name);

private:
  std::deque<Expr> exprs_;
  std::deque<Stmt> stmts_;
  std::deque<Local> locals_;
};

} // namespace ring::ir
