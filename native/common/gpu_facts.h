// What NVML tells of a GPU. What it does not know here is absent, never zero.
#pragma once

#include <optional>

#include "common/gpu_memory.h"
#include "common/nvml.h"
#include "common/pcie_link.h"

struct GpuFacts {
  unsigned index = 0;           // NVML's
  std::optional<Failure> lost;  // the handle or the UUID could not be had, nor the rest
  char uuid[96] = "";
  char name[96] = "";
  char pci_bus_id[32] = "";
  const char* compute_mode = "unknown";
  const char* persistence_mode = "unknown";
  const char* mig_mode = "unsupported";
  MemoryFacts memory;
  std::optional<double> utilization_ratio;
  std::optional<double> processes;            // that compute
  std::optional<double> recovery_action;      // 0 is none
  std::optional<double> mig_change_pending;   // 0 or 1
  std::optional<double> page_repair_pending;  // 0 or 1
  std::optional<double> page_repair_failed;   // 0 or 1
  PcieLink pcie;
};

/// Reads everything about the GPU that NVML lists at `index`.
GpuFacts ReadGpuFacts(const Nvml& nvml, unsigned index);
