#include <array>

#include "emulator/bridge/cuda_call.h"

namespace bridge = emulator::bridge;
using emulator::Driver;
using emulator::Emulator;
using emulator::Status;

namespace {

// The engine's numbers are the interface's.
static_assert(bridge::ToResult(Status::kInvalidValue) == CUDA_ERROR_INVALID_VALUE);
static_assert(bridge::ToResult(Status::kOutOfMemory) == CUDA_ERROR_OUT_OF_MEMORY);
static_assert(bridge::ToResult(Status::kNotInitialized) == CUDA_ERROR_NOT_INITIALIZED);
static_assert(bridge::ToResult(Status::kDeviceUnavailable) == CUDA_ERROR_DEVICE_UNAVAILABLE);
static_assert(bridge::ToResult(Status::kNoDevice) == CUDA_ERROR_NO_DEVICE);
static_assert(bridge::ToResult(Status::kInvalidDevice) == CUDA_ERROR_INVALID_DEVICE);
static_assert(bridge::ToResult(Status::kInvalidImage) == CUDA_ERROR_INVALID_IMAGE);
static_assert(bridge::ToResult(Status::kInvalidContext) == CUDA_ERROR_INVALID_CONTEXT);
static_assert(bridge::ToResult(Status::kMapFailed) == CUDA_ERROR_MAP_FAILED);
static_assert(bridge::ToResult(Status::kNotSupported) == CUDA_ERROR_NOT_SUPPORTED);
static_assert(bridge::ToResult(Status::kInvalidHandle) == CUDA_ERROR_INVALID_HANDLE);
static_assert(bridge::ToResult(Status::kNotFound) == CUDA_ERROR_NOT_FOUND);
static_assert(bridge::ToResult(Status::kNotReady) == CUDA_ERROR_NOT_READY);
static_assert(bridge::ToResult(Status::kIllegalAddress) == CUDA_ERROR_ILLEGAL_ADDRESS);
static_assert(bridge::ToResult(Status::kMisalignedAddress) == CUDA_ERROR_MISALIGNED_ADDRESS);
static_assert(bridge::ToResult(Status::kMpsConnectionFailed) == CUDA_ERROR_MPS_CONNECTION_FAILED);
static_assert(bridge::ToResult(Status::kMpsRpcFailure) == CUDA_ERROR_MPS_RPC_FAILURE);
static_assert(bridge::ToResult(Status::kMpsServerNotReady) == CUDA_ERROR_MPS_SERVER_NOT_READY);
static_assert(bridge::ToResult(Status::kMpsMaxClientsReached) ==
              CUDA_ERROR_MPS_MAX_CLIENTS_REACHED);

/// dlopen of a real driver takes time too. Silent and quick unless armed.
[[gnu::constructor]] void LoadDriver() {
  const emulator::Instant start = emulator::Now();
  Emulator* armed = Emulator::IfArmed();
  if (armed == nullptr) return;
  emulator::SleepUntil(start + armed->pacer.Draw(emulator::Latency::kLoadDriver));
}

}  // namespace

extern "C" {

CUresult cuInit(unsigned int flags) {
  return bridge::Call("cuInit", [&](Emulator& emulator) {
    Driver& driver = Driver::Of(emulator);
    const std::lock_guard lock(driver.Mutex());
    return bridge::ToResult(driver.Init(flags));
  });
}

CUresult cuDriverGetVersion(int* version) {
  return bridge::Call("cuDriverGetVersion", [&](const Emulator& emulator) {
    if (version == nullptr) return CUDA_ERROR_INVALID_VALUE;
    *version = static_cast<int>(emulator.settings.profile.cuda_driver_version);
    return CUDA_SUCCESS;
  });
}

}  // extern "C"
