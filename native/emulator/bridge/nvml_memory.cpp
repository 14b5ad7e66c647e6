#include "emulator/bridge/nvml_call.h"

namespace bridge = emulator::bridge;
using emulator::Emulator;

extern "C" {

// Version 1 knows no reserve: what the driver keeps for itself counts as used.
nvmlReturn_t nvmlDeviceGetMemoryInfo(nvmlDevice_t device, nvmlMemory_t* memory) {
  return bridge::CallPlace("nvmlDeviceGetMemoryInfo", device,
                           [&](Emulator& emulator, std::uint64_t place) {
                             if (memory == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
                             const auto use = emulator.ledger.Memory(place);
                             *memory = {use.total, use.free, use.used + use.reserved};
                             return NVML_SUCCESS;
                           });
}

nvmlReturn_t nvmlDeviceGetMemoryInfo_v2(nvmlDevice_t device, nvmlMemory_v2_t* memory) {
  return bridge::CallPlace(
      "nvmlDeviceGetMemoryInfo_v2", device, [&](Emulator& emulator, std::uint64_t place) {
        if (memory == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
        if (memory->version != NVML_MEMORY_V2_VERSION) return NVML_ERROR_ARGUMENT_VERSION_MISMATCH;
        const auto use = emulator.ledger.Memory(place);
        *memory = {NVML_MEMORY_V2_VERSION, use.total, use.reserved, use.free, use.used};
        return NVML_SUCCESS;
      });
}

}  // extern "C"
