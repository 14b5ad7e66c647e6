#include "function_ipc/staging.h"

#include <cstring>

namespace {

/// What this driver never does is no failure of today's.
std::optional<Failure> Lenient(std::optional<Failure> failure) {
  if (failure && std::strcmp(failure->reason, "not_supported") == 0) failure->outcome = "skipped";
  return failure;
}

}  // namespace

std::optional<Failure> Staging::Open(const StagingRequest& request, int descriptor) {
  if (request.pinned && !request.shared) return Allocate(request.bytes);
  const std::size_t head = request.shared ? kStagingHead : 0;
  if (auto failure = mapping_.Map(request.shared ? descriptor : -1, head + request.bytes))
    return failure;
  data_ = mapping_.Data() + head;
  if (!request.pinned) return std::nullopt;
  return Register(request.bytes);
}

std::optional<Failure> Staging::Allocate(std::size_t bytes) {
  void* memory = nullptr;
  auto failure = Lenient(driver_.cuMemHostAlloc(&memory, bytes, 0));
  allocated_ = memory != nullptr;
  data_ = static_cast<unsigned char*>(memory);
  return failure;
}

std::optional<Failure> Staging::Register(std::size_t bytes) {
  const CUresult code = driver_.cuMemHostRegister_v2.Raw(data_, bytes, 0);
  registered_ = code == CUDA_SUCCESS;
  if (registered_) return std::nullopt;
  return Lenient(driver_.cuda.Explain(driver_.cuMemHostRegister_v2.Name(), code));
}

std::optional<Failure> Staging::Release() {
  CUresult code = CUDA_SUCCESS;
  const auto& give_back = allocated_ ? driver_.cuMemFreeHost : driver_.cuMemHostUnregister;
  if (allocated_ || registered_) code = give_back.Raw(data_);
  mapping_.Unmap();
  data_ = nullptr;
  allocated_ = false;
  registered_ = false;
  if (code == CUDA_SUCCESS) return std::nullopt;
  return driver_.cuda.Explain(give_back.Name(), code);
}
