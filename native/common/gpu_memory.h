// How much memory a device has, as NVML tells it.
#pragma once

#include <optional>

#include "common/nvml.h"

/// In bytes; what is not known is absent. Version 2 of NVML's call tells `reserved`, what the
/// driver keeps for itself, apart from `used`; version 1 counts it there.
struct MemoryFacts {
  std::optional<double> total, used, free, reserved;
  const char* version = "";  // of the call that answered: v2, v1, or neither
};

/// Asks for the memory of a GPU or a MIG instance.
MemoryFacts ReadMemory(const Nvml& nvml, nvmlDevice_t device);
