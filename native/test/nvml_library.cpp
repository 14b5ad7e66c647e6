#include "test/nvml_library.h"

#include <cstring>

using nvml_library::Answers;
using nvml_library::Call;
using nvml_library::Process;

nvml_library::Calls& nvml_library::Answers() {
  static Calls calls;
  return calls;
}

namespace {

nvmlReturn_t Answer(Call& call, unsigned* count, void* records) {
  ++call.asked;
  if (call.code != NVML_SUCCESS) return call.code;
  auto* at = static_cast<unsigned char*>(records);
  const unsigned room = *count;
  *count = static_cast<unsigned>(call.processes.size());
  if (*count > room) return NVML_ERROR_INSUFFICIENT_SIZE;
  for (const Process& process : call.processes) {
    std::memset(at, 0, call.stride);
    std::memcpy(at, &process.pid, sizeof process.pid);
    std::memcpy(at + 8, &process.bytes, sizeof process.bytes);
    at += call.stride;
  }
  return NVML_SUCCESS;
}

}  // namespace

extern "C" {

nvmlReturn_t nvmlDeviceGetComputeRunningProcesses_v3(nvmlDevice_t, unsigned* count,
                                                     nvmlProcessInfo_t* processes) {
  return Answer(Answers().compute3, count, processes);
}
nvmlReturn_t nvmlDeviceGetComputeRunningProcesses_v2(nvmlDevice_t, unsigned* count,
                                                     nvmlProcessInfo_t* processes) {
  return Answer(Answers().compute2, count, processes);
}
nvmlReturn_t nvmlDeviceGetComputeRunningProcesses(nvmlDevice_t, unsigned* count,
                                                  nvmlProcessInfo_v1_t* processes) {
  return Answer(Answers().compute1, count, processes);
}
nvmlReturn_t nvmlDeviceGetGraphicsRunningProcesses(nvmlDevice_t, unsigned* count,
                                                   nvmlProcessInfo_v1_t* processes) {
  return Answer(Answers().graphics1, count, processes);
}
nvmlReturn_t nvmlDeviceGetMPSComputeRunningProcesses_v3(nvmlDevice_t, unsigned* count,
                                                        nvmlProcessInfo_t* processes) {
  return Answer(Answers().mps3, count, processes);
}

// What a library cannot be loaded without, and nobody calls.
nvmlReturn_t nvmlInit_v2() {
  return NVML_ERROR_UNKNOWN;
}
nvmlReturn_t nvmlShutdown() {
  return NVML_ERROR_UNKNOWN;
}
nvmlReturn_t nvmlSystemGetDriverVersion(char*, unsigned) {
  return NVML_ERROR_UNKNOWN;
}
nvmlReturn_t nvmlDeviceGetCount_v2(unsigned*) {
  return NVML_ERROR_UNKNOWN;
}
nvmlReturn_t nvmlDeviceGetHandleByIndex_v2(unsigned, nvmlDevice_t*) {
  return NVML_ERROR_UNKNOWN;
}
nvmlReturn_t nvmlDeviceGetUUID(nvmlDevice_t, char*, unsigned) {
  return NVML_ERROR_UNKNOWN;
}
nvmlReturn_t nvmlDeviceGetName(nvmlDevice_t, char*, unsigned) {
  return NVML_ERROR_UNKNOWN;
}
nvmlReturn_t nvmlDeviceGetMemoryInfo(nvmlDevice_t, nvmlMemory_t*) {
  return NVML_ERROR_UNKNOWN;
}

}  // extern "C"
