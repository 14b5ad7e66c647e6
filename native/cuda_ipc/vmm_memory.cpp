#include "cuda_ipc/vmm_memory.h"

namespace {

/// The name of the first function that is needed and not there.
const char* Missing(const TransferDriver& driver) {
  const char* missing = nullptr;
  NoteMissing(driver.cuMemGetAllocationGranularity, missing);
  NoteMissing(driver.cuMemCreate, missing);
  NoteMissing(driver.cuMemRelease, missing);
  NoteMissing(driver.cuMemAddressReserve, missing);
  NoteMissing(driver.cuMemAddressFree, missing);
  NoteMissing(driver.cuMemMap, missing);
  NoteMissing(driver.cuMemUnmap, missing);
  NoteMissing(driver.cuMemSetAccess, missing);
  NoteMissing(driver.cuMemExportToShareableHandle, missing);
  NoteMissing(driver.cuMemImportFromShareableHandle, missing);
  return missing;
}

/// An attribute that the driver does not know is one that the device does not have.
bool Has(const Driver& cuda, CUdevice device, CUdevice_attribute attribute) {
  int value = 0;
  return cuda.cuDeviceGetAttribute.Raw(&value, attribute, device) == CUDA_SUCCESS && value != 0;
}

}  // namespace

std::optional<Failure> VmmMemory::Expect(const TransferDriver& driver, CUdevice device) {
  const Driver& cuda = driver.cuda;
  if (const char* const missing = Missing(driver))
    return Skipped("not_supported", "%s has no %s", cuda.library.Path(), missing);
  if (!Has(cuda, device, CU_DEVICE_ATTRIBUTE_VIRTUAL_MEMORY_MANAGEMENT_SUPPORTED))
    return Skipped("not_supported", "the device has no virtual memory management");
  if (!Has(cuda, device, CU_DEVICE_ATTRIBUTE_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR_SUPPORTED))
    return Skipped("not_supported", "the device's memory has no file descriptors");
  return std::nullopt;
}

std::optional<Failure> VmmMemory::Make(std::size_t bytes) {
  CUmemAllocationProp wanted{};
  wanted.type = CU_MEM_ALLOCATION_TYPE_PINNED;
  wanted.requestedHandleTypes = CU_MEM_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR;
  wanted.location = Here();
  std::size_t unit = 0;
  if (auto failure =
          driver_.cuMemGetAllocationGranularity(&unit, &wanted, CU_MEM_ALLOC_GRANULARITY_MINIMUM))
    return failure;
  bytes_ = (bytes + unit - 1) / unit * unit;
  if (auto failure = driver_.cuMemCreate(&physical_, bytes_, &wanted, 0)) return failure;
  return Map();
}

std::optional<Failure> VmmMemory::Export(IpcParcel& parcel) const {
  parcel.bytes = bytes_;
  return driver_.cuMemExportToShareableHandle(parcel.descriptor.Receive(), physical_,
                                              CU_MEM_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR, 0);
}

std::optional<Failure> VmmMemory::Open(const IpcParcel& parcel) {
  const auto number = static_cast<std::uintptr_t>(parcel.descriptor.Number());
  // NOLINTNEXTLINE(performance-no-int-to-ptr): that is how a descriptor is handed over
  void* const handle = reinterpret_cast<void*>(number);
  bytes_ = parcel.bytes;
  if (auto failure = driver_.cuMemImportFromShareableHandle(
          &physical_, handle, CU_MEM_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR))
    return failure;
  return Map();
}

std::optional<Failure> VmmMemory::Map() {
  const CUmemAccessDesc access{Here(), CU_MEM_ACCESS_FLAGS_PROT_READWRITE};
  if (auto failure = driver_.cuMemAddressReserve(&memory_, bytes_, 0, 0, 0)) return failure;
  const CUresult code = driver_.cuMemMap.Raw(memory_, bytes_, 0, physical_, 0);
  mapped_ = code == CUDA_SUCCESS;
  if (!mapped_) return driver_.cuda.Explain(driver_.cuMemMap.Name(), code);
  return driver_.cuMemSetAccess(memory_, bytes_, &access, 1);
}

std::optional<Failure> VmmMemory::Release() {
  std::optional<Failure> first;
  const auto give_back = [&](const auto& call, auto... taken) {
    const CUresult code = call.Raw(taken...);
    if (code != CUDA_SUCCESS && !first) first = driver_.cuda.Explain(call.Name(), code);
  };
  if (mapped_) give_back(driver_.cuMemUnmap, memory_, bytes_);
  if (memory_ != 0) give_back(driver_.cuMemAddressFree, memory_, bytes_);
  if (physical_ != 0) give_back(driver_.cuMemRelease, physical_);
  mapped_ = false;
  memory_ = 0;
  physical_ = 0;
  return first;
}
