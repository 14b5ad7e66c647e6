// Device memory that two processes share, by whichever mechanism.
#pragma once

#include <optional>

#include "cuda_ipc/legacy_memory.h"
#include "cuda_ipc/vmm_memory.h"
#include "transfer/transfer_session.h"

enum class IpcMechanism { kLegacy, kVmmFd };

/// What a process does with shared memory, and on which device.
struct IpcMemoryUse {
  const TransferDriver& driver;
  IpcMechanism mechanism;
  CUdevice device;
};

/// Memory that is made here, exported and freed, or opened here and closed. Each of these makes the
/// mechanism's calls and nothing else, so that it can be timed.
class IpcMemory {
 public:
  explicit IpcMemory(const IpcMemoryUse& use)
      : mechanism_(use.mechanism), legacy_(use.driver), vmm_(use.driver, use.device) {}

  /// Skipped with `not_supported` where the mechanism is not there.
  static std::optional<Failure> Expect(const IpcMemoryUse& use);

  std::optional<Failure> Make(std::size_t bytes);
  std::optional<Failure> Export(IpcParcel& parcel) const;
  std::optional<Failure> Open(const IpcParcel& parcel);
  std::optional<Failure> Release();

  /// The first `bytes` of it, which are not more than Bytes().
  [[nodiscard]] DeviceSpan Span(std::size_t bytes) const;
  /// What it takes.
  [[nodiscard]] std::size_t Bytes() const;

 private:
  [[nodiscard]] bool IsLegacy() const { return mechanism_ == IpcMechanism::kLegacy; }

  IpcMechanism mechanism_;
  LegacyMemory legacy_;
  VmmMemory vmm_;
};
