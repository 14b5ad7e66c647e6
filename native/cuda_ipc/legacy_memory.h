// Device memory that processes share by a handle: cuIpcGetMemHandle and its kin.
#pragma once

#include <optional>

#include "cuda_ipc/ipc_parcel.h"
#include "transfer/transfer_driver.h"

/// Memory that is either made here, for others to open, or opened here. The one who made it must
/// outlast those who opened it.
class LegacyMemory {
 public:
  explicit LegacyMemory(const TransferDriver& driver) : driver_(driver) {}
  ~LegacyMemory() { Release(); }
  LegacyMemory(const LegacyMemory&) = delete;
  LegacyMemory& operator=(const LegacyMemory&) = delete;

  /// Skipped with `not_supported` where the driver has no such handles.
  static std::optional<Failure> Expect(const TransferDriver& driver);

  /// A block of its own, for the handle is the whole block's: whole units of 2 MiB.
  std::optional<Failure> Make(std::size_t bytes);
  std::optional<Failure> Export(IpcParcel& parcel) const;
  std::optional<Failure> Open(const IpcParcel& parcel);
  /// Frees it, or closes it.
  std::optional<Failure> Release();

  [[nodiscard]] CUdeviceptr Address() const { return memory_; }
  [[nodiscard]] std::size_t Bytes() const { return bytes_; }

 private:
  const TransferDriver& driver_;
  CUdeviceptr memory_ = 0;
  std::size_t bytes_ = 0;
  bool opened_ = false;  // made elsewhere
};
