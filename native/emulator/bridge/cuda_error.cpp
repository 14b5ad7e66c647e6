#include <algorithm>
#include <array>
#include <optional>

#include "emulator/bridge/cuda_call.h"

namespace {

struct ErrorName {
  CUresult error;
  const char* name;
};

#define NAME(error) \
  ErrorName {       \
    error, #error   \
  }
constexpr auto kErrorNames = std::array{
    NAME(CUDA_SUCCESS),
    NAME(CUDA_ERROR_INVALID_VALUE),
    NAME(CUDA_ERROR_OUT_OF_MEMORY),
    NAME(CUDA_ERROR_NOT_INITIALIZED),
    NAME(CUDA_ERROR_DEINITIALIZED),
    NAME(CUDA_ERROR_STUB_LIBRARY),
    NAME(CUDA_ERROR_CALL_REQUIRES_NEWER_DRIVER),
    NAME(CUDA_ERROR_DEVICE_UNAVAILABLE),
    NAME(CUDA_ERROR_NO_DEVICE),
    NAME(CUDA_ERROR_INVALID_DEVICE),
    NAME(CUDA_ERROR_INVALID_IMAGE),
    NAME(CUDA_ERROR_INVALID_CONTEXT),
    NAME(CUDA_ERROR_MAP_FAILED),
    NAME(CUDA_ERROR_NO_BINARY_FOR_GPU),
    NAME(CUDA_ERROR_ECC_UNCORRECTABLE),
    NAME(CUDA_ERROR_PEER_ACCESS_UNSUPPORTED),
    NAME(CUDA_ERROR_INVALID_PTX),
    NAME(CUDA_ERROR_NVLINK_UNCORRECTABLE),
    NAME(CUDA_ERROR_JIT_COMPILER_NOT_FOUND),
    NAME(CUDA_ERROR_UNSUPPORTED_PTX_VERSION),
    NAME(CUDA_ERROR_JIT_COMPILATION_DISABLED),
    NAME(CUDA_ERROR_CONTAINED),
    NAME(CUDA_ERROR_OPERATING_SYSTEM),
    NAME(CUDA_ERROR_INVALID_HANDLE),
    NAME(CUDA_ERROR_NOT_FOUND),
    NAME(CUDA_ERROR_NOT_READY),
    NAME(CUDA_ERROR_ILLEGAL_ADDRESS),
    NAME(CUDA_ERROR_LAUNCH_TIMEOUT),
    NAME(CUDA_ERROR_TOO_MANY_PEERS),
    NAME(CUDA_ERROR_HARDWARE_STACK_ERROR),
    NAME(CUDA_ERROR_ILLEGAL_INSTRUCTION),
    NAME(CUDA_ERROR_MISALIGNED_ADDRESS),
    NAME(CUDA_ERROR_INVALID_ADDRESS_SPACE),
    NAME(CUDA_ERROR_INVALID_PC),
    NAME(CUDA_ERROR_LAUNCH_FAILED),
    NAME(CUDA_ERROR_NOT_PERMITTED),
    NAME(CUDA_ERROR_NOT_SUPPORTED),
    NAME(CUDA_ERROR_SYSTEM_NOT_READY),
    NAME(CUDA_ERROR_SYSTEM_DRIVER_MISMATCH),
    NAME(CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE),
    NAME(CUDA_ERROR_MPS_CONNECTION_FAILED),
    NAME(CUDA_ERROR_MPS_RPC_FAILURE),
    NAME(CUDA_ERROR_MPS_SERVER_NOT_READY),
    NAME(CUDA_ERROR_MPS_MAX_CLIENTS_REACHED),
    NAME(CUDA_ERROR_MPS_MAX_CONNECTIONS_REACHED),
    NAME(CUDA_ERROR_MPS_CLIENT_TERMINATED),
    NAME(CUDA_ERROR_TIMEOUT),
    NAME(CUDA_ERROR_KEY_ROTATION),
    NAME(CUDA_ERROR_UNKNOWN),
};
#undef NAME

std::optional<int> FaultIfArmed(const char* call) {
  emulator::Emulator* armed = emulator::Emulator::IfArmed();
  return armed == nullptr ? std::nullopt : armed->faults.Inject(call, armed->pacer);
}

}  // namespace

extern "C" {

// A table, not the driver: it answers unarmed too, so that a refusal can be named.
CUresult cuGetErrorName(CUresult error, const char** name) {
  const auto fault = FaultIfArmed("cuGetErrorName");
  if (fault) return static_cast<CUresult>(*fault);
  if (name == nullptr) return CUDA_ERROR_INVALID_VALUE;
  const auto* found = std::find_if(kErrorNames.begin(), kErrorNames.end(),
                                   [&](const ErrorName& entry) { return entry.error == error; });
  const bool known = found != kErrorNames.end();
  *name = known ? found->name : nullptr;
  return known ? CUDA_SUCCESS : CUDA_ERROR_INVALID_VALUE;
}

}  // extern "C"
