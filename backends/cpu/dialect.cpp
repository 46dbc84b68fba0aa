#include "backends/cpu/dialect.h"

#include "backends/common/c_printer.h"
#include "backends/common/c_reserved.h"
#include "ir/walk.h"

#include <cassert>
#include <utility>

namespace ring::backends::cpu {
namespace {

using namespace ir;
using intrinsics::Id;

constexpr std::uint32_t kWarpSize = 32;
constexpr std::string_view kAxes[] = {"x", "y", "z"};
constexpr std::string_view kCpuWords[] = {"argument",        "atomic_load",    "atomic_store",
                                          "atomic_exchange", "atomic_cas",     "relax",
                                          "ring_cpu_yield",  "ring_cpu_sleep", "ring"};

std::size_t axis_of(const Intrinsic& node) {
  return std::get<std::uint64_t>(node.operands[0]->as<Literal>()->value);
}

std::string number(std::uint32_t value) { return std::to_string(value); }

/// Calls visit(intrinsic) for the id queries of a block.
template <class Visit> void for_each_id(const Block& block, const Visit& visit) {
  for_each_expr(const_cast<Block&>(block), [&](Expr*& expr) {
    const auto* node = expr->as<Intrinsic>();
    if (node && intrinsics::find(node->id).category == intrinsics::Category::id) visit(*node);
  });
}

std::string_view order_constant(MemoryOrder order) {
  constexpr std::string_view kConstants[] = {"__ATOMIC_RELAXED", "__ATOMIC_ACQUIRE",
                                             "__ATOMIC_RELEASE", "__ATOMIC_ACQ_REL",
                                             "__ATOMIC_SEQ_CST"};
  return kConstants[static_cast<std::size_t>(order)];
}

/// A load cannot release, and a store cannot acquire.
MemoryOrder without_release(MemoryOrder order) {
  if (order == MemoryOrder::release) return MemoryOrder::relaxed;
  return order == MemoryOrder::acq_rel ? MemoryOrder::acquire : order;
}
MemoryOrder without_acquire(MemoryOrder order) {
  if (order == MemoryOrder::acquire) return MemoryOrder::relaxed;
  return order == MemoryOrder::acq_rel ? MemoryOrder::release : order;
}

} // namespace

bool asks_for_block(const Function& kernel) {
  bool asks = false;
  for_each_id(kernel.body, [&](const Intrinsic& node) {
    asks = asks || node.id == Id::block_id || node.id == Id::global_id || node.id == Id::grid_dim;
  });
  return asks;
}

std::span<const std::string_view> CpuDialect::reserved_words() const {
  static const std::vector<std::string_view> kWords = [] {
    std::vector<std::string_view> words = c_reserved_words();
    words.insert(words.end(), std::begin(kCpuWords), std::end(kCpuWords));
    return words;
  }();
  return kWords;
}

std::string_view CpuDialect::specifier(AddressSpace space, bool in_kernel) const {
  if (space == AddressSpace::constant) return "";
  // An OS thread runs one block at a time, so what its block shares can belong to the OS thread.
  return in_kernel ? "alignas(64) " : "alignas(64) thread_local ";
}

void CpuDialect::begin_kernel(CPrinter& printer, const Function& kernel, const std::string& block) {
  dim_ = std::get<GlobalKernel>(kernel.kernel->kind).block;
  block_id_ = {};
  grid_dim_ = {};
  thread_ = {};
  std::array<bool, 3> asks_block{}, asks_grid{}, asks_global{};
  for_each_id(kernel.body, [&](const Intrinsic& node) {
    if (node.id == Id::global_id) asks_global[axis_of(node)] = true;
    if (node.id == Id::block_id || node.id == Id::global_id) asks_block[axis_of(node)] = true;
    if (node.id == Id::grid_dim) asks_grid[axis_of(node)] = true;
  });
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const auto copy = [&](std::string& target, std::string_view field) {
      target = printer.namer().declare(std::string(field) + "_" + std::string(kAxes[axis]));
      printer.out().line("const u32 " + target + " = " + block + "->" + std::string(field) + "[" +
                         std::to_string(axis) + "];");
    };
    if (asks_block[axis]) copy(block_id_[axis], "block_id");
    if (asks_global[axis] && dim_[axis] > 1) {
      // Ids have 32 bits, and a grid ends before its last one. Without this g++ vectorizes no loop.
      printer.out().line("if (" + block_id_[axis] + " > " +
                         std::to_string((std::uint64_t{1} << 32) / dim_[axis] - 2) +
                         "u) __builtin_unreachable();");
    }
    if (asks_grid[axis]) copy(grid_dim_[axis], "grid_dim");
  }
}

CText CpuDialect::thread_axis(std::size_t axis) const {
  return {dim_[axis] == 1 ? "0u" : thread_[axis]};
}

/// The thread's index in its block, x fastest.
CText CpuDialect::linear_index() const {
  CText index;
  for (std::size_t axis = 3; axis-- > 0;) {
    if (dim_[axis] == 1 && axis != 0) continue;
    const std::string id = thread_axis(axis).text;
    if (index.text.empty()) {
      index = {id};
    } else {
      index = {index.at(Precedence::multiplicative) + " * " + number(dim_[axis]) + " + " + id,
               Precedence::additive};
    }
  }
  return index;
}

CText CpuDialect::id(const Intrinsic& node) const {
  switch (node.id) {
  case Id::thread_id:
    return thread_axis(axis_of(node));
  case Id::block_id:
    return {block_id_[axis_of(node)]};
  case Id::block_dim:
    return {number(dim_[axis_of(node)]) + "u"};
  case Id::grid_dim:
    return {grid_dim_[axis_of(node)]};
  case Id::global_id: {
    const std::size_t axis = axis_of(node);
    if (dim_[axis] == 1) return {block_id_[axis]};
    return {block_id_[axis] + " * " + number(dim_[axis]) + " + " + thread_[axis],
            Precedence::additive};
  }
  case Id::lane_id:
    if (!lane_.empty()) return {lane_};
    return {linear_index().at(Precedence::multiplicative) + " % " + number(kWarpSize),
            Precedence::multiplicative};
  case Id::warp_id:
    if (!warp_.empty()) return {warp_};
    return {linear_index().at(Precedence::multiplicative) + " / " + number(kWarpSize),
            Precedence::multiplicative};
  default:
    return {number(kWarpSize) + "u"};
  }
}

CText CpuDialect::intrinsic(CPrinter& printer, const Expr&, const Intrinsic& node) {
  if (intrinsics::find(node.id).category == intrinsics::Category::id) return id(node);
  const auto operand = [&](std::size_t i) { return printer.expr(*node.operands[i]).text; };
  const auto call = [&](std::string_view function, std::string operands, MemoryOrder order) {
    return CText{std::string(function) + "(" + printer.address_of(*node.operands[0]).text +
                     std::move(operands) + ", " + std::string(order_constant(order)) + ")",
                 Precedence::postfix};
  };
  switch (node.id) {
  case Id::atomic_load:
    return call("atomic_load", "", without_release(node.order));
  case Id::atomic_store:
    return call("atomic_store", ", " + operand(1), without_acquire(node.order));
  case Id::atomic_exchange:
    return call("atomic_exchange", ", " + operand(1), node.order);
  case Id::atomic_cas:
    return call("atomic_cas",
                ", " + operand(1) + ", " + operand(2) + ", " +
                    std::string(order_constant(node.order)),
                without_release(node.order));
  default:
    break;
  }
  assert(false && "an intrinsic that legalize() should have lowered");
  return {};
}

CText CpuDialect::bitcast(CPrinter& printer, TypePtr to, const Expr& operand) {
  return {"__builtin_bit_cast(" + printer.types().name(to) + ", " + printer.expr(operand).text +
              ")",
          Precedence::postfix};
}

void CpuDialect::for_each(CPrinter& printer, const ForEach& loop) {
  printer.namer().push_scope();
  switch (loop.unit) {
  case ForEach::Unit::thread:
    for_each_thread(printer, loop.body);
    break;
  case ForEach::Unit::warp: {
    const std::uint32_t threads = dim_[0] * dim_[1] * dim_[2];
    warp_ = printer.namer().declare("warp");
    printer.out().open("for (u32 " + warp_ + " = 0; " + warp_ + " < " +
                       number((threads + kWarpSize - 1) / kWarpSize) + "; ++" + warp_ + ") {");
    printer.block(loop.body);
    printer.out().close("}");
    warp_.clear();
    break;
  }
  case ForEach::Unit::lane:
    for_each_lane(printer, loop.body);
    break;
  }
  printer.namer().pop_scope();
}

void CpuDialect::for_each_thread(CPrinter& printer, const Block& body) {
  std::size_t depth = 0;
  for (std::size_t axis = 3; axis-- > 0;) {
    if (dim_[axis] == 1 && (axis != 0 || depth != 0)) continue;
    thread_[axis] = printer.namer().declare("thread_" + std::string(kAxes[axis]));
    printer.out().open("for (u32 " + thread_[axis] + " = 0; " + thread_[axis] + " < " +
                       number(dim_[axis]) + "; ++" + thread_[axis] + ") {");
    ++depth;
  }
  printer.block(body);
  for (; depth > 0; --depth)
    printer.out().close("}");
  thread_ = {};
}

void CpuDialect::for_each_lane(CPrinter& printer, const Block& body) {
  const std::uint32_t threads = dim_[0] * dim_[1] * dim_[2];
  lane_ = printer.namer().declare("lane");
  const std::string index = warp_ + " * " + number(kWarpSize) + " + " + lane_;
  std::string limit = lane_ + " < " + number(kWarpSize);
  if (threads % kWarpSize != 0) limit += " && " + index + " < " + number(threads);
  printer.out().open("for (u32 " + lane_ + " = 0; " + limit + "; ++" + lane_ + ") {");
  std::array<bool, 3> asks{};
  for_each_id(body, [&](const Intrinsic& node) {
    if (node.id == Id::thread_id || node.id == Id::global_id) asks[axis_of(node)] = true;
  });
  std::uint32_t below = 1;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    if (asks[axis] && dim_[axis] != 1) {
      thread_[axis] = printer.namer().declare("thread_" + std::string(kAxes[axis]));
      std::string text = below == 1 ? index : "(" + index + ") / " + number(below);
      if (below * dim_[axis] != threads) {
        text = (below == 1 ? "(" + text + ")" : text) + " % " + number(dim_[axis]);
      }
      printer.out().line("const u32 " + thread_[axis] + " = " + text + ";");
    }
    below *= dim_[axis];
  }
  printer.block(body);
  printer.out().close("}");
  lane_.clear();
  thread_ = {};
}

} // namespace ring::backends::cpu
