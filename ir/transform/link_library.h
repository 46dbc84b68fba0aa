// Copies functions out of the library module into the module that is being compiled, with all that
// they need: the functions that they call, structs and constant tables. The library is C++ under
// intrinsics/include/ring/library/, lowered by ringcc itself when it is built.
//
//   LibraryLinker linker(module, library);
//   Function* add = linker.function("ring::library::u64_add");
//   ... calls of it ...
//   linker.finish();
#pragma once

#include "ir/clone.h"
#include "ir/module.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

namespace ring::ir::transform {

class LibraryLinker {
public:
  /// What becomes of a library function that the module has already, because the user's source
  /// includes the header that defines it. A copy is safe at any time. The module's own one is as
  /// good as long as no pass has changed it.
  enum class Present : std::uint8_t { copy, reuse };

  /// Both must outlive the linker.
  LibraryLinker(Module& module, const Module& library, Present present = Present::copy)
      : module_(module), library_(library), present_(present), cloner_(module, library) {}

  /// The module's copy of the library function of that C++ name, made on first use; null where the
  /// library has none. `arguments` tells overloads and template instances apart; without them the
  /// first of the name is taken.
  Function* function(std::string_view cpp_name,
                     const std::optional<std::vector<TypePtr>>& arguments = std::nullopt);

  /// The module's copy of the library struct of that C++ name; null where the library has none.
  TypePtr structure(std::string_view cpp_name);

  /// Puts the module's functions into an order in which callees come before callers. They move: no
  /// Function* from before, the linker's own included, may be used after it.
  void finish();

private:
  Function* import_function(const Function& source);
  Function* present_function(const Function& source);
  Global* import_global(const Global& source);
  const StructDecl* import_struct(const StructDecl& source);
  /// Imports the structs that a type has inside.
  TypePtr import_type(TypePtr source);
  Loc import_loc(Loc loc);
  void import_parts(const Block& source);
  void import_locs(Block& copy);

  Module& module_;
  const Module& library_;
  Present present_;
  Cloner cloner_;
  std::map<std::uint32_t, std::uint32_t> files_;
};

/// Equal types of two different modules; structs are equal if C++ spells them alike.
bool same_type(TypePtr a, TypePtr b);

} // namespace ring::ir::transform
