#include "common/gpu_view.h"

std::optional<Failure> GpuView::Open(const char* uuid) {
  constexpr bool kAttach = true;
  const auto& find = nvml_.nvmlDeviceGetHandleByUUID;
  if (!find) return Because("driver_too_old", "%s has no %s", nvml_.library.Path(), find.Name());
  if (auto failure = session_.Open(kAttach)) return failure;
  return find(uuid, &device_);
}

std::optional<Failure> GpuView::Refresh() {
  memory_ = ReadMemory(nvml_, device_);
  return processes_.Read(nvml_, device_, memory_.total);
}

std::optional<double> GpuView::BytesOf(pid_t pid) const {
  const ListedProcess* const process = Find(pid);
  if (process == nullptr || !process->bytes) return std::nullopt;
  return static_cast<double>(*process->bytes);
}
