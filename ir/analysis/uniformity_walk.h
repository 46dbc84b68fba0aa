// The inside of the uniformity analysis: an abstract run of one kernel.
#pragma once

#include "ir/diagnostic.h"
#include "ir/module.h"

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace ring::ir::analysis::uniformity {

/// Why something is not uniform.
struct Cause {
  Loc loc;
  std::string note;   // a sentence for a diagnostic's note; empty for the source itself
  std::string source; // "thread_id": what the sentence is about in the end
  const Cause* from = nullptr;
};

/// Whether a value is the same, or the control flow is common, for all lanes of a warp and for all
/// threads of a block: null if it is, or the cause if not. What is not uniform for the warp is not
/// for the block either.
struct Value {
  const Cause* warp = nullptr;
  const Cause* block = nullptr;

  void meet(const Value& other) {
    if (!warp) warp = other.warp;
    if (!block) block = other.block;
  }
  bool same_level(const Value& other) const {
    return !warp == !other.warp && !block == !other.block;
  }
};
inline Value meet(Value a, const Value& b) {
  a.meet(b);
  return a;
}

/// Memory that was written since the last barrier of the block, and of the warp.
struct Written {
  bool since_block_barrier = false;
  bool since_warp_barrier = false;
  bool operator==(const Written&) const = default;
};

/// What is known at one point of the run.
struct State {
  bool reachable = true;
  Value flow;
  std::unordered_map<const Local*, Value> values; // null: all variables that pointers may reach
  /// By global, span parameter, or one of Walk's two keys for what is not known so well.
  std::map<const void*, Written> written;

  static State nowhere() {
    State state;
    state.reachable = false;
    return state;
  }

  /// Both may have happened. The flow is left alone: where threads meet again, the caller knows.
  void merge(const State& other);
  bool same_level(const State& other) const;
};

/// What a reference or pointer leads to, as far as the code around it tells.
struct Target {
  enum class Kind : std::uint8_t { variable, global, storage, constant, unknown };
  Kind kind = Kind::unknown;
  const Local* variable = nullptr; // of a variable
  const void* object = nullptr; // of a global, or of storage if it is known: the key of `written`
  std::string name;             // of the object, for messages
};

class Walk {
public:
  Walk(const Function& kernel, Diagnostics& diagnostics)
      : kernel_(kernel), diagnostics_(diagnostics) {}

  void run();

private:
  /// An expression that uses something, and the name of that.
  struct Use {
    const Expr* expr;
    std::string name;
  };

  /// Threads that left what is being walked, by their way out.
  struct Exits {
    Value returns;
    Value breaks;
    Value continues;
    State at_returns = State::nowhere();
    State at_breaks = State::nowhere();
    State at_continues = State::nowhere();
    Value result; // of the function
  };

  // Statements (uniformity_walk.cpp).
  void block(const Block& block);
  void stmt(const Stmt& stmt);
  void if_stmt(const If& stmt, Loc loc);
  void switch_stmt(const Switch& stmt, Loc loc);
  void loop(const Loop& stmt, Loc loc);
  /// One turn of a loop from `head` on: the state at its end, and who has left.
  State turn(const Loop& stmt, Loc loc, State head, Value& left, State& after);
  void store(const Store& stmt);
  void jump(Value& way, State& at, Loc loc, std::string_view note);
  /// The flow after something that some threads may have left.
  Value flow_after(const Value& before) const;

  // Expressions (uniformity_value.cpp).
  Value eval(const Expr& expr);
  Value contents(const Target& target, Loc loc);
  Value read(std::initializer_list<const void*> keys, Loc loc, const std::string& name);
  Value intrinsic(const Intrinsic& expr, const Expr& owner);
  Value warp_result(const Intrinsic& expr, const Expr& owner);
  Value id_query(const Intrinsic& expr, const Expr& owner);
  Value call(const Call& expr, const Expr& owner);
  /// Of a reference, pointer or span.
  Target target_of(const Expr& expr) const;
  const Local* cell_of(const Local* variable) const;
  void write(const Target& target, const Expr& reference, const Value& value);
  void declare(const Local* local, const Expr* init);
  void find_escapes(const Function& function);
  void escape(const Target& target);
  void require(const Intrinsic& expr, const Expr& owner);
  void require_group(const Function& callee, const Expr& owner);
  void report(Use use, DiagnosticId id, const std::string& what, const Cause* cause);

  Value source(Loc loc, std::string name);
  /// The control flow of what depends on `condition`.
  Value branch(const Value& condition, Loc loc, std::string_view note);

  static inline const char kSomeBuffer = 0; // its address is the key of writes to any storage,
  static inline const char kAnything = 0;   // and this one of writes through any pointer

  const Function& kernel_;
  Diagnostics& diagnostics_;
  State state_;
  Exits exits_;
  std::deque<Cause> causes_;
  std::unordered_map<const Local*, Target> targets_; // of lets and params that lead somewhere
  std::unordered_set<const Local*> escaped_;         // variables that pointers may reach
  std::unordered_set<const Function*> scanned_;
  /// What was reported, and at which place, for a function may be called from several.
  std::set<std::pair<const Expr*, std::array<std::uint32_t, 3>>> reported_;
  std::vector<Use> calls_;       // from the kernel to here
  std::size_t budget_ = 200'000; // statements; a run that is longer ends without a verdict
};

} // namespace ring::ir::analysis::uniformity
