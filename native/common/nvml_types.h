// The types of NVML's binary interface that cudaprobe uses, written from its documentation. nvml.h
// is not included: few hosts have it. Struct sizes are checked here, at compile time, against the
// sizes NVML's API 13 has.
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" {

using nvmlDevice_t = struct nvmlDevice_st*;

/// Results of NVML calls. Only those that cudaprobe tells apart; the others travel as numbers.
enum nvmlReturn_t : int {
  NVML_SUCCESS = 0,
  NVML_ERROR_UNINITIALIZED = 1,
  NVML_ERROR_INVALID_ARGUMENT = 2,
  NVML_ERROR_NOT_SUPPORTED = 3,
  NVML_ERROR_NO_PERMISSION = 4,
  NVML_ERROR_NOT_FOUND = 6,
  NVML_ERROR_INSUFFICIENT_SIZE = 7,
  NVML_ERROR_DRIVER_NOT_LOADED = 9,
  NVML_ERROR_TIMEOUT = 10,
  NVML_ERROR_LIBRARY_NOT_FOUND = 12,
  NVML_ERROR_FUNCTION_NOT_FOUND = 13,
  NVML_ERROR_GPU_IS_LOST = 15,
  NVML_ERROR_RESET_REQUIRED = 16,
  NVML_ERROR_OPERATING_SYSTEM = 17,
  NVML_ERROR_LIB_RM_VERSION_MISMATCH = 18,
  NVML_ERROR_IN_USE = 19,
  NVML_ERROR_MEMORY = 20,
  NVML_ERROR_ARGUMENT_VERSION_MISMATCH = 25,
  NVML_ERROR_NOT_READY = 27,
  NVML_ERROR_GPU_NOT_FOUND = 28,
  NVML_ERROR_UNKNOWN = 999,
};

/// Flag of nvmlInitWithFlags: do not wake GPUs that nobody holds.
constexpr unsigned int NVML_INIT_FLAG_NO_ATTACH = 2;
/// Field of nvmlDeviceGetFieldValues: what has to be done before the GPU works again; 0 is nothing.
constexpr unsigned int NVML_FI_DEV_GET_GPU_RECOVERY_ACTION = 230;
/// What nvmlDeviceGetP2PStatus is asked, of two GPUs, and what it says where they have it.
constexpr int NVML_P2P_CAPS_INDEX_NVLINK = 2;
constexpr int NVML_P2P_STATUS_OK = 0;
/// The value that stands for "this cannot be told here". Never a number of bytes.
constexpr unsigned long long NVML_VALUE_NOT_AVAILABLE = ~0ULL;

/// Version 1: `used` contains what the driver reserves for itself.
struct nvmlMemory_t {
  unsigned long long total, free, used;
};
static_assert(sizeof(nvmlMemory_t) == 24);

/// Version 2: `reserved` stands apart. `version` must be NVML_MEMORY_V2_VERSION before the call.
struct nvmlMemory_v2_t {
  unsigned int version;
  unsigned long long total, reserved, free, used;
};
static_assert(sizeof(nvmlMemory_v2_t) == 40);
constexpr unsigned int NVML_MEMORY_V2_VERSION = 0x2000028;

struct nvmlUtilization_t {
  unsigned int gpu, memory;  // percent
};
static_assert(sizeof(nvmlUtilization_t) == 8);

struct nvmlPciInfo_t {
  char busIdLegacy[16];
  unsigned int domain, bus, device, pciDeviceId, pciSubSystemId;
  char busId[32];
};
static_assert(sizeof(nvmlPciInfo_t) == 68);

/// One process on a GPU, as the calls without a version fill it.
struct nvmlProcessInfo_v1_t {
  unsigned int pid;
  unsigned long long usedGpuMemory;
};
static_assert(sizeof(nvmlProcessInfo_v1_t) == 16);
static_assert(offsetof(nvmlProcessInfo_v1_t, usedGpuMemory) == 8);

/// The same, as the _v2 and _v3 calls fill it. Under the name of _v3 some drivers wrote records of
/// 32 bytes, with one more number at the end, and others version 1.
struct nvmlProcessInfo_t {
  unsigned int pid;
  unsigned long long usedGpuMemory;
  unsigned int gpuInstanceId, computeInstanceId;
};
static_assert(sizeof(nvmlProcessInfo_t) == 24);
static_assert(offsetof(nvmlProcessInfo_t, usedGpuMemory) == 8);

union nvmlValue_t {
  double dVal;
  int siVal;
  unsigned int uiVal;
  unsigned long ulVal;
  unsigned long long ullVal;
  signed long long sllVal;
  unsigned short usVal;
};
static_assert(sizeof(nvmlValue_t) == 8);

struct nvmlFieldValue_t {
  unsigned int fieldId, scopeId;
  long long timestamp, latencyUsec;
  unsigned int valueType;  // 0 double, 1 unsigned int, 2 unsigned long, 3 unsigned long long, 4
                           // signed long long, 5 int
  nvmlReturn_t nvmlReturn;
  nvmlValue_t value;
};
static_assert(sizeof(nvmlFieldValue_t) == 40);

}  // extern "C"
