// A legalized module as a SPIR-V binary.
#include "backends/spirv/function_printer.h"
#include "backends/spirv/spirv.h"
#include "backends/spirv/tools.h"
#include "ir/walk.h"

#include <set>

namespace ring::backends::spirv {
namespace {

/// The globals that a function and all that it calls mention.
void collect_globals(const ir::Function& function, std::set<const ir::Function*>& seen,
                     std::set<const ir::Global*>& globals) {
  if (!seen.insert(&function).second) return;
  ir::for_each_expr(const_cast<ir::Block&>(function.body), [&](ir::Expr*& expr) {
    if (const auto* call = expr->as<ir::Call>()) collect_globals(*call->callee, seen, globals);
    if (const auto* global = expr->as<ir::GlobalRef>()) globals.insert(global->global);
  });
}

void entry_point(ModuleState& state, const ir::Function& kernel) {
  // From 1.4 on the interface lists every global variable, before that inputs only. Unused inputs
  // are harmless, so all that the module has are listed.
  std::vector<Id> interface;
  for (const auto& [which, id] : state.builtins)
    interface.push_back(id);
  if (state.out.version() >= 0x00010400) {
    std::set<const ir::Function*> seen;
    std::set<const ir::Global*> mentioned;
    collect_globals(kernel, seen, mentioned);
    for (const ir::Global& global : state.module.globals) {
      if (mentioned.count(&global)) interface.push_back(state.global(global));
    }
  }
  const Id id = state.functions.at(&kernel);
  const auto [x, y, z] = std::get<ir::GlobalKernel>(kernel.kernel->kind).block;
  state.out.entry_point(kernel.name, id, interface);
  state.out.execution_mode(id, spv::ExecutionMode::LocalSize, {x, y, z});
}

/// Narrow types in buffers are features of their own.
void storage_capabilities(Assembler& out, ir::TypePtr type) {
  if (const auto* array = type->as<ir::ArrayType>())
    return storage_capabilities(out, array->element);
  if (const auto* structure = type->as<ir::StructType>()) {
    for (const auto& field : structure->decl->fields)
      storage_capabilities(out, field.type);
    return;
  }
  if (ir::size_of(type) == 1) out.capability(spv::Capability::StorageBuffer8BitAccess);
  if (ir::size_of(type) == 2) out.capability(spv::Capability::StorageBuffer16BitAccess);
}

} // namespace

Id ModuleState::global(const ir::Global& global) {
  Id& id = globals[&global];
  if (id) return id;
  using spv::StorageClass;
  switch (global.space) {
  case ir::AddressSpace::storage:
  case ir::AddressSpace::params:
    storage_capabilities(out, global.type);
    id = out.global_variable(types.block_pointer(global.type), StorageClass::StorageBuffer);
    out.decorate(id, spv::Decoration::DescriptorSet, {0});
    out.decorate(id, spv::Decoration::Binding, {global.binding});
    if (global.access == ir::Access::read) out.decorate(id, spv::Decoration::NonWritable);
    break;
  case ir::AddressSpace::workgroup:
    id = out.global_variable(types.pointer(global.type, StorageClass::Workgroup),
                             StorageClass::Workgroup);
    break;
  default:
    id = out.global_variable(types.pointer(global.type, StorageClass::Private),
                             StorageClass::Private, types.initializer(*global.initializer));
    break;
  }
  out.name(id, global.name);
  return id;
}

ir::Result<Artefact> emit(const ir::VerifiedModule& module, const Options& options) {
  Assembler out(version_word(options.spirv_environment));
  out.capability(spv::Capability::Shader);
  out.capability(spv::Capability::VulkanMemoryModel);
  if (out.version() < 0x00010500) out.extension("SPV_KHR_vulkan_memory_model");
  Types types(out);
  ModuleState state{out, types, options, *module, {}, {}, {}};
  for (const ir::Function& function : module->functions) // callees come first
    FunctionPrinter(state, function).print();
  for (const ir::Function& function : module->functions) {
    if (function.kernel) entry_point(state, function);
  }
  if (out.version() < 0x00010500) out.extension("SPV_KHR_8bit_storage");
  Words words = out.finish();
  if (const std::string problem = validate(words, options.spirv_environment); !problem.empty()) {
    return ir::error(ir::DiagnosticId::invalid_output, {},
                     "spirv-val refuses what ringcc made: " + problem);
  }
  if (options.optimize > 0) words = optimize(words, options.spirv_environment);
  return Artefact(std::move(words));
}

} // namespace ring::backends::spirv
