// What cuda_abi.h declares, by name.
#pragma once

// A name a line.
// clang-format off
#define CUDA_FUNCTIONS(X)                            \
  X(cuInit)                                          \
  X(cuDriverGetVersion)                              \
  X(cuGetErrorName)                                  \
  X(cuDeviceGetCount)                                \
  X(cuDeviceGet)                                     \
  X(cuDeviceGetName)                                 \
  X(cuDeviceGetUuid)                                 \
  X(cuDeviceGetUuid_v2)                              \
  X(cuDeviceGetAttribute)                            \
  X(cuDeviceGetPCIBusId)                             \
  X(cuDeviceTotalMem_v2)                             \
  X(cuDeviceCanAccessPeer)                           \
  X(cuDevicePrimaryCtxRetain)                        \
  X(cuDevicePrimaryCtxRelease_v2)                    \
  X(cuDevicePrimaryCtxGetState)                      \
  X(cuCtxSetCurrent)                                 \
  X(cuCtxSynchronize)                                \
  X(cuMemAlloc_v2)                                   \
  X(cuMemFree_v2)                                    \
  X(cuMemGetInfo_v2)                                 \
  X(cuMemGetAddressRange_v2)                         \
  X(cuMemHostAlloc)                                  \
  X(cuMemFreeHost)                                   \
  X(cuMemHostRegister_v2)                            \
  X(cuMemHostUnregister)                             \
  X(cuMemcpyHtoD_v2)                                 \
  X(cuMemcpyDtoH_v2)                                 \
  X(cuMemcpyDtoD_v2)                                 \
  X(cuMemcpyHtoDAsync_v2)                            \
  X(cuMemcpyDtoHAsync_v2)                            \
  X(cuMemcpyDtoDAsync_v2)                            \
  X(cuMemsetD8_v2)                                   \
  X(cuMemsetD32_v2)                                  \
  X(cuMemsetD8Async)                                 \
  X(cuIpcGetMemHandle)                               \
  X(cuIpcOpenMemHandle_v2)                           \
  X(cuIpcCloseMemHandle)                             \
  X(cuIpcGetEventHandle)                             \
  X(cuIpcOpenEventHandle)                            \
  X(cuMemGetAllocationGranularity)                   \
  X(cuMemCreate)                                     \
  X(cuMemRelease)                                    \
  X(cuMemAddressReserve)                             \
  X(cuMemAddressFree)                                \
  X(cuMemMap)                                        \
  X(cuMemUnmap)                                      \
  X(cuMemSetAccess)                                  \
  X(cuMemExportToShareableHandle)                    \
  X(cuMemImportFromShareableHandle)                  \
  X(cuModuleLoadData)                                \
  X(cuModuleGetFunction)                             \
  X(cuModuleUnload)                                  \
  X(cuModuleGetLoadingMode)                          \
  X(cuLaunchKernel)                                  \
  X(cuStreamCreate)                                  \
  X(cuStreamSynchronize)                             \
  X(cuStreamWaitEvent)                               \
  X(cuStreamDestroy_v2)                              \
  X(cuEventCreate)                                   \
  X(cuEventRecord)                                   \
  X(cuEventQuery)                                    \
  X(cuEventSynchronize)                              \
  X(cuEventElapsedTime)                              \
  X(cuEventDestroy_v2)

#define CUDA_RESULTS(X)                              \
  X(CUDA_SUCCESS)                                    \
  X(CUDA_ERROR_INVALID_VALUE)                        \
  X(CUDA_ERROR_OUT_OF_MEMORY)                        \
  X(CUDA_ERROR_NOT_INITIALIZED)                      \
  X(CUDA_ERROR_DEINITIALIZED)                        \
  X(CUDA_ERROR_STUB_LIBRARY)                         \
  X(CUDA_ERROR_CALL_REQUIRES_NEWER_DRIVER)           \
  X(CUDA_ERROR_DEVICE_UNAVAILABLE)                   \
  X(CUDA_ERROR_NO_DEVICE)                            \
  X(CUDA_ERROR_INVALID_DEVICE)                       \
  X(CUDA_ERROR_INVALID_IMAGE)                        \
  X(CUDA_ERROR_INVALID_CONTEXT)                      \
  X(CUDA_ERROR_MAP_FAILED)                           \
  X(CUDA_ERROR_NO_BINARY_FOR_GPU)                    \
  X(CUDA_ERROR_ECC_UNCORRECTABLE)                    \
  X(CUDA_ERROR_PEER_ACCESS_UNSUPPORTED)              \
  X(CUDA_ERROR_INVALID_PTX)                          \
  X(CUDA_ERROR_NVLINK_UNCORRECTABLE)                 \
  X(CUDA_ERROR_JIT_COMPILER_NOT_FOUND)               \
  X(CUDA_ERROR_UNSUPPORTED_PTX_VERSION)              \
  X(CUDA_ERROR_JIT_COMPILATION_DISABLED)             \
  X(CUDA_ERROR_CONTAINED)                            \
  X(CUDA_ERROR_OPERATING_SYSTEM)                     \
  X(CUDA_ERROR_INVALID_HANDLE)                       \
  X(CUDA_ERROR_NOT_FOUND)                            \
  X(CUDA_ERROR_NOT_READY)                            \
  X(CUDA_ERROR_ILLEGAL_ADDRESS)                      \
  X(CUDA_ERROR_LAUNCH_TIMEOUT)                       \
  X(CUDA_ERROR_TOO_MANY_PEERS)                       \
  X(CUDA_ERROR_HARDWARE_STACK_ERROR)                 \
  X(CUDA_ERROR_ILLEGAL_INSTRUCTION)                  \
  X(CUDA_ERROR_MISALIGNED_ADDRESS)                   \
  X(CUDA_ERROR_INVALID_ADDRESS_SPACE)                \
  X(CUDA_ERROR_INVALID_PC)                           \
  X(CUDA_ERROR_LAUNCH_FAILED)                        \
  X(CUDA_ERROR_NOT_PERMITTED)                        \
  X(CUDA_ERROR_NOT_SUPPORTED)                        \
  X(CUDA_ERROR_SYSTEM_NOT_READY)                     \
  X(CUDA_ERROR_SYSTEM_DRIVER_MISMATCH)               \
  X(CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE)       \
  X(CUDA_ERROR_MPS_CONNECTION_FAILED)                \
  X(CUDA_ERROR_MPS_RPC_FAILURE)                      \
  X(CUDA_ERROR_MPS_SERVER_NOT_READY)                 \
  X(CUDA_ERROR_MPS_MAX_CLIENTS_REACHED)              \
  X(CUDA_ERROR_MPS_MAX_CONNECTIONS_REACHED)          \
  X(CUDA_ERROR_MPS_CLIENT_TERMINATED)                \
  X(CUDA_ERROR_TIMEOUT)                              \
  X(CUDA_ERROR_KEY_ROTATION)                         \
  X(CUDA_ERROR_UNKNOWN)

#define CUDA_ATTRIBUTES(X)                           \
  X(CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT)        \
  X(CU_DEVICE_ATTRIBUTE_COMPUTE_MODE)                \
  X(CU_DEVICE_ATTRIBUTE_UNIFIED_ADDRESSING)          \
  X(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR)    \
  X(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR)    \
  X(CU_DEVICE_ATTRIBUTE_VIRTUAL_MEMORY_MANAGEMENT_SUPPORTED) \
  X(CU_DEVICE_ATTRIBUTE_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR_SUPPORTED) \
  X(CU_DEVICE_ATTRIBUTE_IPC_EVENT_SUPPORTED)         \
  X(CU_DEVICE_ATTRIBUTE_MPS_ENABLED)

#define CUDA_FLAGS(X)                                \
  X(CU_IPC_MEM_LAZY_ENABLE_PEER_ACCESS)              \
  X(CU_STREAM_NON_BLOCKING)                          \
  X(CU_EVENT_DISABLE_TIMING)                         \
  X(CU_EVENT_INTERPROCESS)                           \
  X(CU_MEM_LOCATION_TYPE_DEVICE)                     \
  X(CU_MEM_ALLOCATION_TYPE_PINNED)                   \
  X(CU_MEM_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR)        \
  X(CU_MEM_ALLOC_GRANULARITY_MINIMUM)                \
  X(CU_MEM_ACCESS_FLAGS_PROT_READWRITE)

#define CUDA_LOADING_MODES(X)                        \
  X(CU_MODULE_EAGER_LOADING)                         \
  X(CU_MODULE_LAZY_LOADING)
// clang-format on
