#include <optional>
#include <utility>
#include <vector>

#include "emulator/bridge/cuda_call.h"

namespace bridge = emulator::bridge;
using emulator::Context;
using emulator::DeviceMemory;
using emulator::Driver;
using emulator::kBlockBytes;
using emulator::Latency;
using emulator::MemoryRange;
using emulator::Origin;
using emulator::Outcome;
using emulator::Pace;
using emulator::SharedFile;
using emulator::Status;

namespace {

/// Where the profile has it. `body`: Driver&, Context& -> Outcome.
template <typename Body>
CUresult CallVirtual(const char* name, Body body) {
  return bridge::CallContext(name, [&](Driver& driver, Context& context) -> Outcome {
    if (!driver.Host().settings.profile.vmm) return Status::kNotSupported;
    return body(driver, context);
  });
}

bool IsBlocks(std::size_t bytes) {
  return bytes != 0 && bytes % kBlockBytes == 0;
}

/// The context of the device that memory is wanted on; null when what is wanted is not to be had.
Context* PlaceOf(Driver& driver, const CUmemAllocationProp* wanted) {
  if (wanted == nullptr || wanted->type != CU_MEM_ALLOCATION_TYPE_PINNED) return nullptr;
  if (wanted->location.type != CU_MEM_LOCATION_TYPE_DEVICE) return nullptr;
  return driver.ContextOf(wanted->location.id);
}

/// Memory that nobody exports has no type of handle.
std::optional<bool> IsExportable(const CUmemAllocationProp& wanted) {
  switch (static_cast<int>(wanted.requestedHandleTypes)) {
    case 0:
      return false;
    case CU_MEM_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR:
      return true;
    default:
      return std::nullopt;
  }
}

struct Creation {
  std::size_t bytes;
  bool exportable;
};

Outcome Create(CUmemGenericAllocationHandle& handle, Driver& driver, Context& place,
               const Creation& wanted) {
  const Pace pace(driver.Host().pacer.Draw(Latency::kAllocate));
  if (!place.IsActive()) return Status::kInvalidContext;
  auto charged = place.ChargeFor(wanted.bytes);
  if (charged.status != Status::kSuccess) return charged.status;
  auto file = SharedFile::Make(wanted.bytes);
  if (!file) return Status::kOutOfMemory;
  handle = driver.AllVirtualMemory().Enter(
      {*std::move(file), wanted.exportable, std::move(charged.charge)});
  return Status::kSuccess;
}

/// Only to read is not to be had.
bool IsKnown(const CUmemAccessDesc& access) {
  const int flags = static_cast<int>(access.flags);
  return access.location.type == CU_MEM_LOCATION_TYPE_DEVICE &&
         (flags == 0 || flags == CU_MEM_ACCESS_FLAGS_PROT_READWRITE);
}

Status Grant(Driver& driver, const std::vector<MemoryRange>& mapped,
             const CUmemAccessDesc& access) {
  Context* context = IsKnown(access) ? driver.ContextOf(access.location.id) : nullptr;
  if (context == nullptr || !context->IsActive()) return Status::kInvalidValue;
  DeviceMemory& memory = context->Memory();
  for (const MemoryRange& range : mapped) {
    memory.Remove(range.Address(), Origin::kMapped);
    if (static_cast<int>(access.flags) != 0) memory.Add(range, Origin::kMapped);
  }
  return Status::kSuccess;
}

}  // namespace

extern "C" {

CUresult cuMemGetAllocationGranularity(std::size_t* bytes, const CUmemAllocationProp* wanted,
                                       CUmemAllocationGranularity_flags) {
  return CallVirtual("cuMemGetAllocationGranularity", [&](Driver& driver, Context&) -> Outcome {
    if (bytes == nullptr || PlaceOf(driver, wanted) == nullptr) return Status::kInvalidValue;
    *bytes = kBlockBytes;
    return Status::kSuccess;
  });
}

CUresult cuMemCreate(CUmemGenericAllocationHandle* handle, std::size_t bytes,
                     const CUmemAllocationProp* wanted, unsigned long long flags) {
  return CallVirtual("cuMemCreate", [&](Driver& driver, Context&) -> Outcome {
    Context* place = PlaceOf(driver, wanted);
    if (place == nullptr || handle == nullptr || flags != 0) return Status::kInvalidValue;
    const auto exportable = IsExportable(*wanted);
    if (!exportable || !IsBlocks(bytes)) return Status::kInvalidValue;
    const bool can = driver.Host().settings.profile.vmm_fd;
    if (*exportable && !can) return Status::kNotSupported;
    return Create(*handle, driver, *place, {bytes, *exportable});
  });
}

CUresult cuMemRelease(CUmemGenericAllocationHandle handle) {
  return CallVirtual("cuMemRelease", [&](Driver& driver, Context&) -> Outcome {
    const bool known = driver.AllVirtualMemory().Release(handle);
    return known ? Status::kSuccess : Status::kInvalidValue;
  });
}

// The wish for an address is heard by nobody.
CUresult cuMemAddressReserve(CUdeviceptr* memory, std::size_t bytes, std::size_t alignment,
                             CUdeviceptr /*near*/, unsigned long long flags) {
  return CallVirtual("cuMemAddressReserve", [&](Driver& driver, Context&) -> Outcome {
    const bool aligned = (alignment & (alignment - 1)) == 0;
    const bool valid = memory != nullptr && IsBlocks(bytes) && aligned && flags == 0;
    if (!valid) return Status::kInvalidValue;
    const auto address = driver.AllVirtualMemory().Reserve(bytes, alignment);
    if (address == 0) return Status::kOutOfMemory;
    *memory = address;
    return Status::kSuccess;
  });
}

CUresult cuMemAddressFree(CUdeviceptr memory, std::size_t bytes) {
  return CallVirtual("cuMemAddressFree", [&](Driver& driver, Context&) -> Outcome {
    const bool freed = driver.AllVirtualMemory().Free(memory, bytes);
    return freed ? Status::kSuccess : Status::kInvalidValue;
  });
}

CUresult cuMemMap(CUdeviceptr memory, std::size_t bytes, std::size_t offset,
                  CUmemGenericAllocationHandle handle, unsigned long long flags) {
  return CallVirtual("cuMemMap", [&](Driver& driver, Context&) -> Outcome {
    const bool whole = memory % kBlockBytes == 0 && IsBlocks(bytes);
    if (!whole || offset != 0 || flags != 0) return Status::kInvalidValue;
    const Pace pace(driver.Host().pacer.Draw(Latency::kVmmMap));
    return driver.AllVirtualMemory().Map(memory, bytes, handle);
  });
}

CUresult cuMemUnmap(CUdeviceptr memory, std::size_t bytes) {
  return CallVirtual("cuMemUnmap", [&](Driver& driver, Context&) -> Outcome {
    const auto mapped = driver.AllVirtualMemory().MappedAt(memory, bytes);
    if (mapped.empty()) return Status::kInvalidValue;
    const Pace pace(driver.Host().pacer.Draw(Latency::kVmmUnmap));
    driver.Unmap(mapped);
    return Status::kSuccess;
  });
}

CUresult cuMemSetAccess(CUdeviceptr memory, std::size_t bytes, const CUmemAccessDesc* access,
                        std::size_t count) {
  return CallVirtual("cuMemSetAccess", [&](Driver& driver, Context&) -> Outcome {
    const auto mapped = driver.AllVirtualMemory().MappedAt(memory, bytes);
    if (mapped.empty() || access == nullptr || count == 0) return Status::kInvalidValue;
    for (std::size_t i = 0; i < count; ++i) {
      const Status status = Grant(driver, mapped, access[i]);
      if (status != Status::kSuccess) return status;
    }
    return Status::kSuccess;
  });
}

}  // extern "C"
