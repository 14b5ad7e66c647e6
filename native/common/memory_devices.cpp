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

/// Which part of the GPU's memory an instance has; where that is not told they have one in common.
unsigned ReadPart(const Nvml& nvml, nvmlDevice_t instance) {
  unsigned part = 0;
  const auto& ask = nvml.nvmlDeviceGetGpuInstanceId;
  return ask && ask.Raw(instance, &part) == NVML_SUCCESS ? part : 0;
}

/// Marks `instance`, and those of the others that have the same part.
void NoteSharing(MemoryDevice* begin, MemoryDevice* end, MemoryDevice& instance) {
  for (MemoryDevice* other = begin; other != end; ++other) {
    if (other->part != instance.part) continue;
    other->shared = true;
    instance.shared = true;
  }
}

/// For people: the others are listed all the same.
void TellMissing(unsigned gpu, const char* what, nvmlReturn_t code) {
  (void)std::fprintf(stderr, "GPU %u: %s cannot be read: NVML error %d\n", gpu, what,
                     static_cast<int>(code));
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
  if (gpu.divided) ReadInstances(nvml, gpu);
  return std::nullopt;
}

/// Places without an instance have no handle; any other that is not had is told of.
void MemoryDevices::ReadInstances(const Nvml& nvml, const MemoryDevice& gpu) {
  const auto& handle = nvml.nvmlDeviceGetMigDeviceHandleByIndex;
  const auto& most = nvml.nvmlDeviceGetMaxMigDeviceCount;
  const std::size_t first = devices_.Size();
  unsigned places = 0;
  const bool able = handle && most;
  nvmlReturn_t code = able ? most.Raw(gpu.handle, &places) : NVML_ERROR_FUNCTION_NOT_FOUND;
  if (code != NVML_SUCCESS) return TellMissing(gpu.gpu, "its instances", code);
  for (unsigned place = 0; place < places; ++place) {
    MemoryDevice instance = gpu;
    instance.divided = false;
    code = handle.Raw(gpu.handle, place, &instance.handle);
    if (code == NVML_ERROR_NOT_FOUND) continue;
    if (code == NVML_SUCCESS) code = ReadUuid(nvml, instance.handle, instance.mig_uuid);
    if (code != NVML_SUCCESS) {
      TellMissing(gpu.gpu, "an instance", code);
      continue;
    }
    instance.part = ReadPart(nvml, instance.handle);
    NoteSharing(devices_.begin() + first, devices_.end(), instance);
    devices_.Append(instance);
  }
}
