#include "common/driver.h"

#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "common/reasons.h"

namespace {

bool StartsWith(const char* text, const char* prefix) {
  return std::strncmp(text, prefix, std::strlen(prefix)) == 0;
}

CudaCircumstances CircumstancesOf(const char* call) {
  CudaCircumstances circumstances;
  circumstances.initializing = std::strcmp(call, "cuInit") == 0;
  circumstances.opening_ipc = StartsWith(call, "cuIpcOpen") || StartsWith(call, "cuMemImport");
  circumstances.kernel_driver = access("/proc/driver/nvidia/version", F_OK) == 0;
  return circumstances;
}

}  // namespace

std::optional<Failure> Driver::Load(const char* file) {
  if (auto failure = library.Open(file)) return failure;
#define X(name) name.Bind(library, #name);
  CUDAPROBE_CUDA_REQUIRED(X)
  CUDAPROBE_CUDA_OPTIONAL(X)
#undef X
  // Drivers before R450 have it under its first name.
  if (!cuDevicePrimaryCtxRelease_v2)
    cuDevicePrimaryCtxRelease_v2.Bind(library, "cuDevicePrimaryCtxRelease");
  const char* missing = nullptr;
#define X(name) NoteMissing(name, missing);
  CUDAPROBE_CUDA_REQUIRED(X)
#undef X
  if (missing == nullptr) return std::nullopt;
  return Because("driver_too_old", "%s has no %s", library.Path(), missing);
}

Failure Driver::Explain(const char* call, CUresult code) const {
  const char* name = nullptr;
  Failure failure = Because(CudaReason(code, CircumstancesOf(call)), "%s failed", call);
  if (cuGetErrorName && cuGetErrorName.Raw(code, &name) == CUDA_SUCCESS && name != nullptr) {
    (void)std::snprintf(failure.code, sizeof failure.code, "%s", name);
  } else {
    (void)std::snprintf(failure.code, sizeof failure.code, "CUDA_ERROR_%d", code);
  }
  return failure;
}
