// The PCIe link of a GPU, as it is at the moment.
#pragma once

#include <optional>

#include "common/nvml.h"

/// As labels have it: generation 1 and on, lanes.
struct GpuLink {
  char generation[8];
  char width[8];
};

/// Reads it from NVML. Links of GPUs that do nothing are slower, so somebody has to be copying.
class LinkReader {
 public:
  LinkReader() : session_(nvml_) {}

  /// Opens NVML, and finds the GPU `uuid`.
  std::optional<Failure> Open(const char* libnvidia_ml, const char* uuid);
  /// Nothing where NVML does not tell.
  [[nodiscard]] std::optional<GpuLink> Read() const;

 private:
  using Ask = nvmlReturn_t (*)(nvmlDevice_t, unsigned int*);

  Nvml nvml_;
  NvmlSession session_;
  nvmlDevice_t device_ = nullptr;
  Entry<Nvml, Ask> generation_{nvml_, "nvmlDeviceGetCurrPcieLinkGeneration"};
  Entry<Nvml, Ask> width_{nvml_, "nvmlDeviceGetCurrPcieLinkWidth"};
};
