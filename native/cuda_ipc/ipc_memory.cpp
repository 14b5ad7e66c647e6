#include "cuda_ipc/ipc_memory.h"

std::optional<Failure> IpcMemory::Expect(const IpcMemoryUse& use) {
  return use.mechanism == IpcMechanism::kLegacy ? LegacyMemory::Expect(use.driver)
                                                : VmmMemory::Expect(use.driver, use.device);
}

std::optional<Failure> IpcMemory::Make(std::size_t bytes) {
  return IsLegacy() ? legacy_.Make(bytes) : vmm_.Make(bytes);
}

std::optional<Failure> IpcMemory::Export(IpcParcel& parcel) const {
  return IsLegacy() ? legacy_.Export(parcel) : vmm_.Export(parcel);
}

std::optional<Failure> IpcMemory::Open(const IpcParcel& parcel) {
  return IsLegacy() ? legacy_.Open(parcel) : vmm_.Open(parcel);
}

std::optional<Failure> IpcMemory::Release() {
  return IsLegacy() ? legacy_.Release() : vmm_.Release();
}

DeviceSpan IpcMemory::Span(std::size_t bytes) const {
  return {IsLegacy() ? legacy_.Address() : vmm_.Address(), bytes};
}

std::size_t IpcMemory::Bytes() const {
  return IsLegacy() ? legacy_.Bytes() : vmm_.Bytes();
}
