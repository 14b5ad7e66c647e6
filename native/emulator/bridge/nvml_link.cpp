#include "emulator/bridge/nvml_call.h"

namespace bridge = emulator::bridge;
using emulator::Emulator;
using emulator::Profile;

namespace {

nvmlReturn_t Tell(const char* call, nvmlDevice_t device, std::uint64_t Profile::*fact,
                  unsigned int* asked) {
  return bridge::CallDevice(call, device, [&](const Emulator& emulator, std::uint64_t) {
    if (asked == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    *asked = static_cast<unsigned int>(emulator.settings.profile.*fact);
    return NVML_SUCCESS;
  });
}

}  // namespace

extern "C" {

// Of all that may be between two GPUs there is NVLink, or nothing is told.
nvmlReturn_t nvmlDeviceGetP2PStatus(nvmlDevice_t device, nvmlDevice_t peer, int capability,
                                    int* status) {
  return bridge::CallDevice(
      "nvmlDeviceGetP2PStatus", device, [&](const Emulator& emulator, std::uint64_t gpu) {
        constexpr int kNotSupported = 5;
        const auto other = bridge::PlaceOf(peer, emulator.settings);
        if (!other || *other == gpu || status == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
        if (capability != NVML_P2P_CAPS_INDEX_NVLINK) return NVML_ERROR_NOT_SUPPORTED;
        *status = emulator.settings.nvlink ? NVML_P2P_STATUS_OK : kNotSupported;
        return NVML_SUCCESS;
      });
}

// A link is as the profile says, at any time: the emulator knows no low-power states.
nvmlReturn_t nvmlDeviceGetCurrPcieLinkGeneration(nvmlDevice_t device, unsigned int* generation) {
  return Tell("nvmlDeviceGetCurrPcieLinkGeneration", device, &Profile::pcie_generation, generation);
}

nvmlReturn_t nvmlDeviceGetCurrPcieLinkWidth(nvmlDevice_t device, unsigned int* width) {
  return Tell("nvmlDeviceGetCurrPcieLinkWidth", device, &Profile::pcie_width, width);
}

nvmlReturn_t nvmlDeviceGetMaxPcieLinkGeneration(nvmlDevice_t device, unsigned int* generation) {
  return Tell("nvmlDeviceGetMaxPcieLinkGeneration", device, &Profile::pcie_max_generation,
              generation);
}

nvmlReturn_t nvmlDeviceGetMaxPcieLinkWidth(nvmlDevice_t device, unsigned int* width) {
  return Tell("nvmlDeviceGetMaxPcieLinkWidth", device, &Profile::pcie_max_width, width);
}

}  // extern "C"
