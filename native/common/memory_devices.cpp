#include "common/memory_devices.h"

#include <cstdio>

namespace {

nvmlReturn_t ReadUuid(const Nvml& nvml, nvmlDevice_t device, char (&uuid)[96]) {
  return nvml.nvmlDeviceGetUUID.Raw(device, uuid, sizeof uuid);
}

bool IsDivided(const Nvml& nvml, nvmlDevice_t device) {
  unsigned current = 0;
  unsigned pending = 0;
  const auto& ask = nvml.nvmlDeviceGetMigMode;
  return ask && ask.Raw(device, &current, &pending) == NVML_SUCCESS && current != 0;
}

}  // namespace

std::optional<Failure> MemoryDevices::Read(const Nvml& nvml) {
  unsigned count = 0;
  std::optional<Failure> lost;
  if (auto failure = nvml.nvmlDeviceGetCount_v2(&count)) return failure;
  for (unsigned index = 0; index < count; ++index) {
    if (Cancelled()) return Cancellation();
    auto failure = ReadGpu(nvml, index);
    if (!failure) continue;
    (void)std::fprintf(stderr, "GPU %u is left out: %s, %s\n", index, failure->message,
                       failure->code);
    if (!lost) lost = failure;
  }
  if (devices_.Size() > 0) return std::nullopt;
  return lost ? lost : Because("no_device", "NVML lists no GPU");
}

std::optional<Failure> MemoryDevices::ReadGpu(const Nvml& nvml, unsigned index) {
  MemoryDevice gpu{};
  gpu.gpu = index;
  nvmlReturn_t code = nvml.nvmlDeviceGetHandleByIndex_v2.Raw(index, &gpu.handle);
  if (code != NVML_SUCCESS) return Nvml::Explain(nvml.nvmlDeviceGetHandleByIndex_v2.Name(), code);
  code = ReadUuid(nvml, gpu.handle, gpu.gpu_uuid);
  if (code != NVML_SUCCESS) return Nvml::Explain(nvml.nvmlDeviceGetUUID.Name(), code);
  gpu.divided = IsDivided(nvml, gpu.handle);
  devices_.Append(gpu);
  return std::nullopt;
}
