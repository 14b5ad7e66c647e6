// The driver and its GPUs, as NVML lists them.
#pragma once

#include <optional>

#include "common/driver.h"
#include "common/gpu_facts.h"
#include "common/nvml.h"

/// Versions of what is installed; empty where they are not known.
struct DriverFacts {
  char driver_version[80] = "";
  char nvml_version[80] = "";
  char cuda_version[16] = "";  // such as 13.0
  bool emulated = false;
};

class Listing {
 public:
  /// Asks NVML, which is open, for everything. A GPU that does not answer is listed as lost.
  std::optional<Failure> Read(const Nvml& nvml, const Driver& cuda);

  [[nodiscard]] const DriverFacts& Installed() const { return installed_; }
  [[nodiscard]] const GpuFacts* begin() const { return gpus_; }
  [[nodiscard]] const GpuFacts* end() const { return gpus_ + read_; }

 private:
  static constexpr unsigned kMostGpus = 64;

  void ReadDriver(const Nvml& nvml, const Driver& cuda);

  DriverFacts installed_;
  GpuFacts gpus_[kMostGpus];
  unsigned read_ = 0;
};
