#include "common/nvml.h"

#include <cstdio>

#include "common/reasons.h"

std::optional<Failure> Nvml::Load(const char* file) {
  if (auto failure = library.Open(file)) return failure;
#define X(name) name.Bind(library, #name);
  CUDAPROBE_NVML_REQUIRED(X)
  CUDAPROBE_NVML_OPTIONAL(X)
#undef X
  const char* missing = nullptr;
#define X(name) NoteMissing(name, missing);
  CUDAPROBE_NVML_REQUIRED(X)
#undef X
  if (missing == nullptr) return std::nullopt;
  return Because("driver_too_old", "%s has no %s", library.Path(), missing);
}

Failure Nvml::Explain(const char* call, nvmlReturn_t code) {
  const char* const name = NvmlName(code);
  Failure failure = Because(NvmlReason(code), "%s failed", call);
  if (name != nullptr) {
    (void)std::snprintf(failure.code, sizeof failure.code, "%s", name);
  } else {
    (void)std::snprintf(failure.code, sizeof failure.code, "NVML_ERROR_%d", code);
  }
  return failure;
}

NvmlSession::~NvmlSession() {
  if (open_) (void)nvml_.nvmlShutdown.Raw();
}

std::optional<Failure> NvmlSession::Open(bool attach) {
  if (!attach && !nvml_.nvmlInitWithFlags)
    return Because("driver_too_old", "%s has no nvmlInitWithFlags", nvml_.library.Path());
  const nvmlReturn_t code =
      attach ? nvml_.nvmlInit_v2.Raw() : nvml_.nvmlInitWithFlags.Raw(NVML_INIT_FLAG_NO_ATTACH);
  open_ = code == NVML_SUCCESS;
  if (!open_) return Nvml::Explain(attach ? "nvmlInit_v2" : "nvmlInitWithFlags", code);
  return std::nullopt;
}
