#include "emulator/bridge/cuda_call.h"

namespace bridge = emulator::bridge;
using emulator::Context;
using emulator::Driver;
using emulator::Outcome;
using emulator::Status;

namespace {

// CU_MEMHOSTALLOC_PORTABLE, _DEVICEMAP and _WRITECOMBINED: what they ask for holds here anyway.
constexpr unsigned int kHostAllocFlags = 1 | 2 | 4;

}  // namespace

extern "C" {

CUresult cuMemAlloc_v2(CUdeviceptr* memory, std::size_t bytes) {
  return bridge::CallContext("cuMemAlloc_v2", [&](Driver&, Context& context) -> Outcome {
    if (memory == nullptr) return Status::kInvalidValue;
    const auto allocated = context.Allocate(bytes);
    if (allocated.status == Status::kSuccess) *memory = allocated.address;
    return allocated.status;
  });
}

CUresult cuMemFree_v2(CUdeviceptr memory) {
  return bridge::CallContext(
      "cuMemFree_v2", [&](Driver&, Context& context) -> Outcome { return context.Free(memory); });
}

CUresult cuMemGetInfo_v2(std::size_t* free_bytes, std::size_t* total_bytes) {
  return bridge::CallContext("cuMemGetInfo_v2", [&](Driver& driver, Context& context) -> Outcome {
    if (free_bytes == nullptr || total_bytes == nullptr) return Status::kInvalidValue;
    const auto memory = driver.Host().ledger.Memory(context.Gpu());
    *free_bytes = memory.free;
    *total_bytes = memory.total - memory.reserved;
    return Status::kSuccess;
  });
}

// Each of the two answers may be left out by a null pointer.
CUresult cuMemGetAddressRange_v2(CUdeviceptr* base, std::size_t* bytes, CUdeviceptr memory) {
  return bridge::CallContext("cuMemGetAddressRange_v2", [&](Driver&, Context& context) -> Outcome {
    const auto* entry = context.Memory().At(memory);
    if (entry == nullptr) return Status::kInvalidValue;
    if (base != nullptr) *base = entry->range.Address();
    if (bytes != nullptr) *bytes = entry->range.bytes;
    return Status::kSuccess;
  });
}

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

}  // extern "C"
