// Structs, module variables and functions of the C family.
#include "backends/common/c_literal.h"
#include "backends/common/c_printer.h"
#include "backends/common/c_reserved.h"
#include "backends/common/unnamed_results.h"
#include "ir/walk.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace ring::backends {
namespace {

using namespace ir;

constexpr std::size_t kLineWidth = 100;

/// The words of a spelling, without the selectors and the parts in braces.
void add_words(std::string_view text, bool has_float_suffix, std::set<std::string>& words) {
  const auto is_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
  };
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '{') {
      i = std::min(text.find('}', i), text.size());
    } else if (is_word(text[i])) {
      std::size_t end = i;
      while (end < text.size() && is_word(text[end]))
        ++end;
      words.insert(std::string(text.substr(i, end - i)));
      if (has_float_suffix) words.insert(std::string(text.substr(i, end - i)) + "f");
      i = end;
    } else {
      ++i;
    }
  }
}

/// The names that the spellings of a row use, so that nothing of the user's hides them.
std::set<std::string> names_of_row(const intrinsics::Row& row, intrinsics::Target column) {
  using intrinsics::Kind;
  constexpr intrinsics::ScalarType kTypes[] = {
      {Kind::floating, 32},         {Kind::floating, 64},         {Kind::signed_integer, 32},
      {Kind::signed_integer, 64},   {Kind::unsigned_integer, 16}, {Kind::unsigned_integer, 32},
      {Kind::unsigned_integer, 64},
  };
  std::set<std::string> words;
  for (const intrinsics::ScalarType type : kTypes) {
    const intrinsics::Spelling spelling = row.spelling(column, type);
    using Form = intrinsics::Spelling::Form;
    if (spelling.form != Form::call && spelling.form != Form::expression) continue;
    add_words(spelling.text, spelling.text.find("{f}") != std::string_view::npos, words);
  }
  return words;
}

} // namespace

CPrinter::CPrinter(const Module& module, CDialect& dialect, const Options& options)
    : module_(module), dialect_(dialect), options_(options),
      namer_({.reserved = dialect.reserved_words()}), outer_names_(namer_),
      types_([this](const StructDecl& decl) { return name(&decl); }), constants_(module) {
  for (const intrinsics::Row& row : intrinsics::rows()) {
    for (const std::string& word : names_of_row(row, dialect.column()))
      namer_.reserve(word);
  }
  for (const Function& function : module.functions) {
    if (!function.kernel) continue;
    names_[&function] = function.name; // whoever loads the code asks for this name and no other
    namer_.reserve(function.name);
  }
  for (const StructDecl& decl : module.structs) {
    names_[&decl] = global_name(decl.name);
    Namer fields({.reserved = dialect.reserved_words()});
    for (const StructDecl::Field& field : decl.fields)
      names_[&field] = fields.declare(field.name);
    const CStructLayout& layout = layouts_[&decl] = c_layout_of(decl);
    for (const CStructLayout::Field& field : layout.fields) {
      if (field.padding != 0) names_[&field] = fields.declare("padding");
    }
    if (layout.tail != 0) names_[&layout] = fields.declare("padding");
  }
  for (const Global& global : module.globals)
    names_[&global] = global_name(global.name);
  for (const Function& function : module.functions) {
    if (!function.kernel) names_[&function] = global_name(function.name);
  }
  constants_.declare([&](const std::string& wanted) { return global_name(wanted); });
  find_users();
}

void CPrinter::find_users() {
  results_ = unnamed_results(module_);
  for (const Function& function : module_.functions) {
    for_each_expr(const_cast<Block&>(function.body), [&](Expr*& expr) {
      if (const auto* ref = expr->as<LocalRef>()) ++uses_[ref->local];
      if (const auto* ref = expr->as<GlobalRef>()) users_[ref->global].insert(&function);
    });
  }
}

const std::string& CPrinter::name(const void* declaration) const { return names_.at(declaration); }

std::string CPrinter::global_name(const std::string& wanted) {
  // A local may hide a function of the C library; a function of the same name may clash with it.
  return namer_.declare(is_c_library_name(wanted) ? wanted + "_" : wanted);
}

void CPrinter::begin_function(const Function& function) {
  outer_names_ = std::exchange(namer_, Namer({.reserved = dialect_.reserved_words()}));
  for (const StructDecl& decl : module_.structs)
    namer_.reserve(name(&decl));
  for_each_expr(const_cast<Block&>(function.body), [&](Expr*& expr) { // visited, not changed
    if (const auto* ref = expr->as<GlobalRef>()) namer_.reserve(name(ref->global));
    if (const auto* call = expr->as<Call>()) namer_.reserve(name(call->callee));
    if (const auto* intrinsic = expr->as<Intrinsic>()) {
      for (const std::string& word :
           names_of_row(intrinsics::find(intrinsic->id), dialect_.column()))
        namer_.reserve(word);
    }
  });
  for_each_literal(function, [&](TypePtr type, const Literal& literal) {
    const NamedConstant* constant = constants_.find(type, literal);
    if (constant) namer_.reserve(constant->declared);
  });
}

void CPrinter::end_function() { namer_ = std::move(outer_names_); }

const std::string& CPrinter::declare(const Local& local) {
  return names_[&local] = namer_.declare(local.name);
}

void CPrinter::declare_as(const Local& local, std::string text) {
  names_[&local] = std::move(text);
}

void CPrinter::named_constants() {
  const std::vector<const NamedConstant*> constants = constants_.all();
  if (constants.empty()) return;
  out_.blank();
  out_.line("// Constants of the source.");
  for (const NamedConstant* constant : constants) {
    const Expr value{constant->type, {}, constant->literal};
    out_.line("constexpr " + types_.declare(constant->type, constant->declared) + " = " +
              c_literal(value, constant->literal, true).text + ";");
  }
}

void CPrinter::structs() {
  for (const StructDecl& decl : module_.structs) {
    const std::string& struct_name = name(&decl);
    out_.blank();
    line_directive(decl.loc);
    const CStructLayout& layout = layouts_.at(&decl);
    const auto padding = [&](const void* what, std::uint64_t bytes) {
      if (bytes != 0) out_.line("unsigned char " + name(what) + "[" + std::to_string(bytes) + "];");
    };
    out_.open("struct " +
              (layout.is_aligned ? "alignas(" + std::to_string(decl.align) + ") " : "") +
              struct_name + " {");
    for (std::size_t i = 0; i < decl.fields.size(); ++i) {
      const StructDecl::Field& field = decl.fields[i];
      const CStructLayout::Field& place = layout.fields[i];
      padding(&place, place.padding);
      out_.line((place.alignas_ ? "alignas(" + std::to_string(place.alignas_) + ") " : "") +
                types_.declare(field.type, name(&field)) + ";");
    }
    padding(&layout, layout.tail);
    out_.close("};");
    out_.line("static_assert(sizeof(" + struct_name + ") == " + std::to_string(decl.size) +
              " && alignof(" + struct_name + ") == " + std::to_string(decl.align) +
              ", \"layout\");");
  }
}

void CPrinter::offset_checks() {
  for (const StructDecl& decl : module_.structs) {
    // A struct with a reference has no standard layout, so that offsetof may refuse it.
    const bool has_reference =
        std::any_of(decl.fields.begin(), decl.fields.end(),
                    [](const StructDecl::Field& field) { return field.type->is<RefType>(); });
    if (has_reference) continue;
    for (const StructDecl::Field& field : decl.fields) {
      out_.line("static_assert(__builtin_offsetof(" + name(&decl) + ", " + name(&field) +
                ") == " + std::to_string(field.offset) + ", \"layout\");");
    }
  }
}

void CPrinter::shared_variables(const Function* user) {
  for (const Global& global : module_.globals) {
    if (global.space != AddressSpace::workgroup) continue;
    const auto& users = users_[&global];
    const bool is_private = users.size() == 1 && (*users.begin())->kernel;
    if (user ? !is_private || *users.begin() != user : is_private) continue;
    if (!user) out_.blank();
    line_directive(global.loc);
    out_.line(std::string(dialect_.specifier(global.space, user != nullptr)) +
              types_.declare(global.type, name(&global)) + ";");
  }
}

void CPrinter::constants() {
  for (const Global& global : module_.globals) {
    if (global.space != AddressSpace::constant) continue;
    out_.blank();
    line_directive(global.loc);
    const std::string head = std::string(dialect_.specifier(global.space, false)) +
                             types_.declare_const(global.type, name(&global)) + " = ";
    const std::string whole = initializer(*global.initializer);
    const auto* table = global.initializer->as<Construct>();
    if (head.size() + whole.size() < kLineWidth || !table) {
      out_.line(head + whole + ";");
      continue;
    }
    out_.open(head + "{");
    std::string line;
    for (const Expr* element : table->elements) {
      const std::string text = initializer(*element) + ",";
      if (!line.empty() && line.size() + 1 + text.size() > kLineWidth - 2) {
        out_.line(line);
        line.clear();
      }
      line += (line.empty() ? "" : " ") + text;
    }
    out_.line(line);
    out_.close("};");
  }
}

std::vector<std::string> CPrinter::parameters(const Function& function) {
  std::vector<std::string> texts;
  for (const Local* param : function.params) {
    // Without a name where the function ignores it, as in code that compiles without warnings.
    texts.push_back(types_.declare(param->type, is_used(*param) ? declare(*param) : ""));
  }
  return texts;
}

/// A parameter of the IR never changes, so the function starts with a variable that does. Here they
/// can be one, unless something else mentions the parameter.
void CPrinter::take_parameters(const Function& function) {
  for (const Stmt* stmt : function.body.statements) {
    const auto* var = stmt->as<Var>();
    const auto* value = var && var->init ? var->init->as<LocalRef>() : nullptr;
    if (!value || value->local->kind != Local::Kind::param || uses_[value->local] != 1) continue;
    declare_as(*var->local, name(value->local));
    taken_.insert(var->local);
  }
}

void CPrinter::device_function(const Function& function) {
  out_.blank();
  begin_function(function);
  line_directive(function.loc);
  const std::string head =
      std::string(dialect_.function_specifier()) + types_.declare(function.result, name(&function));
  out_.open_list(head, parameters(function), ") {");
  take_parameters(function);
  block(function.body);
  out_.close("}");
  end_function();
}

} // namespace ring::backends
