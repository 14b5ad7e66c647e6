#include <algorithm>
#include <vector>

#include "emulator/bridge/nvml_call.h"

namespace bridge = emulator::bridge;
using emulator::ComputeProcess;
using emulator::Emulator;
using emulator::Latency;

namespace {

constexpr unsigned int kNoInstance = ~0U;  // the GPU is not partitioned

nvmlProcessInfo_t RecordOf(const ComputeProcess& process) {
  return {static_cast<unsigned int>(process.pid), process.bytes, kNoInstance, kNoInstance};
}

/// NVML's size protocol: too little room is told with how much it takes, and nothing is written.
nvmlReturn_t AnswerList(const std::vector<ComputeProcess>& processes, unsigned int* count,
                        nvmlProcessInfo_t* records) {
  const unsigned int room = *count;
  *count = static_cast<unsigned int>(processes.size());
  if (processes.size() > room) return NVML_ERROR_INSUFFICIENT_SIZE;
  std::transform(processes.begin(), processes.end(), records, RecordOf);
  return NVML_SUCCESS;
}

}  // namespace

extern "C" {

// Version 1 knows no reserve: what the driver keeps for itself counts as used.
nvmlReturn_t nvmlDeviceGetMemoryInfo(nvmlDevice_t device, nvmlMemory_t* memory) {
  return bridge::CallDevice("nvmlDeviceGetMemoryInfo", device,
                            [&](Emulator& emulator, std::uint64_t gpu) {
                              if (memory == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
                              const auto use = emulator.ledger.Memory(gpu);
                              *memory = {use.total, use.free, use.used + use.reserved};
                              return NVML_SUCCESS;
                            });
}

nvmlReturn_t nvmlDeviceGetMemoryInfo_v2(nvmlDevice_t device, nvmlMemory_v2_t* memory) {
  return bridge::CallDevice(
      "nvmlDeviceGetMemoryInfo_v2", device, [&](Emulator& emulator, std::uint64_t gpu) {
        if (memory == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
        if (memory->version != NVML_MEMORY_V2_VERSION) return NVML_ERROR_ARGUMENT_VERSION_MISMATCH;
        const auto use = emulator.ledger.Memory(gpu);
        *memory = {NVML_MEMORY_V2_VERSION, use.total, use.reserved, use.free, use.used};
        return NVML_SUCCESS;
      });
}

nvmlReturn_t nvmlDeviceGetComputeRunningProcesses_v3(nvmlDevice_t device, unsigned int* count,
                                                     nvmlProcessInfo_t* processes) {
  return bridge::CallDevice(
      "nvmlDeviceGetComputeRunningProcesses_v3", device,
      [&](Emulator& emulator, std::uint64_t gpu) {
        if (count == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
        if (*count > 0 && processes == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
        const emulator::Pace pace(emulator.pacer.Draw(Latency::kNvmlProcesses));
        return AnswerList(emulator.ledger.Processes(gpu), count, processes);
      });
}

}  // extern "C"
