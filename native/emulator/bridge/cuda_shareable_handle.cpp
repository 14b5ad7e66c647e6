#include <cstdint>
#include <cstring>
#include <optional>
#include <utility>

#include "emulator/bridge/cuda_call.h"

namespace bridge = emulator::bridge;
using emulator::Context;
using emulator::Driver;
using emulator::Latency;
using emulator::Outcome;
using emulator::Pace;
using emulator::SharedFile;
using emulator::Status;

namespace {

/// Where the profile has file descriptors. `body`: Driver& -> Outcome.
template <typename Body>
CUresult CallShareable(const char* name, CUmemAllocationHandleType type, Body body) {
  return bridge::CallContext(name, [&](Driver& driver, Context&) -> Outcome {
    const auto& profile = driver.Host().settings.profile;
    if (!profile.vmm || !profile.vmm_fd) return Status::kNotSupported;
    if (type != CU_MEM_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR) return Status::kInvalidValue;
    return body(driver);
  });
}

}  // namespace

extern "C" {

CUresult cuMemExportToShareableHandle(void* exported, CUmemGenericAllocationHandle handle,
                                      CUmemAllocationHandleType type, unsigned long long flags) {
  return CallShareable("cuMemExportToShareableHandle", type, [&](Driver& driver) -> Outcome {
    const auto* memory = driver.AllVirtualMemory().Find(handle);
    const bool valid = memory != nullptr && memory->exportable && exported != nullptr && flags == 0;
    if (!valid) return Status::kInvalidValue;
    const Pace pace(driver.Host().pacer.Draw(Latency::kVmmExport));
    const int descriptor = memory->file.Duplicate();
    if (descriptor < 0) return Status::kOutOfMemory;
    std::memcpy(exported, &descriptor, sizeof descriptor);
    return Status::kSuccess;
  });
}

CUresult cuMemImportFromShareableHandle(CUmemGenericAllocationHandle* handle, void* imported,
                                        CUmemAllocationHandleType type) {
  return CallShareable("cuMemImportFromShareableHandle", type, [&](Driver& driver) -> Outcome {
    if (handle == nullptr) return Status::kInvalidValue;
    const Pace pace(driver.Host().pacer.Draw(Latency::kVmmImport));
    auto file = SharedFile::Adopt(static_cast<int>(reinterpret_cast<std::intptr_t>(imported)));
    if (!file) return Status::kInvalidValue;
    *handle = driver.AllVirtualMemory().Enter({*std::move(file), true, nullptr});
    return Status::kSuccess;
  });
}

}  // extern "C"
