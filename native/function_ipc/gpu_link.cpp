#include "function_ipc/gpu_link.h"

#include <cstdio>
#include <iterator>

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

void ReportLink(Probe& probe, const PcieLink& link) {
  char words[4][12] = {};
  const unsigned numbers[] = {link.generation, link.width, link.max_generation, link.max_width};
  for (std::size_t i = 0; i < std::size(numbers); ++i) {
    if (numbers[i] != 0) (void)std::snprintf(words[i], sizeof words[i], "%u", numbers[i]);
  }
  probe.Sample("link", 1,
               {{"generation", words[0]},
                {"width", words[1]},
                {"max_generation", words[2]},
                {"max_width", words[3]}});
}
