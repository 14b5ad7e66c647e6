#include "function_ipc/gpu_link.h"

std::optional<Failure> LinkReader::Open(const char* libnvidia_ml, const char* uuid) {
  constexpr bool kAttach = true;
  if (auto failure = nvml_.Load(libnvidia_ml)) return failure;
  const auto& find = nvml_.nvmlDeviceGetHandleByUUID;
  if (!find) return Because("driver_too_old", "%s has no %s", nvml_.library.Path(), find.Name());
  if (auto failure = session_.Open(kAttach)) return failure;
  return find(uuid, &device_);
}

std::optional<PcieLink> LinkReader::Read() const {
  const PcieLink link = ReadPcieLink(nvml_, device_);
  if (link.generation == 0 || link.width == 0) return std::nullopt;
  return link;
}
