// How much memory a device has, and what NVML says of it. What it does not know is absent.
#pragma once

#include <optional>

#include "common/nvml.h"

/// In bytes. `reserved` stands apart where the driver tells it; else it is part of `used`.
struct MemoryFacts {
  std::optional<double> total, used, free, reserved;
};

MemoryFacts ReadMemory(const Nvml& nvml, nvmlDevice_t device);
