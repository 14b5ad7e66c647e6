#include "cuda_ipc/ipc_fence.h"

#include <cstring>

void IpcFence::Make(CUdevice device) {
  constexpr unsigned kFlags = CU_EVENT_INTERPROCESS | CU_EVENT_DISABLE_TIMING;
  constexpr auto kAttribute = CU_DEVICE_ATTRIBUTE_IPC_EVENT_SUPPORTED;
  int supported = 0;
  (void)driver_.cuda.cuDeviceGetAttribute.Raw(&supported, kAttribute, device);
  if (supported == 0 || !driver_.cuIpcGetEventHandle || !driver_.cuIpcOpenEventHandle) return;
  if (driver_.cuEventCreate.Raw(&event_, kFlags) != CUDA_SUCCESS) event_ = nullptr;
}

bool IpcFence::Export(unsigned char* handle) {
  CUipcEventHandle made{};
  if (event_ == nullptr) return false;
  if (driver_.cuIpcGetEventHandle.Raw(&made, event_) != CUDA_SUCCESS) return false;
  std::memcpy(handle, made.reserved, sizeof made.reserved);
  return true;
}

void IpcFence::Open(const unsigned char* handle) {
  CUipcEventHandle made{};
  std::memcpy(made.reserved, handle, sizeof made.reserved);
  if (driver_.cuIpcOpenEventHandle.Raw(&event_, made) != CUDA_SUCCESS) event_ = nullptr;
}

std::optional<Failure> IpcFence::Record(const TransferSession& session) const {
  if (event_ == nullptr) return std::nullopt;
  return driver_.cuEventRecord(event_, session.Stream());
}

std::optional<Failure> IpcFence::Await(const TransferSession& session) const {
  if (event_ == nullptr) return std::nullopt;
  return driver_.cuStreamWaitEvent(session.Stream(), event_, 0);
}

void IpcFence::Release() {
  if (event_ != nullptr) (void)driver_.cuEventDestroy_v2.Raw(event_);
  event_ = nullptr;
}
