// A GPU that is divided into MIG instances, for tests.
#pragma once

#include <string>

#include "emulator/engine/gpu_identity.h"
#include "emulator/test/check.h"

namespace emulator::test {

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20U;

/// The second of two GPUs is divided in two.
constexpr const char* kDivided =
    "gpus = 2\n"
    "mig = gpu=1 gi=7 ci=0 bytes=10737418240\n"
    "mig = gpu=1 gi=9 ci=1 bytes=21474836480\n"
    "tenant = gpu=1 gi=9 ci=1 pid=5 bytes=1000\n"
    "tenant = gpu=0 pid=6 bytes=2000\n";

/// Instances are numbered after all the GPUs there may be.
inline std::string InstanceUuid(std::uint64_t index) {
  return UuidText(UuidOf(1, 16 + index), "MIG-");
}

inline nvmlDevice_t Gpu(const Nvml& nvml, unsigned int index) {
  nvmlDevice_t device = nullptr;
  CHECK_EQUAL(nvml.nvmlDeviceGetHandleByIndex_v2(index, &device), NVML_SUCCESS);
  return device;
}

inline nvmlDevice_t Instance(const Nvml& nvml, unsigned int index) {
  nvmlDevice_t device = nullptr;
  CHECK_EQUAL(nvml.nvmlDeviceGetMigDeviceHandleByIndex(Gpu(nvml, 1), index, &device), NVML_SUCCESS);
  return device;
}

inline nvmlMemory_v2_t Memory(const Nvml& nvml, nvmlDevice_t device) {
  nvmlMemory_v2_t memory{};
  memory.version = NVML_MEMORY_V2_VERSION;
  CHECK_EQUAL(nvml.nvmlDeviceGetMemoryInfo_v2(device, &memory), NVML_SUCCESS);
  return memory;
}

/// The one compute process of a device.
inline nvmlProcessInfo_t OnlyProcess(const Nvml& nvml, nvmlDevice_t device) {
  nvmlProcessInfo_t processes[4] = {};
  unsigned int count = 4;
  CHECK_EQUAL(nvml.nvmlDeviceGetComputeRunningProcesses_v3(device, &count, processes),
              NVML_SUCCESS);
  CHECK_EQUAL(count, 1U);
  return processes[0];
}

}  // namespace emulator::test
