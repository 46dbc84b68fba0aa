// Functions and statements.
#include "backends/spirv/function_printer.h"

#include "ir/overloaded.h"
#include "ir/walk.h"

#include <stdexcept>

namespace ring::backends::spirv {
namespace {

constexpr std::uint32_t kNoControl = 0;

} // namespace

Id FunctionPrinter::print() {
  std::vector<Id> param_types;
  for (const ir::Local* param : function_.params)
    param_types.push_back(types_.get(param->type));
  const Id result = types_.get(function_.result);
  const Id type = types_.function(result, param_types);
  const Id id = out_.next_id();
  module_.functions[&function_] = id;
  out_.name(id, function_.name);
  out_.begin_function(result, id, type);
  for (const ir::Local* param : function_.params) {
    const Id value = out_.value(spv::Op::OpFunctionParameter, types_.get(param->type), {});
    out_.name(value, param->name);
    locals_[param] = value;
  }
  label(out_.next_id());
  print(function_.body);
  if (reachable_) {
    if (function_.result->is<ir::VoidType>()) {
      terminate(spv::Op::OpReturn, {});
    } else {
      terminate(spv::Op::OpUnreachable, {});
    }
  }
  out_.end_function();
  return id;
}

void FunctionPrinter::label(Id id) {
  out_.op(spv::Op::OpLabel, {id});
  current_label_ = id;
  reachable_ = true;
  last_line_ = {};
}

void FunctionPrinter::terminate(spv::Op op, const Words& operands) {
  out_.op(op, operands);
  reachable_ = false;
}

void FunctionPrinter::branch(Id target) {
  if (reachable_) terminate(spv::Op::OpBranch, {target});
}

void FunctionPrinter::line(ir::Loc loc) {
  if (!module_.options.line_directives || !loc.valid() || loc == last_line_) return;
  last_line_ = loc;
  const Id file = out_.string(module_.module.files[loc.file].name);
  out_.op(spv::Op::OpLine, {file, loc.line, loc.column});
}

void FunctionPrinter::print(const ir::Block& block) {
  for (const ir::Stmt* stmt : block.statements) {
    if (!reachable_) return; // nothing can be reached behind a break, continue or return
    line(stmt->loc);
    print(*stmt);
  }
}

void FunctionPrinter::print(const ir::Stmt& stmt) {
  ir::match(
      stmt.node,
      [&](const ir::Let& s) {
        const Id id = value(*s.init);
        locals_[s.local] = id;
      },
      [&](const ir::Var& s) {
        Id& pointer = locals_[s.local];
        if (!pointer) {
          pointer =
              out_.function_variable(types_.pointer(s.local->type, spv::StorageClass::Function));
          out_.name(pointer, s.local->name);
        }
        if (s.init) out_.op(spv::Op::OpStore, {pointer, value(*s.init)});
      },
      [&](const ir::Store& s) {
        const Id stored = value(*s.value);
        store(place(*s.reference), stored);
      },
      [&](const ir::Eval& s) { value(*s.value); }, [&](const ir::If& s) { print_if(s); },
      [&](const ir::Switch& s) { print_switch(s); }, [&](const ir::Loop& s) { print_loop(s); },
      [&](const ir::Break&) { branch(break_target_); },
      [&](const ir::Continue&) { branch(continue_target_); },
      [&](const ir::Return& s) {
        if (s.value) {
          const Id result = value(*s.value);
          terminate(spv::Op::OpReturnValue, {result});
        } else {
          terminate(spv::Op::OpReturn, {});
        }
      },
      [](const ir::ForEach&) { throw std::logic_error("spirv: for-each is for the CPU only"); });
}

void FunctionPrinter::print_if(const ir::If& stmt) {
  const Id condition = value(*stmt.condition);
  const Id then_label = out_.next_id();
  const Id merge = out_.next_id();
  const Id else_label = stmt.else_block.empty() ? merge : out_.next_id();
  out_.op(spv::Op::OpSelectionMerge, {merge, kNoControl});
  terminate(spv::Op::OpBranchConditional, {condition, then_label, else_label});
  label(then_label);
  print(stmt.then_block);
  bool merge_reached = reachable_ || else_label == merge;
  branch(merge);
  if (else_label != merge) {
    label(else_label);
    print(stmt.else_block);
    merge_reached |= reachable_;
    branch(merge);
  }
  label(merge);
  if (!merge_reached) terminate(spv::Op::OpUnreachable, {});
}

void FunctionPrinter::print_switch(const ir::Switch& stmt) {
  const Id selector = value(*stmt.selector);
  const Id merge = out_.next_id();
  const bool wide = ir::size_of(stmt.selector->type) == 8;
  Id default_label = merge;
  std::vector<Id> labels;
  Words targets;
  for (const ir::Switch::Case& c : stmt.cases) {
    labels.push_back(out_.next_id());
    if (c.is_default) default_label = labels.back();
    for (const ir::Literal& value : c.values) {
      std::uint64_t bits = bits_of(value);
      // A literal has the width of the selector, sign-extended to a word if narrower and signed.
      const ir::Scalar kind = stmt.selector->type->as<ir::ScalarType>()->kind;
      const unsigned width = ir::bit_width(kind);
      if (width < 32 && ir::is_signed(kind) && (bits >> (width - 1) & 1) != 0)
        bits |= ~std::uint64_t{0} << width;
      targets.push_back(static_cast<std::uint32_t>(bits));
      if (wide) targets.push_back(static_cast<std::uint32_t>(bits >> 32));
      targets.push_back(labels.back());
    }
  }
  Words operands{selector, default_label};
  operands.insert(operands.end(), targets.begin(), targets.end());
  out_.op(spv::Op::OpSelectionMerge, {merge, kNoControl});
  terminate(spv::Op::OpSwitch, operands);

  const Id outer_break = std::exchange(break_target_, merge);
  for (std::size_t i = 0; i < stmt.cases.size(); ++i) {
    label(labels[i]);
    print(stmt.cases[i].body);
    branch(merge);
  }
  break_target_ = outer_break;
  label(merge);
}

// header: merge, continue target -> test -> body -> continue target -> header
void FunctionPrinter::print_loop(const ir::Loop& stmt) {
  const Id header = out_.next_id();
  const Id test = out_.next_id();
  const Id body = out_.next_id();
  const Id continuing = out_.next_id();
  const Id merge = out_.next_id();
  branch(header);
  label(header);
  out_.op(spv::Op::OpLoopMerge, {merge, continuing, kNoControl});
  terminate(spv::Op::OpBranch, {test});

  const Id outer_break = std::exchange(break_target_, merge);
  const Id outer_continue = std::exchange(continue_target_, continuing);
  label(test);
  if (stmt.condition) {
    const Id condition = value(*stmt.condition);
    terminate(spv::Op::OpBranchConditional, {condition, body, merge});
  } else {
    terminate(spv::Op::OpBranch, {body});
  }
  label(body);
  print(stmt.body);
  branch(continuing);
  label(continuing);
  print(stmt.continuing);
  if (stmt.break_if) {
    const Id leave = value(*stmt.break_if);
    terminate(spv::Op::OpBranchConditional, {leave, merge, header});
  } else {
    terminate(spv::Op::OpBranch, {header});
  }
  break_target_ = outer_break;
  continue_target_ = outer_continue;
  label(merge);
}

} // namespace ring::backends::spirv
