#include "backends/cuda/atomic_access.h"

namespace ring::backends::cuda {

using namespace ir;
using intrinsics::Id;

std::string_view scope_suffix(MemoryScope scope) {
  if (scope == MemoryScope::system) return "_system";
  return scope == MemoryScope::device ? "" : "_block";
}

bool is_ordered_access(const Intrinsic& intrinsic) {
  if (intrinsic.scope != MemoryScope::device && intrinsic.scope != MemoryScope::system)
    return false;
  return (intrinsic.id == Id::atomic_load && intrinsic.order == MemoryOrder::acquire) ||
         (intrinsic.id == Id::atomic_store && intrinsic.order == MemoryOrder::release);
}

std::string access_function(const Intrinsic& intrinsic) {
  const bool is_load = intrinsic.id == Id::atomic_load;
  if (!is_ordered_access(intrinsic)) return is_load ? "atomic_load" : "atomic_store";
  return (is_load ? "load_acquire" : "store_release") + std::string(scope_suffix(intrinsic.scope));
}

} // namespace ring::backends::cuda
