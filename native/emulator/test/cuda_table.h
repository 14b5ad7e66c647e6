#pragma once

#include "common/cuda_abi.h"

/// Every function of the interface; exports_test.sh sees to it that none is left out.
#define TEST_CUDA_CALLS(X)          \
  X(cuInit)                         \
  X(cuDriverGetVersion)             \
  X(cuGetErrorName)                 \
  X(cuDeviceGetCount)               \
  X(cuDeviceGet)                    \
  X(cuDeviceGetName)                \
  X(cuDeviceGetUuid)                \
  X(cuDeviceGetUuid_v2)             \
  X(cuDeviceGetAttribute)           \
  X(cuDeviceGetPCIBusId)            \
  X(cuDeviceTotalMem_v2)            \
  X(cuDeviceCanAccessPeer)          \
  X(cuDevicePrimaryCtxRetain)       \
  X(cuDevicePrimaryCtxRelease_v2)   \
  X(cuDevicePrimaryCtxGetState)     \
  X(cuCtxSetCurrent)                \
  X(cuCtxSynchronize)               \
  X(cuMemAlloc_v2)                  \
  X(cuMemFree_v2)                   \
  X(cuMemGetInfo_v2)                \
  X(cuMemGetAddressRange_v2)        \
  X(cuMemHostAlloc)                 \
  X(cuMemFreeHost)                  \
  X(cuMemHostRegister_v2)           \
  X(cuMemHostUnregister)            \
  X(cuMemcpyHtoD_v2)                \
  X(cuMemcpyDtoH_v2)                \
  X(cuMemcpyDtoD_v2)                \
  X(cuMemcpyHtoDAsync_v2)           \
  X(cuMemcpyDtoHAsync_v2)           \
  X(cuMemcpyDtoDAsync_v2)           \
  X(cuMemsetD8_v2)                  \
  X(cuMemsetD32_v2)                 \
  X(cuMemsetD8Async)                \
  X(cuIpcGetMemHandle)              \
  X(cuIpcOpenMemHandle_v2)          \
  X(cuIpcCloseMemHandle)            \
  X(cuIpcGetEventHandle)            \
  X(cuIpcOpenEventHandle)           \
  X(cuMemGetAllocationGranularity)  \
  X(cuMemCreate)                    \
  X(cuMemRelease)                   \
  X(cuMemAddressReserve)            \
  X(cuMemAddressFree)               \
  X(cuMemMap)                       \
  X(cuMemUnmap)                     \
  X(cuMemSetAccess)                 \
  X(cuMemExportToShareableHandle)   \
  X(cuMemImportFromShareableHandle) \
  X(cuModuleLoadData)               \
  X(cuModuleGetFunction)            \
  X(cuModuleUnload)                 \
  X(cuModuleGetLoadingMode)         \
  X(cuLaunchKernel)                 \
  X(cuStreamCreate)                 \
  X(cuStreamSynchronize)            \
  X(cuStreamWaitEvent)              \
  X(cuStreamDestroy_v2)             \
  X(cuEventCreate)                  \
  X(cuEventRecord)                  \
  X(cuEventQuery)                   \
  X(cuEventSynchronize)             \
  X(cuEventElapsedTime)             \
  X(cuEventDestroy_v2)

namespace emulator::test {

/// The functions of one loaded library.
struct Cuda {
// NOLINTNEXTLINE(bugprone-macro-parentheses): the name of a member takes none
#define MEMBER(name) decltype(&::name) name = nullptr;
  TEST_CUDA_CALLS(MEMBER)
#undef MEMBER
};

}  // namespace emulator::test
