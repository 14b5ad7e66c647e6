#include "common/gpu_memory.h"

namespace {

std::optional<double> Bytes(unsigned long long value) {
  if (value == NVML_VALUE_NOT_AVAILABLE) return std::nullopt;
  return static_cast<double>(value);
}

}  // namespace

MemoryFacts ReadMemory(const Nvml& nvml, nvmlDevice_t device) {
  const auto& ask = nvml.nvmlDeviceGetMemoryInfo_v2;
  nvmlMemory_v2_t memory{};
  memory.version = NVML_MEMORY_V2_VERSION;
  if (ask && ask.Raw(device, &memory) == NVML_SUCCESS) {
    return {Bytes(memory.total), Bytes(memory.used), Bytes(memory.free), Bytes(memory.reserved),
            "v2"};
  }
  nvmlMemory_t first{};
  if (nvml.nvmlDeviceGetMemoryInfo.Raw(device, &first) == NVML_SUCCESS)
    return {Bytes(first.total), Bytes(first.used), Bytes(first.free), std::nullopt, "v1"};
  return {};
}
