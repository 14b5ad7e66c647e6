#include "common/library.h"

#include <dlfcn.h>
#include <link.h>

std::optional<Failure> Library::Open(const char* file) {
  handle_ = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (handle_ == nullptr) return Because("no_library", "%s", dlerror());
  return std::nullopt;
}

void* Library::Find(const char* symbol) const {
  return dlsym(handle_, symbol);
}

const char* Library::Path() const {
  link_map* map = nullptr;
  if (handle_ == nullptr || dlinfo(handle_, RTLD_DI_LINKMAP, &map) != 0) return "";
  return map->l_name;
}
