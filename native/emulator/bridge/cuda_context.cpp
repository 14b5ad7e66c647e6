#include "emulator/bridge/cuda_call.h"
#include "emulator/bridge/cuda_handles.h"

namespace bridge = emulator::bridge;
using emulator::Context;
using emulator::Driver;
using emulator::Outcome;
using emulator::Status;

extern "C" {

CUresult cuDevicePrimaryCtxRetain(CUcontext* context, CUdevice device) {
  return bridge::CallDriver("cuDevicePrimaryCtxRetain", [&](Driver& driver) {
    Context* primary = driver.ContextOf(device);
    if (primary == nullptr) return Status::kInvalidDevice;
    if (context == nullptr) return Status::kInvalidValue;
    const Status status = primary->Retain();
    if (status == Status::kSuccess) *context = bridge::ToHandle(primary);
    return status;
  });
}

CUresult cuDevicePrimaryCtxRelease_v2(CUdevice device) {
  return bridge::CallDriver("cuDevicePrimaryCtxRelease_v2", [&](Driver& driver) {
    Context* primary = driver.ContextOf(device);
    return primary == nullptr ? Status::kInvalidDevice : primary->Release();
  });
}

CUresult cuDevicePrimaryCtxGetState(CUdevice device, unsigned int* flags, int* active) {
  return bridge::CallDriver("cuDevicePrimaryCtxGetState", [&](Driver& driver) {
    const Context* primary = driver.ContextOf(device);
    if (primary == nullptr) return Status::kInvalidDevice;
    if (flags == nullptr || active == nullptr) return Status::kInvalidValue;
    *flags = 0;
    *active = primary->IsActive() ? 1 : 0;
    return Status::kSuccess;
  });
}

CUresult cuCtxSetCurrent(CUcontext context) {
  return bridge::CallDriver("cuCtxSetCurrent", [&](Driver& driver) {
    return driver.SetCurrent(bridge::FromHandle(context));
  });
}

CUresult cuCtxSynchronize() {
  return bridge::CallContext("cuCtxSynchronize", [](Driver&, Context& context) {
    return Outcome(context.AllStreams().AllPending());
  });
}

}  // extern "C"
