#include <vector>

#include "emulator/bridge/nvml_call.h"

namespace bridge = emulator::bridge;
using emulator::Emulator;
using emulator::Latency;
using emulator::ListedProcess;
using emulator::MigInstance;
using emulator::ProcessList;

namespace {

constexpr unsigned int kNoInstance = ~0U;    // it is on a GPU as a whole
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

/// A process, and the MIG instance it is on; null for none.
struct Listing {
  ListedProcess process;
  const MigInstance* instance;
};

using Listings = std::vector<Listing>;
using Write = void (*)(const Listings& listings, void* records);

void Fill(nvmlProcessInfo_v1_t& record, const Listing& listing) {
  const ListedProcess& process = listing.process;
  record = {static_cast<unsigned int>(process.pid),
            process.bytes.value_or(NVML_VALUE_NOT_AVAILABLE)};
}

void Fill(nvmlProcessInfo_t& record, const Listing& listing) {
  nvmlProcessInfo_v1_t first{};
  Fill(first, listing);
  record = {first.pid, first.usedGpuMemory, kNoInstance, kNoInstance};
  if (listing.instance == nullptr) return;
  record.gpuInstanceId = static_cast<unsigned int>(listing.instance->gpu_instance);
  record.computeInstanceId = static_cast<unsigned int>(listing.instance->compute_instance);
}

void Fill(LongRecord& record, const Listing& listing) {
  Fill(record.process, listing);
  record.usedGpuCcProtectedMemory = 0;
}

template <typename Record>
void WriteAs(const Listings& listings, void* records) {
  auto* record = static_cast<Record*>(records);
  for (const Listing& listing : listings) Fill(*record++, listing);
}

Listings List(Emulator& emulator, std::uint64_t place, ProcessList list) {
  Listings listings;
  for (const ListedProcess& process : emulator.ledger.Processes(place, list)) {
    if (listings.size() == kMostProcesses) break;
    listings.push_back({process, emulator.settings.MigAt(process.place)});
  }
  return listings;
}

/// The stride goes wrong only in what is called version 3.
Write WriterOf(int version, std::uint64_t stride) {
  if (version == 1) return WriteAs<nvmlProcessInfo_v1_t>;
  if (version == 2 || stride == sizeof(nvmlProcessInfo_t)) return WriteAs<nvmlProcessInfo_t>;
  return stride == sizeof(LongRecord) ? WriteAs<LongRecord> : WriteAs<nvmlProcessInfo_v1_t>;
}

/// NVML's size protocol: too little room is told with how much it takes, and nothing is written.
nvmlReturn_t Answer(const Function& function, nvmlDevice_t device, const Buffer& buffer) {
  return bridge::CallPlace(function.name, device, [&](Emulator& emulator, std::uint64_t place) {
    if (buffer.count == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    const unsigned int room = *buffer.count;
    if (room > 0 && buffer.records == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    const emulator::Pace pace(emulator.pacer.Draw(Latency::kNvmlProcesses));
    const Listings listings = List(emulator, place, function.list);
    *buffer.count = static_cast<unsigned int>(listings.size());
    if (listings.size() > room) return NVML_ERROR_INSUFFICIENT_SIZE;
    WriterOf(function.version, emulator.settings.nvml_process_stride)(listings, buffer.records);
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
