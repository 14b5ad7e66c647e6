#include "transfer/transfer_driver.h"

std::optional<Failure> TransferDriver::Load(const char* file) {
  if (auto failure = cuda.Load(file)) return failure;
#define X(name) name.Bind(cuda.library, #name);
  CUDAPROBE_TRANSFER_REQUIRED(X)
  CUDAPROBE_TRANSFER_OPTIONAL(X)
#undef X
  const char* missing = nullptr;
#define X(name) NoteMissing(name, missing);
  CUDAPROBE_TRANSFER_REQUIRED(X)
#undef X
  if (missing == nullptr) return std::nullopt;
  return Because("driver_too_old", "%s has no %s", cuda.library.Path(), missing);
}
