#include "function_ipc/gpu_link.h"

#include <cstdio>

std::optional<Failure> LinkReader::Open(const char* libnvidia_ml, const char* uuid) {
  constexpr bool kAttach = true;
  if (auto failure = nvml_.Load(libnvidia_ml)) return failure;
  generation_.Bind(nvml_.library, generation_.Name());
  width_.Bind(nvml_.library, width_.Name());
  const auto& find = nvml_.nvmlDeviceGetHandleByUUID;
  if (!find) return Because("driver_too_old", "%s has no %s", nvml_.library.Path(), find.Name());
  if (auto failure = session_.Open(kAttach)) return failure;
  return find(uuid, &device_);
}

std::optional<GpuLink> LinkReader::Read() const {
  unsigned generation = 0;
  unsigned width = 0;
  if (!generation_ || generation_.Raw(device_, &generation) != NVML_SUCCESS) return std::nullopt;
  if (!width_ || width_.Raw(device_, &width) != NVML_SUCCESS) return std::nullopt;
  GpuLink link{};
  (void)std::snprintf(link.generation, sizeof link.generation, "%u", generation % 100);
  (void)std::snprintf(link.width, sizeof link.width, "%u", width % 100);
  return link;
}
