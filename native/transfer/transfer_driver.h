// What of the CUDA driver only those probes use that pass data on: a table of its own, so that the
// others' cold starts do not look it up.
#pragma once

#include "common/driver.h"

// A name a line.
// clang-format off

/// What passing data on cannot do without, by whatever way.
#define CUDAPROBE_TRANSFER_REQUIRED(X) \
  X(cuMemGetInfo_v2)                   \
  X(cuMemHostAlloc)                    \
  X(cuMemFreeHost)                     \
  X(cuMemHostRegister_v2)              \
  X(cuMemHostUnregister)               \
  X(cuMemcpyHtoDAsync_v2)              \
  X(cuMemcpyDtoHAsync_v2)              \
  X(cuMemcpyDtoDAsync_v2)              \
  X(cuMemsetD8Async)                   \
  X(cuStreamCreate)                    \
  X(cuStreamSynchronize)               \
  X(cuStreamWaitEvent)                 \
  X(cuStreamDestroy_v2)                \
  X(cuEventCreate)                     \
  X(cuEventRecord)                     \
  X(cuEventQuery)                      \
  X(cuEventSynchronize)                \
  X(cuEventDestroy_v2)

/// What only some ways need, and not every driver has.
#define CUDAPROBE_TRANSFER_OPTIONAL(X) \
  X(cuDeviceGetPCIBusId)               \
  X(cuDeviceCanAccessPeer)             \
  X(cuEventElapsedTime)                \
  X(cuIpcGetMemHandle)                 \
  X(cuIpcOpenMemHandle_v2)             \
  X(cuIpcCloseMemHandle)               \
  X(cuIpcGetEventHandle)               \
  X(cuIpcOpenEventHandle)              \
  X(cuMemGetAllocationGranularity)     \
  X(cuMemCreate)                       \
  X(cuMemRelease)                      \
  X(cuMemAddressReserve)               \
  X(cuMemAddressFree)                  \
  X(cuMemMap)                          \
  X(cuMemUnmap)                        \
  X(cuMemSetAccess)                    \
  X(cuMemExportToShareableHandle)      \
  X(cuMemImportFromShareableHandle)
// clang-format on

/// The driver, and those functions of it.
struct TransferDriver {
  /// Loads `file` and looks everything up; `driver_too_old` where something required is missing.
  std::optional<Failure> Load(const char* file);

  Driver cuda;
// NOLINTNEXTLINE(bugprone-macro-parentheses): the name of a member takes none
#define X(name) Entry<Driver, decltype(&::name)> name{cuda, #name};
  CUDAPROBE_TRANSFER_REQUIRED(X)
  CUDAPROBE_TRANSFER_OPTIONAL(X)
#undef X
};
