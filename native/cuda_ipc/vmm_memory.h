// Device memory that processes share by a file descriptor: the virtual memory management.
#pragma once

#include <optional>

#include "cuda_ipc/ipc_parcel.h"
#include "transfer/transfer_driver.h"

/// Physical memory that is made here or imported, and a mapping of it that this process's device
/// may read and write.
class VmmMemory {
 public:
  /// `device` is this process's.
  VmmMemory(const TransferDriver& driver, CUdevice device) : driver_(driver), device_(device) {}
  ~VmmMemory() { Release(); }
  VmmMemory(const VmmMemory&) = delete;
  VmmMemory& operator=(const VmmMemory&) = delete;

  /// Skipped with `not_supported` where the driver or the device cannot.
  static std::optional<Failure> Expect(const TransferDriver& driver, CUdevice device);

  /// As much as asked for, in whole units of the device's granularity.
  std::optional<Failure> Make(std::size_t bytes);
  std::optional<Failure> Export(IpcParcel& parcel) const;
  std::optional<Failure> Open(const IpcParcel& parcel);
  /// Unmaps it, and lets go of the physical memory, which lasts as long as somebody holds it.
  std::optional<Failure> Release();

  [[nodiscard]] CUdeviceptr Address() const { return memory_; }
  [[nodiscard]] std::size_t Bytes() const { return bytes_; }

 private:
  [[nodiscard]] CUmemLocation Here() const { return {CU_MEM_LOCATION_TYPE_DEVICE, device_}; }
  std::optional<Failure> Map();

  const TransferDriver& driver_;
  CUdevice device_;
  CUmemGenericAllocationHandle physical_ = 0;
  CUdeviceptr memory_ = 0;  // the reserved addresses
  std::size_t bytes_ = 0;
  bool mapped_ = false;
};
