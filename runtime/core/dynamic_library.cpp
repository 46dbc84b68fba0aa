#include "core/dynamic_library.h"

#include <dlfcn.h>

namespace ring::runtime {

Result<DynamicLibrary> DynamicLibrary::open(std::initializer_list<std::string> names) {
  std::string reason;
  for (const std::string& name : names) {
    if (void* handle = dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL)) return DynamicLibrary(handle);
    const char* text = dlerror();
    if (reason.empty()) reason = text ? text : name + " cannot be opened";
  }
  return Error(ErrorCode::load_failed, reason);
}

DynamicLibrary::~DynamicLibrary() {
  if (handle_ && closes_) dlclose(handle_);
}

void* DynamicLibrary::find(const char* symbol) const {
  return handle_ ? dlsym(handle_, symbol) : nullptr;
}

} // namespace ring::runtime
