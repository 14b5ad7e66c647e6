#include <algorithm>

#include "emulator/bridge/nvml_call.h"

namespace bridge = emulator::bridge;
using emulator::Emulator;
using emulator::MigInstance;
using emulator::MigMode;

namespace {

/// A number of a MIG instance; a GPU has none.
nvmlReturn_t AnswerId(const char* name, nvmlDevice_t device, unsigned int* id,
                      std::uint64_t MigInstance::*number) {
  return bridge::CallPlace(name, device, [&](const Emulator& emulator, std::uint64_t place) {
    const MigInstance* instance = emulator.settings.MigAt(place);
    if (id == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (instance == nullptr) return NVML_ERROR_NOT_SUPPORTED;
    *id = static_cast<unsigned int>(instance->*number);
    return NVML_SUCCESS;
  });
}

}  // namespace

extern "C" {

// A GPU that has instances is divided, whatever the profile says.
nvmlReturn_t nvmlDeviceGetMigMode(nvmlDevice_t device, unsigned int* current,
                                  unsigned int* pending) {
  return bridge::CallDevice(
      "nvmlDeviceGetMigMode", device, [&](const Emulator& emulator, std::uint64_t gpu) {
        if (current == nullptr || pending == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
        const auto& profile = emulator.settings.profile;
        const bool divided = !emulator.settings.MigsOf(gpu).empty();
        if (profile.mig_mode == MigMode::kUnsupported && !divided) return NVML_ERROR_NOT_SUPPORTED;
        *current = divided || profile.mig_mode == MigMode::kEnabled ? 1 : 0;
        *pending = divided || profile.mig_mode_pending == MigMode::kEnabled ? 1 : 0;
        return NVML_SUCCESS;
      });
}

// How many there may be, not how many there are; none where there is no MIG.
nvmlReturn_t nvmlDeviceGetMaxMigDeviceCount(nvmlDevice_t device, unsigned int* count) {
  return bridge::CallDevice(
      "nvmlDeviceGetMaxMigDeviceCount", device, [&](const Emulator& emulator, std::uint64_t gpu) {
        if (count == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
        const bool divided = !emulator.settings.MigsOf(gpu).empty();
        const bool may = divided || emulator.settings.profile.mig_mode == MigMode::kEnabled;
        *count = may ? static_cast<unsigned int>(emulator::kMaxMigsOfGpu) : 0;
        return NVML_SUCCESS;
      });
}

nvmlReturn_t nvmlDeviceGetMigDeviceHandleByIndex(nvmlDevice_t device, unsigned int index,
                                                 nvmlDevice_t* instance) {
  return bridge::CallDevice("nvmlDeviceGetMigDeviceHandleByIndex", device,
                            [&](const Emulator& emulator, std::uint64_t gpu) {
                              const auto places = emulator.settings.MigsOf(gpu);
                              if (instance == nullptr || index >= emulator::kMaxMigsOfGpu) {
                                return NVML_ERROR_INVALID_ARGUMENT;
                              }
                              if (index >= places.size()) return NVML_ERROR_NOT_FOUND;
                              *instance = bridge::HandleOf(places[index]);
                              return NVML_SUCCESS;
                            });
}

nvmlReturn_t nvmlDeviceGetGpuInstanceId(nvmlDevice_t device, unsigned int* id) {
  return AnswerId("nvmlDeviceGetGpuInstanceId", device, id, &MigInstance::gpu_instance);
}

nvmlReturn_t nvmlDeviceGetComputeInstanceId(nvmlDevice_t device, unsigned int* id) {
  return AnswerId("nvmlDeviceGetComputeInstanceId", device, id, &MigInstance::compute_instance);
}

}  // extern "C"
