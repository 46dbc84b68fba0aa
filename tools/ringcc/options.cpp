#include "tools/ringcc/options.h"

#include <algorithm>
#include <cctype>
#include <functional>
#include <sstream>

namespace ring::ringcc {
namespace {

using ir::DiagnosticId;

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  std::stringstream stream(text);
  for (std::string part; std::getline(stream, part, ',');) {
    if (!part.empty()) parts.push_back(part);
  }
  return parts;
}

enum class Value {
  none,     // --check
  joined,   // --emit=ir
  attached, // -Ipath or -I path
  separate, // -o file
};

struct Option {
  std::string spelling;
  Value value;
  std::string placeholder; // in --help; choices for a joined value
  std::string help;
  /// Returns what is wrong with the value, or an empty string.
  std::function<std::string(Options&, const std::string&)> apply;
};

std::string set(std::string& field, const std::string& value) {
  field = value;
  return {};
}

std::string append(std::vector<std::string>& field, const std::string& value) {
  for (std::string& part : split(value))
    field.push_back(std::move(part));
  return {};
}

/// Sets `field` to the choice of that name.
template <class T> std::string choose(T& field, const std::string& value,
                                      const std::vector<std::pair<std::string, T>>& choices) {
  std::string names;
  for (const auto& [name, choice] : choices) {
    if (name == value) {
      field = choice;
      return {};
    }
    names += (names.empty() ? "" : ", ") + name;
  }
  return "has no value '" + value + "'; choose one of " + names;
}

std::string one_of(std::string& field, const std::string& value,
                   const std::vector<std::string>& names) {
  std::vector<std::pair<std::string, std::string>> choices;
  for (const std::string& name : names)
    choices.emplace_back(name, name);
  return choose(field, value, choices);
}

/// a, or a::b.
bool is_namespace(const std::string& text) {
  bool begins = true; // of a name
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (!begins && text.compare(i, 2, "::") == 0) {
      ++i;
      begins = true;
    } else if (std::isalpha(c) || c == '_' || (!begins && std::isdigit(c))) {
      begins = false;
    } else {
      return false;
    }
  }
  return !begins;
}

const std::vector<std::string> kEmits{"ir",        "ir-final",   "cuda", "spirv",
                                      "spirv-asm", "spirv-core", "wgsl", "cpu",
                                      "header",    "js",         "json", "ast"};
const std::vector<std::string> kTargets{"cuda", "spirv", "wgsl", "cpu"};

const std::vector<Option>& table() {
  using V = const std::string&;
  static const std::vector<Option> kTable{
      {"--target", Value::joined, "cuda,spirv,wgsl,cpu",
       "the targets (default: all that the input allows)",
       [](Options& o, V v) {
         for (const std::string& target : split(v)) {
           std::string name;
           if (std::string wrong = one_of(name, target, kTargets); !wrong.empty()) return wrong;
           if (std::find(o.targets.begin(), o.targets.end(), name) == o.targets.end()) {
             o.targets.push_back(name);
           }
         }
         return std::string();
       }},
      {"--emit", Value::joined, "KIND",
       "one artefact: ir, ir-final, cuda, spirv, spirv-core, spirv-asm, wgsl, cpu, header, js, "
       "json, "
       "ast",
       [](Options& o, V v) { return one_of(o.emit, v, kEmits); }},
      {"-o", Value::attached, "FILE", "where --emit writes (default: standard output)",
       [](Options& o, V v) { return set(o.output, v); }},
      {"--out-dir", Value::joined, "DIR", "write all artefacts there",
       [](Options& o, V v) { return set(o.out_dir, v); }},
      {"--kernel", Value::joined, "NAME", "only this kernel (repeatable)",
       [](Options& o, V v) { return append(o.kernels, v); }},
      {"--namespace", Value::joined, "NAME", "the namespace of the generated header",
       [](Options& o, V v) {
         if (!is_namespace(v)) return "'" + v + "' is no C++ namespace";
         return set(o.module_namespace, v);
       }},
      {"-x", Value::attached, "c++|ir", "the language of the input (default: by its suffix)",
       [](Options& o, V v) { return one_of(o.language, v, {"c++", "ir"}); }},
      {"--print-before", Value::joined, "PASS|all", "print the IR before a pass",
       [](Options& o, V v) { return append(o.print_before, v); }},
      {"--print-after", Value::joined, "PASS|all", "print the IR after a pass",
       [](Options& o, V v) { return append(o.print_after, v); }},
      {"--print-changed", Value::none, "", "print the IR after every pass that changed it",
       [](Options& o, V) { return o.print_changed = true, std::string(); }},
      {"--stop-after", Value::joined, "PASS", "end the pipeline there; print with --emit=ir-final",
       [](Options& o, V v) { return set(o.stop_after, v); }},
      {"--passes", Value::joined, "A,B", "run these passes instead of the target's own",
       [](Options& o, V v) { return append(o.passes, v); }},
      {"--verify-each", Value::none, "", "verify the module after every pass",
       [](Options& o, V) { return o.verify_each = true, std::string(); }},
      {"--verify-roundtrip", Value::none, "", "print and parse the module after every pass",
       [](Options& o, V) { return o.verify_roundtrip = true, std::string(); }},
      {"--time-report", Value::none, "", "say where the time went",
       [](Options& o, V) { return o.time_report = true, std::string(); }},
      {"--list-passes", Value::none, "", "list the passes",
       [](Options& o, V) { return set(o.show, "passes"); }},
      {"--list-intrinsics=json", Value::none, "", "list the intrinsics as JSON",
       [](Options& o, V) { return set(o.show, "intrinsics-json"); }},
      {"--list-intrinsics", Value::none, "", "list the intrinsics",
       [](Options& o, V) { return set(o.show, "intrinsics"); }},
      {"--list-targets", Value::none, "", "list the targets and what they can do",
       [](Options& o, V) { return set(o.show, "targets"); }},
      {"--explain", Value::joined, "RC1203", "explain an error id",
       [](Options& o, V v) { return set(o.show, "explain:" + v); }},
      {"--check", Value::none, "", "also run the downstream compilers that are installed",
       [](Options& o, V) { return o.check = true, std::string(); }},
      {"--bounds", Value::joined, "off|clamp|trap", "what access outside of a span does",
       [](Options& o, V v) {
         o.bounds_given = true;
         using M = backends::BoundsMode;
         return choose<M>(o.backend.bounds, v,
                          {{"off", M::off}, {"clamp", M::clamp}, {"trap", M::trap}});
       }},
      {"--target-env", Value::joined, "vulkan1.1|vulkan1.1spirv1.4|vulkan1.2|vulkan1.3",
       "what SPIR-V is for: versions 1.3 to 1.6 (default: vulkan1.2)",
       [](Options& o, V v) {
         using E = backends::SpirvEnvironment;
         return choose<E>(o.backend.spirv_environment, v,
                          {{"vulkan1.1", E::vulkan1_1},
                           {"vulkan1.1spirv1.4", E::vulkan1_1_spirv1_4},
                           {"vulkan1.2", E::vulkan1_2},
                           {"vulkan1.3", E::vulkan1_3}});
       }},
      {"--fp", Value::joined, "strict|fast",
       "whether float arithmetic may be contracted and reordered",
       [](Options& o, V v) {
         using M = backends::FloatMode;
         return choose<M>(o.backend.fp, v, {{"strict", M::strict}, {"fast", M::fast}});
       }},
      {"--line-directives", Value::joined, "on|off", "map generated code back to the source",
       [](Options& o, V v) {
         return choose<bool>(o.backend.line_directives, v, {{"on", true}, {"off", false}});
       }},
      {"-I", Value::attached, "DIR", "a folder to look for headers in",
       [](Options& o, V v) { return o.clang_args.push_back("-I" + v), std::string(); }},
      {"-isystem", Value::separate, "DIR", "the same, for system headers",
       [](Options& o, V v) {
         o.clang_args.insert(o.clang_args.end(), {"-isystem", v});
         return std::string();
       }},
      {"-D", Value::attached, "NAME[=VALUE]", "a macro",
       [](Options& o, V v) { return o.clang_args.push_back("-D" + v), std::string(); }},
      {"-std", Value::joined, "c++20", "the version of C++",
       [](Options& o, V v) {
         std::string name; // Clang would go on with an unknown one and stumble over our headers
         o.clang_args.push_back("-std=" + v);
         return one_of(name, v, {"c++20", "c++23", "c++26", "gnu++20", "gnu++23", "gnu++26"});
       }},
      {"-MD", Value::none, "", "write a depfile",
       [](Options& o, V) { return o.write_depfile = true, std::string(); }},
      {"-MF", Value::separate, "FILE", "its name",
       [](Options& o, V v) { return set(o.depfile, v); }},
      {"-MT", Value::separate, "TARGET", "the target that it names",
       [](Options& o, V v) { return set(o.depfile_target, v); }},
      {"-O", Value::attached, "N", "optimize SPIR-V with spirv-opt",
       [](Options& o, V v) {
         if (v.size() != 1 || v[0] < '0' || v[0] > '3') {
           return "has no level '" + v + "'; use 0 to 3";
         }
         return o.backend.optimize = v[0] - '0', std::string();
       }},
      {"-g", Value::none, "", "trap accesses outside of spans, like --bounds=trap",
       [](Options& o, V) {
         if (!o.bounds_given) o.backend.bounds = backends::BoundsMode::trap;
         return o.bounds_given = true, std::string();
       }},
      {"--library", Value::none, "", "lower the library functions of the file, not its kernels",
       [](Options& o, V) { return o.library = true, std::string(); }},
      {"--werror", Value::none, "", "treat warnings as errors",
       [](Options& o, V) { return o.werror = true, std::string(); }},
      {"--diagnostics-format", Value::joined, "text|json|sarif", "how errors are printed",
       [](Options& o, V v) {
         using F = DiagnosticsFormat;
         return choose<F>(o.diagnostics_format, v,
                          {{"text", F::text}, {"json", F::json}, {"sarif", F::sarif}});
       }},
      {"--version", Value::none, "", "print the version",
       [](Options& o, V) { return set(o.show, "version"); }},
      {"--help", Value::none, "", "print this", [](Options& o, V) { return set(o.show, "help"); }},
  };
  return kTable;
}

ir::Diagnostic bad(const std::string& message) {
  return ir::error(DiagnosticId::bad_option, {}, message + " (see ringcc --help)");
}

/// The option that an argument begins with, and the value that stands in the same argument.
const Option* find(const std::string& arg, std::string& value, bool& has_value) {
  for (const Option& option : table()) {
    const std::string& name = option.spelling;
    if (arg == name) {
      has_value = false;
      return &option;
    }
    if (option.value == Value::joined && arg.starts_with(name + "=")) {
      value = arg.substr(name.size() + 1);
      return has_value = true, &option;
    }
    if (option.value == Value::attached && arg.starts_with(name) && !arg.starts_with("--")) {
      value = arg.substr(name.size());
      return has_value = true, &option;
    }
  }
  return nullptr;
}

} // namespace

ir::Result<Options> parse_options(const std::vector<std::string>& args) {
  Options options;
  ir::Diagnostics errors;
  for (std::size_t i = 0; i < args.size(); ++i) {
    const std::string& arg = args[i];
    if (arg == "--") {
      options.clang_args.insert(options.clang_args.end(), args.begin() + static_cast<long>(i) + 1,
                                args.end());
      break;
    }
    if (arg.empty() || arg[0] != '-' || arg == "-") {
      options.inputs.push_back(arg);
      continue;
    }
    std::string value;
    bool has_value = false;
    const Option* option = find(arg, value, has_value);
    if (!option) {
      errors.push_back(bad("unknown option '" + arg + "'"));
      continue;
    }
    const bool may_follow = option->value == Value::attached || option->value == Value::separate;
    if (!has_value && may_follow && i + 1 < args.size()) {
      value = args[++i];
      has_value = true;
    }
    if (!has_value && option->value != Value::none) {
      errors.push_back(bad("option '" + arg + "' needs a value: " + option->placeholder));
      continue;
    }
    if (std::string wrong = option->apply(options, value); !wrong.empty()) {
      errors.push_back(bad("option '" + option->spelling + "' " + wrong));
    }
  }
  if (errors.empty() && options.show.empty()) {
    if (options.inputs.empty()) errors.push_back(bad("no input file"));
    if (options.emit.empty() == options.out_dir.empty() && !options.check) {
      errors.push_back(
          bad("say what to make: --emit=KIND for one artefact or --out-dir=DIR for all"));
    }
    if (!options.emit.empty() && options.inputs.size() > 1) {
      errors.push_back(
          bad("--emit takes one input file, not " + std::to_string(options.inputs.size())));
    }
    if (options.language.empty() && options.inputs.size() == 1 && options.inputs[0] == "-") {
      options.language = "c++";
    }
  }
  if (!errors.empty()) return errors;
  return options;
}

std::string help_text() {
  std::string text = "usage: ringcc [options] file.cpp|file.rir ... [-- clang options]\n\n"
                     "Compiles annotated C++ handlers to CUDA C, SPIR-V, WGSL and CPU code.\n\n";
  for (const Option& option : table()) {
    std::string left = "  " + option.spelling;
    if (option.value == Value::joined) left += "=" + option.placeholder;
    if (option.value == Value::attached || option.value == Value::separate) {
      left += " " + option.placeholder;
    }
    constexpr std::size_t kColumn = 34;
    left += left.size() < kColumn ? std::string(kColumn - left.size(), ' ')
                                  : "\n" + std::string(kColumn, ' ');
    text += left + option.help + "\n";
  }
  return text;
}

} // namespace ring::ringcc
