#include "common/reasons.h"

#include <algorithm>
#include <iterator>

namespace {

struct CudaEntry {
  CUresult code;
  const char* reason;
};

constexpr CudaEntry kCuda[] = {
    {CUDA_ERROR_OUT_OF_MEMORY, "oom"},
    {CUDA_ERROR_NOT_INITIALIZED, "system_not_ready"},
    {CUDA_ERROR_STUB_LIBRARY, "stub_library"},
    {CUDA_ERROR_CALL_REQUIRES_NEWER_DRIVER, "driver_too_old"},
    {CUDA_ERROR_DEVICE_UNAVAILABLE, "exclusive"},
    {CUDA_ERROR_INVALID_DEVICE, "no_device"},
    {CUDA_ERROR_INVALID_IMAGE, "ptx_jit"},
    {CUDA_ERROR_NO_BINARY_FOR_GPU, "ptx_jit"},
    {CUDA_ERROR_ECC_UNCORRECTABLE, "ecc"},
    {CUDA_ERROR_PEER_ACCESS_UNSUPPORTED, "nvlink"},
    {CUDA_ERROR_INVALID_PTX, "ptx_jit"},
    {CUDA_ERROR_NVLINK_UNCORRECTABLE, "nvlink"},
    {CUDA_ERROR_JIT_COMPILER_NOT_FOUND, "ptx_jit"},
    {CUDA_ERROR_UNSUPPORTED_PTX_VERSION, "driver_too_old"},
    {CUDA_ERROR_JIT_COMPILATION_DISABLED, "ptx_jit"},
    {CUDA_ERROR_CONTAINED, "ecc"},
    {CUDA_ERROR_OPERATING_SYSTEM, "permission"},
    {CUDA_ERROR_ILLEGAL_ADDRESS, "launch_failed"},
    {CUDA_ERROR_LAUNCH_TIMEOUT, "launch_failed"},
    {CUDA_ERROR_HARDWARE_STACK_ERROR, "launch_failed"},
    {CUDA_ERROR_ILLEGAL_INSTRUCTION, "launch_failed"},
    {CUDA_ERROR_MISALIGNED_ADDRESS, "launch_failed"},
    {CUDA_ERROR_INVALID_ADDRESS_SPACE, "launch_failed"},
    {CUDA_ERROR_INVALID_PC, "launch_failed"},
    {CUDA_ERROR_LAUNCH_FAILED, "launch_failed"},
    {CUDA_ERROR_NOT_PERMITTED, "permission"},
    {CUDA_ERROR_NOT_SUPPORTED, "not_supported"},
    {CUDA_ERROR_SYSTEM_NOT_READY, "system_not_ready"},
    {CUDA_ERROR_SYSTEM_DRIVER_MISMATCH, "driver_mismatch"},
    {CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE, "driver_mismatch"},
    {CUDA_ERROR_MPS_CONNECTION_FAILED, "mps_unavailable"},
    {CUDA_ERROR_MPS_RPC_FAILURE, "mps_unavailable"},
    {CUDA_ERROR_MPS_SERVER_NOT_READY, "mps_unavailable"},
    {CUDA_ERROR_MPS_MAX_CLIENTS_REACHED, "mps_full"},
    {CUDA_ERROR_MPS_MAX_CONNECTIONS_REACHED, "mps_full"},
    {CUDA_ERROR_MPS_CLIENT_TERMINATED, "mps_unavailable"},
    {CUDA_ERROR_TIMEOUT, "timeout"},
    {CUDA_ERROR_KEY_ROTATION, "system_not_ready"},
};

const char* FindCuda(CUresult code) {
  for (const CudaEntry& entry : kCuda) {
    if (entry.code == code) return entry.reason;
  }
  return "unknown";
}

/// These say so when another process's memory is opened; elsewhere they are mistakes of ours.
constexpr CUresult kIpcDenied[] = {CUDA_ERROR_INVALID_CONTEXT, CUDA_ERROR_MAP_FAILED,
                                   CUDA_ERROR_INVALID_HANDLE, CUDA_ERROR_TOO_MANY_PEERS};

bool DeniesIpc(CUresult code) {
  return std::any_of(std::begin(kIpcDenied), std::end(kIpcDenied),
                     [=](CUresult denied) { return denied == code; });
}

struct NvmlEntry {
  int code;
  const char* name;
  const char* reason;
};

constexpr NvmlEntry kNvml[] = {
    {1, "NVML_ERROR_UNINITIALIZED", "system_not_ready"},
    {2, "NVML_ERROR_INVALID_ARGUMENT", "unknown"},
    {3, "NVML_ERROR_NOT_SUPPORTED", "not_supported"},
    {4, "NVML_ERROR_NO_PERMISSION", "permission"},
    {5, "NVML_ERROR_ALREADY_INITIALIZED", "unknown"},
    {6, "NVML_ERROR_NOT_FOUND", "no_device"},
    {7, "NVML_ERROR_INSUFFICIENT_SIZE", "unknown"},
    {8, "NVML_ERROR_INSUFFICIENT_POWER", "unknown"},
    {9, "NVML_ERROR_DRIVER_NOT_LOADED", "no_driver"},
    {10, "NVML_ERROR_TIMEOUT", "timeout"},
    {11, "NVML_ERROR_IRQ_ISSUE", "unknown"},
    {12, "NVML_ERROR_LIBRARY_NOT_FOUND", "no_library"},
    {13, "NVML_ERROR_FUNCTION_NOT_FOUND", "driver_too_old"},
    {14, "NVML_ERROR_CORRUPTED_INFOROM", "unknown"},
    {15, "NVML_ERROR_GPU_IS_LOST", "gpu_lost"},
    {16, "NVML_ERROR_RESET_REQUIRED", "reset_required"},
    {17, "NVML_ERROR_OPERATING_SYSTEM", "permission"},
    {18, "NVML_ERROR_LIB_RM_VERSION_MISMATCH", "driver_mismatch"},
    {19, "NVML_ERROR_IN_USE", "exclusive"},
    {20, "NVML_ERROR_MEMORY", "oom"},
    {21, "NVML_ERROR_NO_DATA", "unknown"},
    {22, "NVML_ERROR_VGPU_ECC_NOT_SUPPORTED", "unknown"},
    {23, "NVML_ERROR_INSUFFICIENT_RESOURCES", "unknown"},
    {24, "NVML_ERROR_FREQ_NOT_SUPPORTED", "unknown"},
    {25, "NVML_ERROR_ARGUMENT_VERSION_MISMATCH", "driver_too_old"},
    {26, "NVML_ERROR_DEPRECATED", "unknown"},
    {27, "NVML_ERROR_NOT_READY", "system_not_ready"},
    {28, "NVML_ERROR_GPU_NOT_FOUND", "no_device"},
    {29, "NVML_ERROR_INVALID_STATE", "unknown"},
    {999, "NVML_ERROR_UNKNOWN", "unknown"},
};

const NvmlEntry* FindNvml(nvmlReturn_t code) {
  for (const NvmlEntry& entry : kNvml) {
    if (entry.code == code) return &entry;
  }
  return nullptr;
}

}  // namespace

const char* CudaReason(CUresult code, const CudaCircumstances& circumstances) {
  if (circumstances.opening_ipc && DeniesIpc(code)) return "ipc_denied";
  if (code == CUDA_ERROR_NO_DEVICE && !circumstances.kernel_driver) return "no_driver";
  // Where cuInit once succeeded, these say that what it found is gone.
  if (code == CUDA_ERROR_NO_DEVICE) return circumstances.initializing ? "no_device" : "gpu_lost";
  if (code == CUDA_ERROR_UNKNOWN) return circumstances.initializing ? "uvm_missing" : "gpu_lost";
  return FindCuda(code);
}

const char* NvmlReason(nvmlReturn_t code) {
  const NvmlEntry* const entry = FindNvml(code);
  return entry == nullptr ? "unknown" : entry->reason;
}

const char* NvmlName(nvmlReturn_t code) {
  const NvmlEntry* const entry = FindNvml(code);
  return entry == nullptr ? nullptr : entry->name;
}
