#include "ir/printer.h"

#include "ir/lexer.h"
#include "ir/overloaded.h"
#include "ir/printer_state.h"

#include <algorithm>

namespace ring::ir {
namespace text {
namespace {

constexpr std::size_t kLineWidth = 100;

std::string cpp_suffix(const std::string& cpp_name, const std::string& name) {
  return cpp_name == name ? std::string() : " cpp " + quoted(cpp_name);
}

std::string_view keyword_of(AddressSpace space) {
  if (space == AddressSpace::launch) return "bound";
  return space == AddressSpace::workgroup ? "shared" : name_of(space);
}

} // namespace

void Printer::line(std::string_view text) {
  begin_line();
  out_ += text;
  out_ += '\n';
}

std::string Printer::place(Loc loc) const {
  if (loc == Loc{}) return {};
  std::string text = " !";
  if (loc.file != file_ || loc.line == 0) {
    return text + std::to_string(loc.file) + ":" + std::to_string(loc.line) + ":" +
           std::to_string(loc.column);
  }
  text += std::to_string(loc.line);
  if (loc.column != 0) text += ":" + std::to_string(loc.column);
  return text;
}

void Printer::open(Loc loc) {
  out_ += place(loc);
  out_ += " {\n";
  ++indent_;
}

void Printer::close() {
  --indent_;
  begin_line();
  out_ += '}';
}

void Printer::name_globals(const Module& module) {
  for (const Global& global : module.globals)
    globals_.spell('@', &global);
}

void Printer::module(const Module& module) {
  name_globals(module);
  line("module " + quoted(module.name));
  for (std::size_t i = 0; i < module.files.size(); ++i) {
    const SourceFile& file = module.files[i];
    std::string text = "file " + std::to_string(i) + " " + quoted(file.name);
    if (!file.include_spelling.empty()) text += " include " + quoted(file.include_spelling);
    line(text);
  }
  for (const StructDecl& decl : module.structs) {
    out_ += '\n';
    structure(decl);
  }
  if (!module.globals.empty()) out_ += '\n';
  for (const Global& variable : module.globals)
    global(variable);
  for (const Function& function : module.functions) {
    out_ += '\n';
    this->function(function);
  }
}

void Printer::structure(const StructDecl& decl) {
  out_ += "struct " + spell_struct(decl) + " size " + std::to_string(decl.size) + " align " +
          std::to_string(decl.align) + cpp_suffix(decl.cpp_name, decl.name);
  open(decl.loc);
  for (const StructDecl::Field& field : decl.fields) {
    line(spell_name(field.name) + ": " + spell_type(field.type) + " @" +
         std::to_string(field.offset));
  }
  close();
  out_ += '\n';
}

void Printer::global(const Global& global) {
  out_ += keyword_of(global.space);
  out_ += " " + globals_.spell('@', &global) + ": " + spell_type(global.type);
  const bool bound = global.space == AddressSpace::storage || global.space == AddressSpace::params;
  if (bound || global.access == Access::read) out_ += " " + std::string(name_of(global.access));
  if (bound || global.binding != 0) out_ += " binding " + std::to_string(global.binding);
  if (global.initializer) {
    out_ += " = ";
    expr(global.initializer, kSelectPrecedence, global.type);
  }
  out_ += place(global.loc) + "\n";
}

std::string Printer::header(const Function& function, bool one_param_a_line) {
  std::string text = "function ";
  if (function.kernel) {
    text = match(
        function.kernel->kind, [](const GlobalKernel&) { return "kernel global "; },
        [](const RingKernel&) { return "kernel ring "; });
  }
  text += spell_name(function.name) + "(";
  for (std::size_t i = 0; i < function.params.size(); ++i) {
    const Local* param = function.params[i];
    if (i > 0) text += one_param_a_line ? "," : ", ";
    if (one_param_a_line) text += "\n    ";
    text += locals_.spell('%', param) + ": " + spell_type(param->type);
  }
  text += ")";
  if (function.result && !function.result->is<VoidType>())
    text += " -> " + spell_type(function.result);
  if (function.kernel) {
    match(
        function.kernel->kind,
        [&](const GlobalKernel& kind) {
          text += " block(" + std::to_string(kind.block[0]) + ", " + std::to_string(kind.block[1]) +
                  ", " + std::to_string(kind.block[2]) + ")";
        },
        [&](const RingKernel& kind) { text += ring_facts(kind); });
    for (std::size_t i = 0; i < function.kernel->bindings.size(); ++i) {
      text += (i == 0 ? " bindings(" : ", ") + globals_.spell('@', function.kernel->bindings[i]);
    }
    if (!function.kernel->bindings.empty()) text += ")";
  }
  std::string rest = function.has_side_effects ? " effects" : "";
  if (function.is_collective) rest += " collective";
  rest += cpp_suffix(function.cpp_name, function.name);
  if (function.ring() && !rest.empty()) text += "\n   ";
  return text + rest;
}

void Printer::function(const Function& function) {
  locals_ = {};
  const std::string one_line = header(function, false);
  const bool fits = std::min(one_line.find('\n'), one_line.size()) <= kLineWidth;
  out_ += fits ? one_line : header(function, true);
  file_ = 0;
  out_ += place(function.loc);
  file_ = function.loc.file;
  open({});
  block(function.body);
  close();
  file_ = 0;
  out_ += '\n';
}

} // namespace text

std::string print(const Module& module) {
  text::Printer printer;
  printer.module(module);
  return printer.take();
}

std::string print(const Function& function) {
  text::Printer printer;
  printer.function(function);
  return printer.take();
}

std::string print(const Expr& expr) {
  text::Printer printer;
  printer.expr(&expr, text::kSelectPrecedence, expr.type);
  return printer.take();
}

std::string print(TypePtr type) { return text::spell_type(type); }

} // namespace ring::ir
