// How a host program spells the types of parameters, and which structs it must be given for that.
// A struct of a header keeps its name and comes by including the header; one that the main file
// defines is defined anew, under the same name and namespace. One without a name that can be
// written (a template's instance in the main file, a lambda) is defined in the module's namespace.
#pragma once

#include "backends/host/actor_facts.h"
#include "backends/host/kernel_facts.h"
#include "ir/module.h"

#include <set>
#include <string>
#include <vector>

namespace ring::backends::host {

class HostTypes {
public:
  /// Collects the structs of all that a program gives or gets: parameters of kernels that have a
  /// handle, messages, launch arguments; fields' structs first. An actor's state is not among them.
  HostTypes(const Inputs& inputs, const std::vector<KernelFacts>& kernels,
            const std::vector<ActorFacts>& actors);

  /// In an order in which each is complete before it is used.
  const std::vector<const ir::StructDecl*>& defined() const { return defined_; }
  const std::vector<const ir::StructDecl*>& included() const { return included_; }
  /// With their delimiters, sorted: `"bank.h"`, `<array>`.
  const std::set<std::string>& headers() const { return headers_; }

  /// "std::uint32_t", "::bank::Deposit".
  std::string name(ir::TypePtr type) const;
  std::string name(const ir::StructDecl& decl) const;
  /// A field: declare(array<f32, 4>, "x") is "float x[4]".
  std::string declare(ir::TypePtr type, const std::string& declarator) const;

  /// Where a defined struct goes: its namespace, empty for the global one, and its own name there.
  std::string namespace_of(const ir::StructDecl& decl) const;
  std::string own_name(const ir::StructDecl& decl) const;

private:
  void collect(ir::TypePtr type);
  void collect(const ir::StructDecl& decl);
  bool keeps_name(const ir::StructDecl& decl) const;

  const ir::Module& module_;
  std::string module_namespace_;
  std::set<std::string> seen_; // names: `source` and `module` have a struct each of the same name
  std::vector<const ir::StructDecl*> defined_, included_;
  std::set<std::string> headers_;
};

} // namespace ring::backends::host
