#pragma once

#include "common/nvml_abi.h"

/// Every function of the interface; exports_test.sh sees to it that none is left out.
#define TEST_NVML_CALLS(X)                      \
  X(nvmlInit_v2)                                \
  X(nvmlInitWithFlags)                          \
  X(nvmlShutdown)                               \
  X(nvmlSystemGetDriverVersion)                 \
  X(nvmlSystemGetNVMLVersion)                   \
  X(nvmlSystemGetCudaDriverVersion_v2)          \
  X(nvmlDeviceGetCount_v2)                      \
  X(nvmlDeviceGetHandleByIndex_v2)              \
  X(nvmlDeviceGetHandleByUUID)                  \
  X(nvmlDeviceGetUUID)                          \
  X(nvmlDeviceGetName)                          \
  X(nvmlDeviceGetPciInfo_v3)                    \
  X(nvmlDeviceGetMemoryInfo)                    \
  X(nvmlDeviceGetMemoryInfo_v2)                 \
  X(nvmlDeviceGetComputeMode)                   \
  X(nvmlDeviceGetPersistenceMode)               \
  X(nvmlDeviceGetMigMode)                       \
  X(nvmlDeviceGetMaxMigDeviceCount)             \
  X(nvmlDeviceGetMigDeviceHandleByIndex)        \
  X(nvmlDeviceGetGpuInstanceId)                 \
  X(nvmlDeviceGetComputeInstanceId)             \
  X(nvmlDeviceGetUtilizationRates)              \
  X(nvmlDeviceGetFieldValues)                   \
  X(nvmlDeviceGetComputeRunningProcesses)       \
  X(nvmlDeviceGetComputeRunningProcesses_v2)    \
  X(nvmlDeviceGetComputeRunningProcesses_v3)    \
  X(nvmlDeviceGetGraphicsRunningProcesses)      \
  X(nvmlDeviceGetGraphicsRunningProcesses_v2)   \
  X(nvmlDeviceGetGraphicsRunningProcesses_v3)   \
  X(nvmlDeviceGetMPSComputeRunningProcesses)    \
  X(nvmlDeviceGetMPSComputeRunningProcesses_v2) \
  X(nvmlDeviceGetMPSComputeRunningProcesses_v3) \
  X(nvmlDeviceGetRetiredPagesPendingStatus)     \
  X(nvmlDeviceGetRemappedRows)                  \
  X(nvmlDeviceGetP2PStatus)                     \
  X(nvmlDeviceGetCurrPcieLinkGeneration)        \
  X(nvmlDeviceGetCurrPcieLinkWidth)             \
  X(nvmlDeviceGetMaxPcieLinkGeneration)         \
  X(nvmlDeviceGetMaxPcieLinkWidth)

namespace emulator::test {

/// The functions of one loaded library.
struct Nvml {
// NOLINTNEXTLINE(bugprone-macro-parentheses): the name of a member takes none
#define MEMBER(name) decltype(&::name) name = nullptr;
  TEST_NVML_CALLS(MEMBER)
#undef MEMBER
};

}  // namespace emulator::test
