#include "common/memory_listing.h"

#include <cstdio>
#include <cstring>

namespace {

void Complain(const MemoryDevice& device, const Failure& failure) {
  const char* const uuid = device.mig_uuid[0] != '\0' ? device.mig_uuid : device.gpu_uuid;
  (void)std::fprintf(stderr, "%s has no list of processes: %s, %s\n", uuid, failure.message,
                     failure.code);
}

bool IsMissing(const Holding& holding) {
  return holding.facts->presence == Presence::kEnded;
}

}  // namespace

std::optional<Failure> MemoryListing::Read(const Nvml& nvml) {
  MemoryDevices devices;
  if (auto failure = devices.Read(nvml)) return failure;
  for (const MemoryDevice& device : devices) {
    if (Cancelled()) return Cancel();
    ReadDevice(nvml, device);
  }
  ReadProcesses();
  bool listed = false;
  for (const DeviceMemory& device : devices_) {
    if (Cancelled()) return Cancel();
    if (device.listed) LookAgain(nvml, device);
    listed = listed || device.listed;
  }
  return listed ? std::nullopt : unlisted_;
}

/// What was half read is not told.
Failure MemoryListing::Cancel() {
  devices_.Shorten(0);
  return Cancellation();
}

MemoryAccount MemoryListing::Account(const DeviceMemory& device) const {
  const Holding* const first = holdings_.begin() + device.first_holding;
  return {first, first + device.holdings, device.listed_at};
}

void MemoryListing::ReadDevice(const Nvml& nvml, const MemoryDevice& device) {
  DeviceMemory read{};
  read.device = device;
  read.memory = ReadMemory(nvml, device.handle);
  read.first_holding = holdings_.Size();
  if (!device.divided) {
    const auto failure = list_.Read(nvml, device.handle, read.memory.total);
    read.listed = !failure;
    read.listed_at = ReadTicks();
    read.stride_anomaly = list_.HasStrideAnomaly();
    if (failure) Complain(device, *failure);
    if (failure && std::strcmp(failure->reason, "not_supported") != 0) unlisted_ = failure;
    for (const ListedProcess& process : list_) holdings_.Append({process, nullptr, false});
  }
  read.holdings = holdings_.Size() - read.first_holding;
  devices_.Append(read);
}

void MemoryListing::ReadProcesses() {
  Array<unsigned> pids;
  for (const Holding& holding : holdings_) pids.Append(holding.process.pid);
  table_.Read(pids);
  for (Holding& holding : holdings_) holding.facts = table_.Find(holding.process.pid);
}

/// A process that has ended is listed no more; one that is hidden from us still is.
void MemoryListing::LookAgain(const Nvml& nvml, const DeviceMemory& device) {
  Holding* const begin = holdings_.begin() + device.first_holding;
  Holding* const end = begin + device.holdings;
  bool missing = false;
  for (const Holding* holding = begin; holding != end; ++holding)
    missing = missing || IsMissing(*holding);
  if (!missing || list_.Read(nvml, device.device.handle, device.memory.total)) return;
  for (Holding* holding = begin; holding != end; ++holding)
    holding->persists = IsMissing(*holding) && list_.Find(holding->process.pid) != nullptr;
}
