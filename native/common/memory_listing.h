// One look at the memory of every device, and at the processes that hold it.
#pragma once

#include <cstddef>
#include <optional>

#include "common/array.h"
#include "common/memory_account.h"
#include "common/memory_devices.h"
#include "common/process_facts.h"

/// What NVML told of one device.
struct DeviceMemory {
  MemoryDevice device;
  MemoryFacts memory;
  bool listed;          // its processes are known
  bool stride_anomaly;  // the records of a list had another length than they should
  unsigned long long listed_at;
  std::size_t first_holding, holdings;
};

class MemoryListing {
 public:
  /// Asks NVML, which is open, and /proc. A device whose lists fail has no processes here, which is
  /// said on standard error. It is a failure only where the lists of all fail, and even then the
  /// devices are here; a device that has no lists is none that fails.
  std::optional<Failure> Read(const Nvml& nvml);

  [[nodiscard]] const DeviceMemory* begin() const { return devices_.begin(); }
  [[nodiscard]] const DeviceMemory* end() const { return devices_.end(); }
  [[nodiscard]] MemoryAccount Account(const DeviceMemory& device) const;
  [[nodiscard]] const char* Cgroup(const Holding& holding) const {
    return table_.Cgroup(*holding.facts);
  }

 private:
  Failure Cancel();
  void ReadDevice(const Nvml& nvml, const MemoryDevice& device);
  void ReadProcesses();
  void LookAgain(const Nvml& nvml, const DeviceMemory& device);

  ProcessList list_;
  ProcessTable table_;
  Array<DeviceMemory> devices_;
  Array<Holding> holdings_;
  std::optional<Failure> unlisted_;
};
