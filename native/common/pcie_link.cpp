#include "common/pcie_link.h"

namespace {

template <typename Call>
unsigned Ask(const Call& call, nvmlDevice_t device) {
  unsigned value = 0;
  if (!call || call.Raw(device, &value) != NVML_SUCCESS) return 0;
  return value;
}

}  // namespace

PcieLink ReadPcieLink(const Nvml& nvml, nvmlDevice_t device) {
  return {Ask(nvml.nvmlDeviceGetCurrPcieLinkGeneration, device),
          Ask(nvml.nvmlDeviceGetCurrPcieLinkWidth, device),
          Ask(nvml.nvmlDeviceGetMaxPcieLinkGeneration, device),
          Ask(nvml.nvmlDeviceGetMaxPcieLinkWidth, device)};
}
