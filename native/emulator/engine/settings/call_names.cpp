#include "emulator/engine/settings/call_names.h"

#include <algorithm>
#include <array>

namespace emulator {
namespace {

constexpr auto kCallNames = std::array{
    std::string_view{"cuInit"},
    std::string_view{"cuDriverGetVersion"},
    std::string_view{"cuGetErrorName"},
    std::string_view{"cuDeviceGetCount"},
    std::string_view{"cuDeviceGet"},
    std::string_view{"cuDeviceGetName"},
    std::string_view{"cuDeviceGetUuid"},
    std::string_view{"cuDeviceGetAttribute"},
    std::string_view{"cuDeviceGetPCIBusId"},
    std::string_view{"cuDeviceTotalMem_v2"},
    std::string_view{"cuDevicePrimaryCtxRetain"},
    std::string_view{"cuDevicePrimaryCtxRelease_v2"},
    std::string_view{"cuDevicePrimaryCtxGetState"},
    std::string_view{"cuCtxSetCurrent"},
    std::string_view{"cuCtxSynchronize"},
    std::string_view{"cuMemAlloc_v2"},
    std::string_view{"cuMemFree_v2"},
    std::string_view{"cuMemGetInfo_v2"},
    std::string_view{"cuMemGetAddressRange_v2"},
    std::string_view{"cuMemHostAlloc"},
    std::string_view{"cuMemFreeHost"},
    std::string_view{"cuMemcpyHtoD_v2"},
    std::string_view{"cuMemcpyDtoH_v2"},
    std::string_view{"cuMemcpyDtoD_v2"},
    std::string_view{"cuMemcpyHtoDAsync_v2"},
    std::string_view{"cuMemcpyDtoHAsync_v2"},
    std::string_view{"cuMemcpyDtoDAsync_v2"},
    std::string_view{"cuMemsetD8_v2"},
    std::string_view{"cuMemsetD32_v2"},
    std::string_view{"cuModuleLoadData"},
    std::string_view{"cuModuleGetFunction"},
    std::string_view{"cuModuleUnload"},
    std::string_view{"cuModuleGetLoadingMode"},
    std::string_view{"cuLaunchKernel"},
    std::string_view{"cuStreamCreate"},
    std::string_view{"cuStreamSynchronize"},
    std::string_view{"cuStreamWaitEvent"},
    std::string_view{"cuStreamDestroy_v2"},
    std::string_view{"cuEventCreate"},
    std::string_view{"cuEventRecord"},
    std::string_view{"cuEventQuery"},
    std::string_view{"cuEventSynchronize"},
    std::string_view{"cuEventElapsedTime"},
    std::string_view{"cuEventDestroy_v2"},
    std::string_view{"nvmlInit_v2"},
    std::string_view{"nvmlInitWithFlags"},
    std::string_view{"nvmlShutdown"},
    std::string_view{"nvmlSystemGetDriverVersion"},
    std::string_view{"nvmlSystemGetNVMLVersion"},
    std::string_view{"nvmlSystemGetCudaDriverVersion_v2"},
    std::string_view{"nvmlDeviceGetCount_v2"},
    std::string_view{"nvmlDeviceGetHandleByIndex_v2"},
    std::string_view{"nvmlDeviceGetHandleByUUID"},
    std::string_view{"nvmlDeviceGetUUID"},
    std::string_view{"nvmlDeviceGetName"},
    std::string_view{"nvmlDeviceGetPciInfo_v3"},
    std::string_view{"nvmlDeviceGetMemoryInfo"},
    std::string_view{"nvmlDeviceGetMemoryInfo_v2"},
    std::string_view{"nvmlDeviceGetComputeMode"},
    std::string_view{"nvmlDeviceGetPersistenceMode"},
    std::string_view{"nvmlDeviceGetMigMode"},
    std::string_view{"nvmlDeviceGetUtilizationRates"},
    std::string_view{"nvmlDeviceGetFieldValues"},
    std::string_view{"nvmlDeviceGetComputeRunningProcesses"},
    std::string_view{"nvmlDeviceGetComputeRunningProcesses_v2"},
    std::string_view{"nvmlDeviceGetComputeRunningProcesses_v3"},
    std::string_view{"nvmlDeviceGetGraphicsRunningProcesses"},
    std::string_view{"nvmlDeviceGetGraphicsRunningProcesses_v2"},
    std::string_view{"nvmlDeviceGetGraphicsRunningProcesses_v3"},
    std::string_view{"nvmlDeviceGetMPSComputeRunningProcesses"},
    std::string_view{"nvmlDeviceGetMPSComputeRunningProcesses_v2"},
    std::string_view{"nvmlDeviceGetMPSComputeRunningProcesses_v3"},
    std::string_view{"nvmlDeviceGetRetiredPagesPendingStatus"},
    std::string_view{"nvmlDeviceGetRemappedRows"},
};

}  // namespace

bool IsCallName(std::string_view name) {
  return std::find(kCallNames.begin(), kCallNames.end(), name) != kCallNames.end();
}

}  // namespace emulator
