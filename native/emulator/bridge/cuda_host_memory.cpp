#include "emulator/bridge/cuda_call.h"

namespace bridge = emulator::bridge;
using emulator::Context;
using emulator::Driver;
using emulator::Outcome;
using emulator::Status;

namespace {

// CU_MEMHOSTALLOC_PORTABLE, _DEVICEMAP and _WRITECOMBINED: what they ask for holds here anyway.
constexpr unsigned int kHostAllocFlags = 1 | 2 | 4;

// CU_MEMHOSTREGISTER_PORTABLE and _DEVICEMAP: so do they.
constexpr unsigned int kHostRegisterFlags = 1 | 2;

}  // namespace

extern "C" {

CUresult cuMemHostAlloc(void** memory, std::size_t bytes, unsigned int flags) {
  return bridge::CallContext("cuMemHostAlloc", [&](Driver& driver, Context&) -> Outcome {
    const bool valid = memory != nullptr && bytes != 0 && (flags & ~kHostAllocFlags) == 0;
    if (!valid) return Status::kInvalidValue;
    void* allocated = driver.PinnedMemory().Allocate(bytes);
    if (allocated == nullptr) return Status::kOutOfMemory;
    *memory = allocated;
    return Status::kSuccess;
  });
}

CUresult cuMemFreeHost(void* memory) {
  return bridge::CallContext("cuMemFreeHost", [&](Driver& driver, Context& context) -> Outcome {
    context.AwaitAll();
    return driver.PinnedMemory().Free(memory) ? Status::kSuccess : Status::kInvalidValue;
  });
}

CUresult cuMemHostRegister_v2(void* memory, std::size_t bytes, unsigned int flags) {
  return bridge::CallContext("cuMemHostRegister_v2", [&](Driver& driver, Context&) -> Outcome {
    const bool valid = memory != nullptr && bytes != 0 && (flags & ~kHostRegisterFlags) == 0;
    if (!valid) return Status::kInvalidValue;
    const bool locked = driver.PinnedMemory().Register(memory, bytes);
    return locked ? Status::kSuccess : Status::kHostMemoryAlreadyRegistered;
  });
}

CUresult cuMemHostUnregister(void* memory) {
  return bridge::CallContext(
      "cuMemHostUnregister", [&](Driver& driver, Context& context) -> Outcome {
        context.AwaitAll();
        const bool unlocked = driver.PinnedMemory().Unregister(memory);
        return unlocked ? Status::kSuccess : Status::kHostMemoryNotRegistered;
      });
}

}  // extern "C"
