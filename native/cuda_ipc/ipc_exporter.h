// The process of cuda_ipc that shares its device memory.
#pragma once

#include "common/clock.h"
#include "cuda_ipc/ipc_fence.h"
#include "cuda_ipc/ipc_memory.h"
#include "cuda_ipc/remote_importer.h"

/// What it has to share with, and on which terms.
struct IpcExporter {
  explicit IpcExporter(IpcMechanism wanted) : mechanism(wanted) {}

  /// Skipped where the mechanism is not there, or too little memory is free for both sides.
  std::optional<Failure> Allocate(std::size_t largest);
  /// Has an importer get ready for sizes up to `largest`. Skipped with `not_supported` where its
  /// GPU cannot reach this one.
  std::optional<Failure> Meet(RemoteImporter& importer, std::size_t largest);
  /// When no importer is left.
  std::optional<Failure> Release();

  [[nodiscard]] IpcMemoryUse Use() const { return {driver, mechanism, session.Device()}; }

  IpcMechanism mechanism;
  TransferDriver driver;
  TransferSession session{driver};
  IpcFence fence{driver};
  std::uint32_t seed = static_cast<std::uint32_t>(ReadClock());  // of the last pattern
  std::uint64_t copied_bytes = 0;                                // the payload of all copies
};
