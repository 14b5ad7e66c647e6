// The PCIe link between the host and a GPU, as it is at the moment and as it can be.
#pragma once

#include "common/nvml.h"

/// Generations from 1 on, and lanes; 0 is what NVML does not tell.
struct PcieLink {
  unsigned generation = 0;
  unsigned width = 0;
  unsigned max_generation = 0;
  unsigned max_width = 0;
};

/// A GPU that does nothing may have lowered its generation, to save power; never its width.
PcieLink ReadPcieLink(const Nvml& nvml, nvmlDevice_t device);
