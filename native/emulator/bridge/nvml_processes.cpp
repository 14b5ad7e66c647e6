#include <algorithm>
#include <vector>

#include "emulator/bridge/nvml_call.h"

namespace bridge = emulator::bridge;
using emulator::Emulator;
using emulator::Latency;
using emulator::ListedProcess;
using emulator::ProcessList;

namespace {

constexpr unsigned int kNoInstance = ~0U;    // the GPU is not partitioned
constexpr std::size_t kMostProcesses = 950;  // a real driver lists no more in a call either

/// What some drivers wrote in the place of nvmlProcessInfo_t.
struct LongRecord {
  nvmlProcessInfo_t process;
  unsigned long long usedGpuCcProtectedMemory;
};
static_assert(sizeof(LongRecord) == 32);

struct Function {
  const char* name;
  ProcessList list;
  int version;
};

struct Buffer {
  unsigned int* count;
  void* records;
};

using Processes = std::vector<ListedProcess>;
using Write = void (*)(const Processes& processes, void* records);

unsigned long long BytesOf(const ListedProcess& process) {
  return process.bytes.value_or(NVML_VALUE_NOT_AVAILABLE);
}

void Fill(nvmlProcessInfo_v1_t& record, const ListedProcess& process) {
  record = {static_cast<unsigned int>(process.pid), BytesOf(process)};
}

void Fill(nvmlProcessInfo_t& record, const ListedProcess& process) {
  record = {static_cast<unsigned int>(process.pid), BytesOf(process), kNoInstance, kNoInstance};
}

void Fill(LongRecord& record, const ListedProcess& process) {
  Fill(record.process, process);
  record.usedGpuCcProtectedMemory = 0;
}

template <typename Record>
void WriteAs(const Processes& processes, void* records) {
  auto* record = static_cast<Record*>(records);
  for (const ListedProcess& process : processes) Fill(*record++, process);
}

/// The stride goes wrong only in what is called version 3.
Write WriterOf(int version, std::uint64_t stride) {
  if (version == 1) return WriteAs<nvmlProcessInfo_v1_t>;
  if (version == 2 || stride == sizeof(nvmlProcessInfo_t)) return WriteAs<nvmlProcessInfo_t>;
  return stride == sizeof(LongRecord) ? WriteAs<LongRecord> : WriteAs<nvmlProcessInfo_v1_t>;
}

/// NVML's size protocol: too little room is told with how much it takes, and nothing is written.
nvmlReturn_t Answer(const Function& function, nvmlDevice_t device, const Buffer& buffer) {
  return bridge::CallDevice(function.name, device, [&](Emulator& emulator, std::uint64_t gpu) {
    if (buffer.count == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    const unsigned int room = *buffer.count;
    if (room > 0 && buffer.records == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    const emulator::Pace pace(emulator.pacer.Draw(Latency::kNvmlProcesses));
    Processes processes = emulator.ledger.Processes(gpu, function.list);
    processes.resize(std::min(processes.size(), kMostProcesses));
    *buffer.count = static_cast<unsigned int>(processes.size());
    if (processes.size() > room) return NVML_ERROR_INSUFFICIENT_SIZE;
    WriterOf(function.version, emulator.settings.nvml_process_stride)(processes, buffer.records);
    return NVML_SUCCESS;
  });
}

}  // namespace

extern "C" {

nvmlReturn_t nvmlDeviceGetComputeRunningProcesses(nvmlDevice_t device, unsigned int* count,
                                                  nvmlProcessInfo_v1_t* processes) {
  return Answer({"nvmlDeviceGetComputeRunningProcesses", ProcessList::kCompute, 1}, device,
                {count, processes});
}

nvmlReturn_t nvmlDeviceGetComputeRunningProcesses_v2(nvmlDevice_t device, unsigned int* count,
                                                     nvmlProcessInfo_t* processes) {
  return Answer({"nvmlDeviceGetComputeRunningProcesses_v2", ProcessList::kCompute, 2}, device,
                {count, processes});
}

nvmlReturn_t nvmlDeviceGetComputeRunningProcesses_v3(nvmlDevice_t device, unsigned int* count,
                                                     nvmlProcessInfo_t* processes) {
  return Answer({"nvmlDeviceGetComputeRunningProcesses_v3", ProcessList::kCompute, 3}, device,
                {count, processes});
}

nvmlReturn_t nvmlDeviceGetGraphicsRunningProcesses(nvmlDevice_t device, unsigned int* count,
                                                   nvmlProcessInfo_v1_t* processes) {
  return Answer({"nvmlDeviceGetGraphicsRunningProcesses", ProcessList::kGraphics, 1}, device,
                {count, processes});
}

nvmlReturn_t nvmlDeviceGetGraphicsRunningProcesses_v2(nvmlDevice_t device, unsigned int* count,
                                                      nvmlProcessInfo_t* processes) {
  return Answer({"nvmlDeviceGetGraphicsRunningProcesses_v2", ProcessList::kGraphics, 2}, device,
                {count, processes});
}

nvmlReturn_t nvmlDeviceGetGraphicsRunningProcesses_v3(nvmlDevice_t device, unsigned int* count,
                                                      nvmlProcessInfo_t* processes) {
  return Answer({"nvmlDeviceGetGraphicsRunningProcesses_v3", ProcessList::kGraphics, 3}, device,
                {count, processes});
}

nvmlReturn_t nvmlDeviceGetMPSComputeRunningProcesses(nvmlDevice_t device, unsigned int* count,
                                                     nvmlProcessInfo_v1_t* processes) {
  return Answer({"nvmlDeviceGetMPSComputeRunningProcesses", ProcessList::kMps, 1}, device,
                {count, processes});
}

nvmlReturn_t nvmlDeviceGetMPSComputeRunningProcesses_v2(nvmlDevice_t device, unsigned int* count,
                                                        nvmlProcessInfo_t* processes) {
  return Answer({"nvmlDeviceGetMPSComputeRunningProcesses_v2", ProcessList::kMps, 2}, device,
                {count, processes});
}

nvmlReturn_t nvmlDeviceGetMPSComputeRunningProcesses_v3(nvmlDevice_t device, unsigned int* count,
                                                        nvmlProcessInfo_t* processes) {
  return Answer({"nvmlDeviceGetMPSComputeRunningProcesses_v3", ProcessList::kMps, 3}, device,
                {count, processes});
}

}  // extern "C"
