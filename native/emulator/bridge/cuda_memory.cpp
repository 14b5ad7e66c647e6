#include "emulator/bridge/cuda_call.h"

namespace bridge = emulator::bridge;
using emulator::Context;
using emulator::Driver;
using emulator::Outcome;
using emulator::Status;

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

}  // extern "C"
