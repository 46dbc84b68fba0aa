#include "ir/parser.h"

#include "ir/parser_state.h"

#include <charconv>

namespace ring::ir {
namespace text {

bool Parser::accept(std::string_view spelled) {
  if (!peek().is(spelled)) return false;
  next();
  return true;
}

bool Parser::expect(std::string_view spelled) {
  if (accept(spelled)) return true;
  fail("expected '" + std::string(spelled) + "'");
  return false;
}

bool Parser::expect_close_angle() {
  if (peek().is(">>")) {
    Token& token = tokens_[position_];
    token.text.remove_prefix(1);
    ++token.column;
    return true;
  }
  return expect(">");
}

std::nullptr_t Parser::fail(const Token& at, std::string message) {
  if (!diagnostic_) {
    if (at.is(Token::Kind::end)) message += ", but the text ends here";
    diagnostic_ = error(DiagnosticId::syntax_error_in_ir, Loc{0, at.line, at.column}, message);
  }
  return nullptr;
}

bool Parser::parse_integer(std::uint64_t& value, std::uint64_t limit) {
  const Token& token = peek();
  if (token.is(Token::Kind::number)) {
    const char* end = token.text.data() + token.text.size();
    const auto [last, status] = std::from_chars(token.text.data(), end, value);
    if (status == std::errc() && last == end && value <= limit) {
      next();
      return true;
    }
  }
  fail(limit == ~std::uint64_t{0} ? "expected a whole number"
                                  : "expected a whole number of at most " + std::to_string(limit));
  return false;
}

bool Parser::parse_u32(std::uint32_t& value) {
  std::uint64_t wide = 0;
  if (!parse_integer(wide, ~std::uint32_t{0})) return false;
  value = static_cast<std::uint32_t>(wide);
  return true;
}

bool Parser::parse_string(std::string& value) {
  if (!peek().is(Token::Kind::string)) {
    fail("expected a string");
    return false;
  }
  value = next().name;
  return true;
}

bool Parser::parse_name(std::string& name) {
  if (peek().is(Token::Kind::identifier)) {
    name = next().text;
    return true;
  }
  if (peek().is(Token::Kind::string)) return parse_string(name);
  fail("expected a name");
  return false;
}

bool Parser::parse_loc(Loc& loc) {
  const Token& token = peek();
  if (!token.is(Token::Kind::location) || token.starts_line) return true;
  std::uint32_t parts[3] = {0, 0, 0};
  int count = 0;
  const char* first = token.text.data() + 1;
  const char* end = token.text.data() + token.text.size();
  while (first < end && count < 3) {
    const auto [last, status] = std::from_chars(first, end, parts[count++]);
    if (status != std::errc()) break;
    first = last == end ? end : last + 1;
  }
  if (first != end) {
    fail("a location is !line, !line:column or !file:line:column");
    return false;
  }
  loc = count == 3 ? Loc{parts[0], parts[1], parts[2]} : Loc{file_, parts[0], parts[1]};
  if (loc.file != 0 && loc.file >= module_.files.size()) {
    fail("a location in a file that the module does not list");
    return false;
  }
  next();
  return true;
}

bool Parser::parse_module() {
  if (!declare_structs()) return false;
  if (peek().is(Token::Kind::end)) {
    fail("expected module \"name\"");
    return false;
  }
  if (accept("module") && !parse_string(module_.name)) return false;
  while (!peek().is(Token::Kind::end)) {
    bool good = false;
    if (accept("file")) {
      good = parse_file();
    } else if (accept("struct")) {
      good = parse_struct();
    } else if (accept("shared")) {
      good = parse_global(AddressSpace::workgroup);
    } else if (accept("constant")) {
      good = parse_global(AddressSpace::constant);
    } else if (accept("storage")) {
      good = parse_global(AddressSpace::storage);
    } else if (accept("params")) {
      good = parse_global(AddressSpace::params);
    } else if (accept("bound")) {
      good = parse_global(AddressSpace::launch);
    } else if (accept("function")) {
      good = parse_function(false);
    } else if (accept("kernel")) {
      good = parse_function(true);
    } else {
      fail("expected file, struct, shared, constant, storage, params, bound, function or kernel");
    }
    if (!good) return false;
  }
  return true;
}

/// Finds the structs before anything else: a struct may hold a pointer to one that comes later.
bool Parser::declare_structs() {
  int nesting = 0;
  for (std::size_t i = 0; i + 1 < tokens_.size(); ++i) {
    const Token& token = tokens_[i];
    if (token.is("{")) ++nesting;
    if (token.is("}")) --nesting;
    if (nesting != 0 || !token.starts_line || !token.is("struct")) continue;
    const Token& name = tokens_[i + 1];
    const bool is_string = name.is(Token::Kind::string);
    if (!is_string && !name.is(Token::Kind::identifier)) continue;
    StructDecl& decl = module_.structs.emplace_back();
    decl.name = is_string ? name.name : std::string(name.text);
    if (!structs_.emplace(decl.name, &decl).second) {
      fail(name, "a second struct '" + decl.name + "'");
      return false;
    }
  }
  return true;
}

bool Parser::parse_file() {
  std::uint64_t index = 0;
  const Token& at = peek();
  if (!parse_integer(index)) return false;
  if (index != module_.files.size()) {
    fail(at, "expected file " + std::to_string(module_.files.size()));
    return false;
  }
  SourceFile file;
  if (!parse_string(file.name)) return false;
  if (accept("include") && !parse_string(file.include_spelling)) return false;
  module_.files.push_back(std::move(file));
  return true;
}

bool Parser::parse_struct() {
  const Token& at = peek();
  std::string name;
  if (!parse_name(name)) return false;
  const auto found = structs_.find(name);
  if (found == structs_.end()) {
    fail(at, "a struct begins its line");
    return false;
  }
  auto& decl = const_cast<StructDecl&>(*found->second); // ours: the module's deque owns it
  decl.cpp_name = name;
  if (!expect("size") || !parse_integer(decl.size)) return false;
  if (!expect("align") || !parse_integer(decl.align)) return false;
  if (accept("cpp") && !parse_string(decl.cpp_name)) return false;
  if (!parse_loc(decl.loc) || !expect("{")) return false;
  while (!accept("}")) {
    StructDecl::Field field;
    if (!parse_name(field.name) || !expect(":")) return false;
    if (!(field.type = parse_type())) return false;
    if (!expect("@") || !parse_integer(field.offset)) return false;
    decl.fields.push_back(std::move(field));
    accept(",");
  }
  return true;
}

bool Parser::parse_global(AddressSpace space) {
  const Token& name = peek();
  if (!name.is(Token::Kind::symbol)) {
    fail("expected a name like @tile");
    return false;
  }
  next();
  Global& global = module_.globals.emplace_back();
  global.name = name.name;
  global.space = space;
  if (!globals_.emplace(NameKey{name.name, name.suffix}, &global).second) {
    fail(name, "a second global of this name");
    return false;
  }
  if (!expect(":") || !(global.type = parse_type())) return false;
  if (accept("read")) {
    global.access = Access::read;
  } else {
    accept("read_write"); // what is not said
  }
  if (accept("binding") && !parse_u32(global.binding)) return false;
  if (accept("=") && !(global.initializer = parse_root(global.type))) return false;
  if (!parse_loc(global.loc)) return false;
  if (global.initializer) stamp(global.initializer, global.loc);
  return true;
}

bool Parser::parse_function(bool is_kernel) {
  const bool is_ring = is_kernel && accept("ring");
  if (is_kernel && !is_ring && !expect("global")) return false;
  const Token& at = peek();
  Function& function = module_.functions.emplace_back();
  function_ = &function;
  locals_.clear();
  if (!parse_name(function.name) || !parse_params(function)) return false;
  function.cpp_name = function.name;
  function.result = module_.types.void_type();
  if (accept("->") && !(function.result = parse_type())) return false;
  if (is_kernel) {
    Kernel& kernel = function.kernel.emplace();
    if (is_ring ? !parse_ring_facts(kernel.kind.emplace<RingKernel>())
                : !parse_kernel_facts(kernel)) {
      return false;
    }
  }
  function.has_side_effects = accept("effects");
  function.is_collective = accept("collective");
  if (accept("cpp") && !parse_string(function.cpp_name)) return false;
  if (!parse_loc(function.loc)) return false;
  for (Local* param : function.params)
    param->loc = function.loc;
  file_ = function.loc.file;
  if (!parse_block(function.body)) return false;
  file_ = 0;
  // Known only from here on: a function cannot call itself.
  if (!functions_.emplace(function.name, &function).second) {
    fail(at, "a second function '" + function.name + "'");
    return false;
  }
  return true;
}

bool Parser::parse_params(Function& function) {
  if (!expect("(")) return false;
  if (accept(")")) return true;
  do {
    const Token& name = peek();
    if (!name.is(Token::Kind::local)) {
      fail("expected a parameter like %x");
      return false;
    }
    next();
    if (!expect(":")) return false;
    const TypePtr type = parse_type();
    if (!type) return false;
    Local* local = module_.local(Local::Kind::param, name.name, type);
    if (!locals_.emplace(NameKey{name.name, name.suffix}, local).second) {
      fail(name, "a second local of this name");
      return false;
    }
    function.params.push_back(local);
  } while (accept(","));
  return expect(")");
}

bool Parser::parse_kernel_facts(Kernel& kernel) {
  GlobalKernel kind;
  if (!expect("block") || !expect("(") || !parse_u32(kind.block[0]) || !expect(",") ||
      !parse_u32(kind.block[1]) || !expect(",") || !parse_u32(kind.block[2]) || !expect(")")) {
    return false;
  }
  kernel.kind = kind;
  if (!accept("bindings")) return true;
  if (!expect("(")) return false;
  do {
    Global* global = parse_global_name();
    if (!global) return false;
    kernel.bindings.push_back(global);
  } while (accept(","));
  return expect(")");
}

Global* Parser::parse_global_name() {
  const Token& name = peek();
  const auto found = globals_.find(NameKey{name.name, name.suffix});
  if (!name.is(Token::Kind::symbol) || found == globals_.end()) {
    return fail("expected the name of a global");
  }
  next();
  return found->second;
}

} // namespace text

Result<Module> parse(std::string_view text, std::string_view file_name) {
  Result<std::vector<Token>> tokens = lex(text);
  if (!tokens) return tokens.diagnostics();
  Module module;
  const std::size_t slash = file_name.find_last_of('/');
  const std::string_view base = slash == file_name.npos ? file_name : file_name.substr(slash + 1);
  module.name = base.substr(0, base.find('.')); // where the text does not say
  text::Parser parser(std::move(*tokens), module);
  if (!parser.parse_module()) return parser.take_diagnostic();
  return module;
}

} // namespace ring::ir
