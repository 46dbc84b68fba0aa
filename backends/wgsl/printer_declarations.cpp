// Module-level declarations of WGSL.
#include "backends/wgsl/layout.h"
#include "backends/wgsl/literal.h"
#include "backends/wgsl/printer.h"
#include "backends/wgsl/words.h"
#include "ir/intrinsic_names.h"
#include "ir/overloaded.h"
#include "ir/walk.h"

#include <algorithm>
#include <map>

namespace ring::backends::wgsl {
namespace {

using namespace ir;

constexpr std::size_t kLineWidth = 100;

bool uses_subgroups(const Module& module) {
  bool found = false;
  for (const Function& function : module.functions) {
    for_each_expr(const_cast<Block&>(function.body), [&](Expr*& expr) {
      const auto* intrinsic = expr->as<Intrinsic>();
      found = found || (intrinsic && intrinsics::find(intrinsic->id).capability == "subgroups");
    });
  }
  return found;
}

NameRules name_rules() {
  return {.reserved = reserved_words(), .allow_leading_double_underscore = false};
}

} // namespace

Printer::Printer(const Module& module)
    : module_(module), usage_(memory_usage(module)), namer_(name_rules()), constants_(module),
      results_(unnamed_results(module)) {
  name_declarations();
}

const std::string& Printer::declare(const void* declaration, std::string_view wanted) {
  return names_[declaration] = namer_.declare(wanted);
}

void Printer::name_declarations() {
  for (const Function& function : module_.functions) {
    if (function.kernel) declare(&function, function.name);
  }
  for (const Global& global : module_.globals)
    declare(&global, global.name);
  for (const StructDecl& decl : module_.structs) {
    declare(&decl, decl.name);
    Namer fields(name_rules());
    for (const StructDecl::Field& field : decl.fields)
      names_[&field] = fields.declare(field.name);
  }
  for (const Function& function : module_.functions) {
    if (!function.kernel) declare(&function, function.name);
  }
  constants_.declare([&](const std::string& wanted) { return namer_.declare(wanted); });
}

/// Names inside a function may hide those at module level that it does not mention: another
/// kernel's buffers, above all.
void Printer::begin_names(const Function& function) {
  namer_ = Namer(name_rules());
  for (const StructDecl& decl : module_.structs)
    namer_.reserve(name(&decl));
  for (const auto& [bits, special] : special_names_)
    namer_.reserve(special);
  for_each_literal(function, [&](TypePtr type, const Literal& literal) {
    if (const NamedConstant* constant = constants_.find(type, literal))
      namer_.reserve(constant->declared);
  });
  for_each_expr(const_cast<Block&>(function.body), [&](Expr*& expr) {
    if (const auto* ref = expr->as<GlobalRef>()) namer_.reserve(name(ref->global));
    if (const auto* call = expr->as<Call>()) namer_.reserve(name(call->callee));
  });
}

void Printer::directives() {
  if (!uses_subgroups(module_)) return;
  out_.line("enable subgroups;");
  // The verifier has checked that warps stay together, in terms of the source.
  out_.line("diagnostic(off, subgroup_uniformity);");
  out_.blank();
}

void Printer::special_values() {
  const auto add = [&](std::uint32_t bits) {
    if (special_names_.contains(bits)) return;
    const char* wanted = bits == 0x7f800000u   ? "infinity_bits"
                         : bits == 0xff800000u ? "minus_infinity_bits"
                                               : "nan_bits";
    special_names_[bits] = namer_.declare(wanted);
    out_.line("var<private> " + special_names_[bits] + " = " + std::to_string(bits) + "u;");
  };
  for (const Function& function : module_.functions) {
    for_each_expr(const_cast<Block&>(function.body), [&](Expr*& expr) {
      if (const auto* value = expr->as<Literal>()) {
        if (is_special(expr->type, *value)) add(special_bits(*value));
      } else if (const auto* cast = expr->as<Bitcast>()) {
        const auto* bits = cast->operand->as<Literal>();
        if (bits && expr->type->is_scalar(Scalar::f32)) {
          add(static_cast<std::uint32_t>(std::get<std::uint64_t>(bits->value)));
        }
      }
    });
  }
  out_.blank();
}

std::string Printer::type(TypePtr wanted, bool is_atomic) const {
  return match(
      wanted->node, [](const VoidType&) { return std::string(); },
      [&](const ScalarType& t) {
        const std::string scalar(name_of(t.kind));
        return is_atomic ? "atomic<" + scalar + ">" : scalar;
      },
      [&](const VectorType& t) {
        return "vec" + std::to_string(t.count) + "<" + type(t.element) + ">";
      },
      [&](const ArrayType& t) {
        const std::string element = type(t.element, is_atomic);
        return t.count == 0 ? "array<" + element + ">"
                            : "array<" + element + ", " + std::to_string(t.count) + ">";
      },
      [&](const StructType& t) { return name(t.decl); },
      [](const auto&) { return std::string(); }); // nothing of this kind is left
}

void Printer::structure(const StructDecl& decl, bool in_memory) {
  std::vector<std::optional<std::uint64_t>> sizes(decl.fields.size());
  if (in_memory) sizes = size_attributes(decl);
  out_.open("struct " + name(&decl) + " {");
  for (std::size_t i = 0; i < decl.fields.size(); ++i) {
    const StructDecl::Field& field = decl.fields[i];
    const std::string attribute = sizes[i] ? "@size(" + std::to_string(*sizes[i]) + ") " : "";
    out_.line(attribute + name(&field) + ": " + type(field.type) + ",");
  }
  out_.close("}");
  out_.blank();
}

void Printer::named_constants() {
  for (const NamedConstant* constant : constants_.all()) {
    if (is_special(constant->type, constant->literal)) continue; // no constant of WGSL
    out_.line("const " + constant->declared + " = " +
              wgsl::literal(constant->type, constant->literal).text + ";");
  }
  out_.blank();
}

void Printer::structs() {
  std::set<const StructDecl*> in_memory;
  for (const Global& global : module_.globals) {
    if (global.space == AddressSpace::storage || global.space == AddressSpace::params) {
      collect_structs(global.type, in_memory);
    }
  }
  for (const StructDecl& decl : module_.structs)
    structure(decl, in_memory.contains(&decl));
}

void Printer::constant(const Global& global) {
  const std::string text = "const " + name(&global) + " = " + expr(*global.initializer).text + ";";
  if (text.size() <= kLineWidth) return out_.line(text);
  const std::size_t open = text.find('(') + 1;
  out_.open(text.substr(0, open));
  std::size_t begin = open;
  while (begin < text.size() - 2) {
    std::size_t end = begin;
    for (std::size_t at = begin; at - begin < kLineWidth - 2 && end < text.size() - 2;) {
      const std::size_t comma = std::min(text.find(", ", at), text.size() - 3);
      if (comma - begin >= kLineWidth - 2 && end != begin) break;
      end = comma + 1;
      at = end + 1;
      if (comma == text.size() - 3) end = text.size() - 2;
    }
    out_.line(text.substr(begin, end - begin));
    begin = std::min(text.find_first_not_of(' ', end), text.size());
  }
  out_.close(text.substr(text.size() - 2));
}

void Printer::variable(const Global& global) {
  const std::string declared =
      name(&global) + ": " + type(global.type, usage_.atomic.contains(&global)) + ";";
  if (global.space == AddressSpace::workgroup) return out_.line("var<workgroup> " + declared);
  const bool is_written = global.access == Access::read_write;
  out_.line("@group(0) @binding(" + std::to_string(global.binding) + ") var<storage, " +
            (is_written ? "read_write" : "read") + "> " + declared);
}

std::string Printer::entry_parameters(const Function& kernel) {
  std::string text;
  for_each_expr(const_cast<Block&>(kernel.body), [&](Expr*& expr) {
    const auto* intrinsic = expr->as<Intrinsic>();
    if (!intrinsic || id_names_.contains(intrinsic->id)) return;
    const intrinsics::Row& row = intrinsics::find(intrinsic->id);
    if (row.category != intrinsics::Category::id) return;
    const std::string& declared = id_names_[intrinsic->id] = namer_.declare(row.name);
    const auto spelling = row.spelling(intrinsics::Target::wgsl, {});
    const char* id_type = has_axis(intrinsic->id) ? "vec3<u32>" : "u32";
    text += (text.empty() ? "" : ", ") + ("@builtin(" + std::string(spelling.text) + ") ") +
            declared + ": " + id_type;
  });
  return text;
}

void Printer::function(const Function& function) {
  out_.blank();
  begin_names(function);
  id_names_.clear();
  std::string header = "fn " + name(&function) + "(";
  if (function.kernel) {
    const auto& block = std::get<GlobalKernel>(function.kernel->kind).block;
    std::string extent = std::to_string(block[0]);
    if (block[1] != 1 || block[2] != 1) extent += ", " + std::to_string(block[1]);
    if (block[2] != 1) extent += ", " + std::to_string(block[2]);
    out_.line("@compute @workgroup_size(" + extent + ")");
    header += entry_parameters(function);
  }
  for (const Local* param : function.params) {
    header += (header.ends_with('(') ? "" : ", ") + declare(param, param->name) + ": " +
              type(param->type);
  }
  header += ")";
  if (!function.result->is<VoidType>()) header += " -> " + type(function.result);
  out_.open(header + " {");
  block(function.body);
  out_.close("}");
}

namespace {

/// Buffers that one kernel has for itself, which are declared in front of it.
std::set<const Global*> own_buffers(const Module& module) {
  std::map<const Global*, unsigned> users;
  for (const Function& function : module.functions) {
    if (function.kernel) {
      for (const Global* global : function.kernel->bindings)
        ++users[global];
      continue;
    }
    for_each_expr(const_cast<Block&>(function.body), [&](Expr*& expr) { // visited, not changed
      if (const auto* ref = expr->as<GlobalRef>()) ++users[ref->global];
    });
  }
  std::set<const Global*> own;
  for (const Function& function : module.functions) {
    if (!function.kernel) continue;
    for (const Global* global : function.kernel->bindings) {
      if (users[global] == 1) own.insert(global);
    }
  }
  return own;
}

} // namespace

std::string Printer::print() {
  directives();
  special_values();
  named_constants();
  structs();
  const std::set<const Global*> own = own_buffers(module_);
  for (const Global& global : module_.globals) {
    if (global.space == AddressSpace::constant)
      constant(global);
    else if (!own.contains(&global))
      variable(global);
  }
  out_.blank();
  for (const Function& device_function : module_.functions) {
    if (!device_function.kernel) function(device_function);
  }
  for (const Function& kernel : module_.functions) {
    if (!kernel.kernel) continue;
    out_.blank();
    for (const Global* global : kernel.kernel->bindings) {
      if (own.contains(global)) variable(*global);
    }
    function(kernel);
  }
  return out_.take();
}

} // namespace ring::backends::wgsl
