#include "ir/analysis/properties.h"
#include "ir/overloaded.h"
#include "ir/verifier_state.h"

#include <bit>
#include <limits>

namespace ring::ir::checks {
namespace {

/// More bytes than any device has; also keeps sums of sizes from wrapping.
constexpr std::uint64_t kMaxSize = std::uint64_t{1} << 40;

std::uint64_t saturating_size(TypePtr type) {
  const auto times = [](std::uint64_t size, std::uint64_t count) {
    if (size == 0 || count == 0) return std::uint64_t{0};
    return count > kMaxSize / size ? kMaxSize + 1 : size * count;
  };
  if (const auto* array = type->as<ArrayType>())
    return times(saturating_size(array->element), array->count);
  return size_of(type);
}

bool is_aligned(std::uint64_t offset, TypePtr type) {
  const std::uint64_t align = align_of(type);
  return align == 0 || offset % align == 0; // a struct whose alignment is 0 was reported itself
}

/// One element begins where the one before it ends.
std::string element_problem(TypePtr element) {
  if (is_aligned(size_of(element), element)) return {};
  return "elements of '" + to_string(element) + "', whose size is no multiple of its alignment";
}

} // namespace

TypeChecker::TypeChecker(const Module& module, Reporter& reporter)
    : module_(module), reporter_(reporter) {
  for (const StructDecl& decl : module.structs)
    known_.insert(&decl);
}

void TypeChecker::check_structs() {
  std::set<std::string> names;
  for (const StructDecl& decl : module_.structs) {
    const Place place{nullptr, decl.loc};
    if (decl.name.empty()) reporter_.problem(place, "a struct without a name");
    if (!names.insert(decl.name).second) {
      reporter_.problem(place, "a second struct '" + decl.name + "'");
    }
    if (decl.loc.file != 0 && decl.loc.file >= module_.files.size()) {
      reporter_.problem({}, "a location in a file that the module does not list");
    }
    check_struct(decl);
    complete_.insert(&decl);
  }
  problems_.clear(); // what was incomplete is complete now
}

void TypeChecker::check_struct(const StructDecl& decl) {
  const Place place{nullptr, decl.loc};
  if (!std::has_single_bit(decl.align)) {
    reporter_.problem(place, "the alignment of '" + decl.name + "' is no power of two");
  }
  if (decl.size > kMaxSize) reporter_.problem(place, "'" + decl.name + "' is too large");
  const StructDecl::Field* last = nullptr;
  for (const StructDecl::Field& field : decl.fields) {
    const std::string name = "the field '" + field.name + "' of '" + decl.name + "'";
    const std::string problem = value_problem(field.type);
    if (!problem.empty()) {
      reporter_.problem(place, name + ": " + problem);
      continue;
    }
    const std::uint64_t size = saturating_size(field.type);
    if (size > decl.size || field.offset > decl.size - size) {
      reporter_.problem(place, name + " does not fit into " + std::to_string(decl.size) + " bytes");
      continue;
    }
    if (!is_aligned(field.offset, field.type) || decl.align < align_of(field.type)) {
      reporter_.problem(place, name + " is not aligned");
    }
    // Targets declare fields one after the other, each with all of its bytes.
    if (last && field.offset < last->offset + size_of(last->type)) {
      reporter_.problem(place, name + " begins before the end of '" + last->name + "'");
    }
    last = &field;
  }
}

const std::string& TypeChecker::problem_of(TypePtr type) {
  static const std::string kNoType = "no type";
  if (!type) return kNoType;
  const auto found = problems_.find(type);
  if (found != problems_.end()) return found->second;
  std::string problem = find_problem(type);
  return problems_[type] = std::move(problem);
}

std::string TypeChecker::value_problem(TypePtr type) {
  const std::string& problem = problem_of(type);
  if (!problem.empty()) return problem;
  if (type->is<VoidType>()) return "nothing is no value";
  const auto* array = type->as<ArrayType>();
  if (array && array->count == 0) return "an array sized at run time is no value";
  if (saturating_size(type) > kMaxSize) return "'" + to_string(type) + "' is too large";
  return {};
}

std::string TypeChecker::data_problem(TypePtr type) {
  std::string problem = value_problem(type);
  if (problem.empty() && analysis::holds_pointers(type)) {
    problem = "'" + to_string(type) + "' holds pointers";
  }
  return problem;
}

std::string TypeChecker::find_problem(TypePtr type) {
  const auto pointee = [&](TypePtr target, std::string_view what,
                           AddressSpace space = AddressSpace::storage) -> std::string {
    if (space == AddressSpace::launch) return std::string(what) + " to a bound span";
    if (!target) return "no type";
    if (target->is<VoidType>() || target->is<RefType>()) {
      return std::string(what) + " to '" + to_string(target) + "'";
    }
    // A pointer may lead to a struct that is not complete yet, so only its name is asked for.
    if (const auto* structure = target->as<StructType>()) {
      return known_.contains(structure->decl) ? "" : "a struct that the module does not have";
    }
    return problem_of(target);
  };
  return match(
      type->node, [](const VoidType&) { return std::string(); },
      [](const ScalarType&) { return std::string(); },
      [&](const VectorType& t) -> std::string {
        const bool good = t.element && t.element->is<ScalarType>() && t.count >= 2 && t.count <= 4;
        return good ? "" : "a vector has 2 to 4 scalars";
      },
      [&](const ArrayType& t) -> std::string {
        if (t.element && t.element->is<RefType>()) return "an array of references";
        const std::string problem = value_problem(t.element);
        return problem.empty() ? element_problem(t.element) : problem;
      },
      [&](const StructType& t) -> std::string {
        if (!known_.contains(t.decl)) return "a struct that the module does not have";
        return complete_.contains(t.decl) ? "" : "'" + t.decl->name + "' is not complete here";
      },
      [&](const RefType& t) {
        // Where a field is a C++ reference, what a Load of the field reads is the reference.
        if (t.pointee && t.pointee->is<RefType>()) return problem_of(t.pointee);
        return pointee(t.pointee, "a reference", t.space);
      },
      [&](const PtrType& t) { return pointee(t.pointee, "a pointer", t.space); },
      [&](const SpanType& t) -> std::string {
        if (t.element && t.element->is<RefType>()) return "a span of references";
        const bool is_struct = t.element && t.element->is<StructType>();
        const std::string problem =
            is_struct ? pointee(t.element, "a span") : value_problem(t.element);
        return problem.empty() ? element_problem(t.element) : problem;
      });
}

} // namespace ring::ir::checks
