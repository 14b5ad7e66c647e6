// The part of the CUDA driver's binary interface that cudaprobe uses, written from its
// documentation.
//
// cuda.h is not included anywhere: its macros redirect names to versions that older drivers lack
// (cuCtxCreate becomes cuCtxCreate_v4), and without it g++ alone builds the probes. The names here
// are the pinned old ones, present from R450 on. test/cuda_abi_test.cpp compares them with cuda.h
// where one is installed.
#pragma once

#include "common/cuda_types.h"

extern "C" {

CUresult cuInit(unsigned int flags);
CUresult cuDriverGetVersion(int* version);
CUresult cuGetErrorName(CUresult error, const char** name);

CUresult cuDeviceGetCount(int* count);
CUresult cuDeviceGet(CUdevice* device, int ordinal);
CUresult cuDeviceGetName(char* name, int length, CUdevice device);
CUresult cuDeviceGetUuid(CUuuid* uuid, CUdevice device);
CUresult cuDeviceGetUuid_v2(CUuuid* uuid, CUdevice device);
CUresult cuDeviceGetAttribute(int* value, CUdevice_attribute attribute, CUdevice device);
CUresult cuDeviceGetPCIBusId(char* bus_id, int length, CUdevice device);
CUresult cuDeviceTotalMem_v2(std::size_t* bytes, CUdevice device);
CUresult cuDeviceCanAccessPeer(int* can, CUdevice device, CUdevice peer);

CUresult cuDevicePrimaryCtxRetain(CUcontext* context, CUdevice device);
CUresult cuDevicePrimaryCtxRelease_v2(CUdevice device);
CUresult cuDevicePrimaryCtxGetState(CUdevice device, unsigned int* flags, int* active);
CUresult cuCtxSetCurrent(CUcontext context);
CUresult cuCtxSynchronize();

CUresult cuMemAlloc_v2(CUdeviceptr* memory, std::size_t bytes);
CUresult cuMemFree_v2(CUdeviceptr memory);
CUresult cuMemGetInfo_v2(std::size_t* free_bytes, std::size_t* total_bytes);
CUresult cuMemGetAddressRange_v2(CUdeviceptr* base, std::size_t* bytes, CUdeviceptr memory);
CUresult cuMemHostAlloc(void** memory, std::size_t bytes, unsigned int flags);
CUresult cuMemFreeHost(void* memory);
CUresult cuMemHostRegister_v2(void* memory, std::size_t bytes, unsigned int flags);
CUresult cuMemHostUnregister(void* memory);
CUresult cuMemcpyHtoD_v2(CUdeviceptr destination, const void* source, std::size_t bytes);
CUresult cuMemcpyDtoH_v2(void* destination, CUdeviceptr source, std::size_t bytes);
CUresult cuMemcpyDtoD_v2(CUdeviceptr destination, CUdeviceptr source, std::size_t bytes);
CUresult cuMemcpyHtoDAsync_v2(CUdeviceptr destination, const void* source, std::size_t bytes,
                              CUstream stream);
CUresult cuMemcpyDtoHAsync_v2(void* destination, CUdeviceptr source, std::size_t bytes,
                              CUstream stream);
CUresult cuMemcpyDtoDAsync_v2(CUdeviceptr destination, CUdeviceptr source, std::size_t bytes,
                              CUstream stream);
CUresult cuMemsetD8_v2(CUdeviceptr destination, unsigned char value, std::size_t count);
CUresult cuMemsetD32_v2(CUdeviceptr destination, unsigned int value, std::size_t count);
CUresult cuMemsetD8Async(CUdeviceptr destination, unsigned char value, std::size_t count,
                         CUstream stream);

CUresult cuIpcGetMemHandle(CUipcMemHandle* handle, CUdeviceptr memory);
CUresult cuIpcOpenMemHandle_v2(CUdeviceptr* memory, CUipcMemHandle handle, unsigned int flags);
CUresult cuIpcCloseMemHandle(CUdeviceptr memory);
CUresult cuIpcGetEventHandle(CUipcEventHandle* handle, CUevent event);
CUresult cuIpcOpenEventHandle(CUevent* event, CUipcEventHandle handle);

CUresult cuMemGetAllocationGranularity(std::size_t* bytes, const CUmemAllocationProp* wanted,
                                       CUmemAllocationGranularity_flags option);
CUresult cuMemCreate(CUmemGenericAllocationHandle* handle, std::size_t bytes,
                     const CUmemAllocationProp* wanted, unsigned long long flags);
CUresult cuMemRelease(CUmemGenericAllocationHandle handle);
CUresult cuMemAddressReserve(CUdeviceptr* memory, std::size_t bytes, std::size_t alignment,
                             CUdeviceptr near, unsigned long long flags);
CUresult cuMemAddressFree(CUdeviceptr memory, std::size_t bytes);
CUresult cuMemMap(CUdeviceptr memory, std::size_t bytes, std::size_t offset,
                  CUmemGenericAllocationHandle handle, unsigned long long flags);
CUresult cuMemUnmap(CUdeviceptr memory, std::size_t bytes);
CUresult cuMemSetAccess(CUdeviceptr memory, std::size_t bytes, const CUmemAccessDesc* access,
                        std::size_t count);
/// `exported` points to an int that becomes a file descriptor, which is the caller's to close.
CUresult cuMemExportToShareableHandle(void* exported, CUmemGenericAllocationHandle handle,
                                      CUmemAllocationHandleType type, unsigned long long flags);
/// `imported` is the file descriptor itself, as a pointer; it stays the caller's to close.
CUresult cuMemImportFromShareableHandle(CUmemGenericAllocationHandle* handle, void* imported,
                                        CUmemAllocationHandleType type);

CUresult cuModuleLoadData(CUmodule* module, const void* image);
CUresult cuModuleGetFunction(CUfunction* function, CUmodule module, const char* name);
CUresult cuModuleUnload(CUmodule module);
CUresult cuModuleGetLoadingMode(CUmoduleLoadingMode* mode);
CUresult cuLaunchKernel(CUfunction function, unsigned int grid_x, unsigned int grid_y,
                        unsigned int grid_z, unsigned int block_x, unsigned int block_y,
                        unsigned int block_z, unsigned int shared_bytes, CUstream stream,
                        void** parameters, void** extra);

CUresult cuStreamCreate(CUstream* stream, unsigned int flags);
CUresult cuStreamSynchronize(CUstream stream);
CUresult cuStreamWaitEvent(CUstream stream, CUevent event, unsigned int flags);
CUresult cuStreamDestroy_v2(CUstream stream);
CUresult cuEventCreate(CUevent* event, unsigned int flags);
CUresult cuEventRecord(CUevent event, CUstream stream);
CUresult cuEventQuery(CUevent event);
CUresult cuEventSynchronize(CUevent event);
CUresult cuEventElapsedTime(float* milliseconds, CUevent start, CUevent end);
CUresult cuEventDestroy_v2(CUevent event);

}  // extern "C"

// A name a line.
// clang-format off

/// What a probe cannot do without: the loader fails with `driver_too_old` and the symbol's name
/// where one is missing.
#define CUDAPROBE_CUDA_REQUIRED(X) \
  X(cuInit)                        \
  X(cuDriverGetVersion)            \
  X(cuGetErrorName)                \
  X(cuDeviceGetCount)              \
  X(cuDeviceGet)                   \
  X(cuDeviceGetUuid)               \
  X(cuDeviceGetAttribute)          \
  X(cuDevicePrimaryCtxRetain)      \
  X(cuDevicePrimaryCtxRelease_v2)  \
  X(cuCtxSetCurrent)               \
  X(cuCtxSynchronize)              \
  X(cuMemAlloc_v2)                 \
  X(cuMemFree_v2)                  \
  X(cuMemcpyDtoH_v2)               \
  X(cuModuleLoadData)              \
  X(cuModuleGetFunction)           \
  X(cuModuleUnload)                \
  X(cuLaunchKernel)

/// What is used where the driver has it: null where it has not.
#define CUDAPROBE_CUDA_OPTIONAL(X) \
  X(cuDeviceGetUuid_v2)            \
  X(cuModuleGetLoadingMode)
// clang-format on
