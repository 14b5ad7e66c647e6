// The devices whose memory processes hold: GPUs, and the MIG instances of those that are divided.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "common/array.h"
#include "common/gpu_memory.h"
#include "common/nvml.h"

struct MemoryDevice {
  nvmlDevice_t handle;
  unsigned gpu;  // NVML's index
  char gpu_uuid[96];
  char mig_uuid[96];  // empty unless it is an instance
  bool divided;       // into instances, which list its processes
  unsigned part;      // of the GPU's memory: NVML's GPU instance
  bool shared;        // other instances hold memory of the same part
};

class MemoryDevices {
 public:
  /// Asks NVML, which is open. A GPU that does not answer is left out, and said on standard error;
  /// where none answers that is the failure, and so it is where there is none.
  std::optional<Failure> Read(const Nvml& nvml);

  [[nodiscard]] const MemoryDevice* begin() const { return devices_.begin(); }
  [[nodiscard]] const MemoryDevice* end() const { return devices_.end(); }

 private:
  std::optional<Failure> ReadGpu(const Nvml& nvml, unsigned index);
  void ReadInstances(const Nvml& nvml, const MemoryDevice& gpu);

  Array<MemoryDevice> devices_;
};
