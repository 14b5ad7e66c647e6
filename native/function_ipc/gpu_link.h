// The PCIe link of a GPU, read while somebody copies.
#pragma once

#include <optional>

#include "common/nvml.h"
#include "common/pcie_link.h"
#include "common/probe.h"

/// Reads it from NVML. Links of GPUs that do nothing are slower, so somebody has to be copying.
class LinkReader {
 public:
  LinkReader() : session_(nvml_) {}

  /// Opens NVML, and finds the GPU `uuid`.
  std::optional<Failure> Open(const char* libnvidia_ml, const char* uuid);
  /// Nothing where NVML does not tell how it is.
  [[nodiscard]] std::optional<PcieLink> Read() const;

 private:
  Nvml nvml_;
  NvmlSession session_;
  nvmlDevice_t device_ = nullptr;
};

/// Tells of it in the sample `link`; what NVML does not tell is empty.
void ReportLink(Probe& probe, const PcieLink& link);
