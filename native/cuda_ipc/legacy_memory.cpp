#include "cuda_ipc/legacy_memory.h"

#include <cstring>

std::optional<Failure> LegacyMemory::Expect(const TransferDriver& driver) {
  const char* missing = nullptr;
  NoteMissing(driver.cuIpcGetMemHandle, missing);
  NoteMissing(driver.cuIpcOpenMemHandle_v2, missing);
  NoteMissing(driver.cuIpcCloseMemHandle, missing);
  if (missing == nullptr) return std::nullopt;
  return Skipped("not_supported", "%s has no %s", driver.cuda.library.Path(), missing);
}

std::optional<Failure> LegacyMemory::Make(std::size_t bytes) {
  constexpr std::size_t kBlock = std::size_t{2} << 20U;
  bytes_ = (bytes + kBlock - 1) / kBlock * kBlock;
  return driver_.cuda.cuMemAlloc_v2(&memory_, bytes_);
}

std::optional<Failure> LegacyMemory::Export(IpcParcel& parcel) const {
  CUipcMemHandle handle{};
  if (auto failure = driver_.cuIpcGetMemHandle(&handle, memory_)) return failure;
  static_assert(sizeof handle.reserved == sizeof parcel.handle);
  std::memcpy(parcel.handle, handle.reserved, sizeof handle.reserved);
  parcel.bytes = bytes_;
  return std::nullopt;
}

std::optional<Failure> LegacyMemory::Open(const IpcParcel& parcel) {
  CUipcMemHandle handle{};
  std::memcpy(handle.reserved, parcel.handle, sizeof handle.reserved);
  opened_ = true;
  bytes_ = parcel.bytes;
  return driver_.cuIpcOpenMemHandle_v2(&memory_, handle, CU_IPC_MEM_LAZY_ENABLE_PEER_ACCESS);
}

std::optional<Failure> LegacyMemory::Release() {
  if (memory_ == 0) return std::nullopt;
  const auto& give_back = opened_ ? driver_.cuIpcCloseMemHandle : driver_.cuda.cuMemFree_v2;
  const CUresult code = give_back.Raw(memory_);
  memory_ = 0;
  if (code == CUDA_SUCCESS) return std::nullopt;
  return driver_.cuda.Explain(give_back.Name(), code);
}
