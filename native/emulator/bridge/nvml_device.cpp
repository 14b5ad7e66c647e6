#include <array>
#include <cstdio>

#include "emulator/bridge/nvml_call.h"

namespace bridge = emulator::bridge;
using emulator::Emulator;

namespace {

using BusId = std::array<char, 32>;

/// NVML writes the domain with eight digits, and with four in the older form.
BusId BusIdOf(std::uint64_t gpu, int domain_digits) {
  BusId text{};
  std::snprintf(text.data(), text.size(), "%0*X:%02X:00.0", domain_digits, 0U,
                emulator::PciBusOf(gpu));
  return text;
}

std::optional<std::uint64_t> PlaceCalled(const char* uuid, const Emulator& emulator) {
  for (std::uint64_t place = 0; place < emulator::kMaxPlaces; ++place) {
    const bool there = bridge::PlaceOf(bridge::HandleOf(place), emulator.settings).has_value();
    if (there && emulator.UuidTextAt(place) == uuid) return place;
  }
  return std::nullopt;
}

}  // namespace

extern "C" {

// Lost ones are counted: they have a place, and asking for it tells that they are lost.
nvmlReturn_t nvmlDeviceGetCount_v2(unsigned int* count) {
  return bridge::CallInitialized("nvmlDeviceGetCount_v2", [&](Emulator& emulator) {
    if (count == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    *count = emulator::NvmlSession::Of(emulator).GpuCount();
    return NVML_SUCCESS;
  });
}

nvmlReturn_t nvmlDeviceGetHandleByIndex_v2(unsigned int index, nvmlDevice_t* device) {
  return bridge::CallInitialized("nvmlDeviceGetHandleByIndex_v2", [&](const Emulator& emulator) {
    if (device == nullptr || index >= emulator.settings.gpus) return NVML_ERROR_INVALID_ARGUMENT;
    if (emulator.settings.IsLost(index)) return NVML_ERROR_GPU_IS_LOST;
    *device = bridge::HandleOf(index);
    return NVML_SUCCESS;
  });
}

nvmlReturn_t nvmlDeviceGetHandleByUUID(const char* uuid, nvmlDevice_t* device) {
  return bridge::CallInitialized("nvmlDeviceGetHandleByUUID", [&](const Emulator& emulator) {
    if (uuid == nullptr || device == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    const auto place = PlaceCalled(uuid, emulator);
    if (!place) return NVML_ERROR_NOT_FOUND;
    if (emulator.settings.IsLost(*place)) return NVML_ERROR_GPU_IS_LOST;
    *device = bridge::HandleOf(*place);
    return NVML_SUCCESS;
  });
}

nvmlReturn_t nvmlDeviceGetUUID(nvmlDevice_t device, char* uuid, unsigned int length) {
  return bridge::CallPlace("nvmlDeviceGetUUID", device,
                           [&](const Emulator& emulator, std::uint64_t place) {
                             return bridge::AnswerText(emulator.UuidTextAt(place), uuid, length);
                           });
}

nvmlReturn_t nvmlDeviceGetName(nvmlDevice_t device, char* name, unsigned int length) {
  return bridge::CallPlace("nvmlDeviceGetName", device,
                           [&](const Emulator& emulator, std::uint64_t place) {
                             return bridge::AnswerText(emulator.NameAt(place), name, length);
                           });
}

nvmlReturn_t nvmlDeviceGetPciInfo_v3(nvmlDevice_t device, nvmlPciInfo_t* pci) {
  return bridge::CallDevice(
      "nvmlDeviceGetPciInfo_v3", device, [&](const Emulator& emulator, std::uint64_t gpu) {
        if (pci == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
        *pci = {};
        bridge::AnswerText(BusIdOf(gpu, 4).data(), pci->busIdLegacy, sizeof pci->busIdLegacy);
        bridge::AnswerText(BusIdOf(gpu, 8).data(), pci->busId, sizeof pci->busId);
        pci->bus = emulator::PciBusOf(gpu);
        pci->pciDeviceId = static_cast<unsigned int>(emulator.settings.profile.pci_device_id);
        return NVML_SUCCESS;
      });
}

nvmlReturn_t nvmlDeviceGetComputeMode(nvmlDevice_t device, int* mode) {
  return bridge::CallDevice("nvmlDeviceGetComputeMode", device,
                            [&](const Emulator& emulator, std::uint64_t) {
                              if (mode == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
                              *mode = static_cast<int>(emulator.settings.profile.compute_mode);
                              return NVML_SUCCESS;
                            });
}

nvmlReturn_t nvmlDeviceGetPersistenceMode(nvmlDevice_t device, int* mode) {
  return bridge::CallDevice("nvmlDeviceGetPersistenceMode", device,
                            [&](const Emulator& emulator, std::uint64_t) {
                              if (mode == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
                              *mode = static_cast<int>(emulator.settings.profile.persistence_mode);
                              return NVML_SUCCESS;
                            });
}

}  // extern "C"
