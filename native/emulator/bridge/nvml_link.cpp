#include "emulator/bridge/nvml_call.h"

namespace bridge = emulator::bridge;
using emulator::Emulator;

namespace {

nvmlReturn_t Answer(std::uint64_t known, unsigned int* asked) {
  if (asked == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
  *asked = static_cast<unsigned int>(known);
  return NVML_SUCCESS;
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

// A link is always as fast as it can be: the emulator knows no low-power states.
nvmlReturn_t nvmlDeviceGetCurrPcieLinkGeneration(nvmlDevice_t device, unsigned int* generation) {
  return bridge::CallDevice("nvmlDeviceGetCurrPcieLinkGeneration", device,
                            [&](const Emulator& emulator, std::uint64_t) {
                              return Answer(emulator.settings.profile.pcie_generation, generation);
                            });
}

nvmlReturn_t nvmlDeviceGetCurrPcieLinkWidth(nvmlDevice_t device, unsigned int* width) {
  return bridge::CallDevice("nvmlDeviceGetCurrPcieLinkWidth", device,
                            [&](const Emulator& emulator, std::uint64_t) {
                              return Answer(emulator.settings.profile.pcie_width, width);
                            });
}

}  // extern "C"
