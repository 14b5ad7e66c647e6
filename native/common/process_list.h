// Which processes hold memory of a device, as NVML lists them. Nothing here looks at the processes
// themselves: a PID may have ended, or be another's, by the time it is read.
#pragma once

#include <cstdint>
#include <optional>

#include "common/array.h"
#include "common/nvml.h"
#include "common/process_records.h"

/// How a process uses a device. The larger wins where several lists name it.
enum class Client : unsigned char { kGraphics, kCompute, kMps };

/// A process on one device. `bytes` is the most that a list says, absent where none can tell.
struct ListedProcess {
  unsigned pid;
  Client client;
  std::optional<std::uint64_t> bytes;
};

/// The processes of one device: those that compute, draw, or are clients of MPS, a PID once. It is
/// large: keep one and read it again.
class ProcessList {
 public:
  explicit ProcessList(unsigned largest_pid = ReadLargestPid()) : limits_{largest_pid, 0} {}

  /// Asks for the lists of `device`, a GPU or a MIG instance, which has `total_bytes` (absent where
  /// that is not known). A list is asked for by the newest call that the driver has and that can be
  /// understood. A driver that has no list of graphics or of MPS has no such process; a list that
  /// fails otherwise is a failure of the whole, and nothing is listed then.
  std::optional<Failure> Read(const Nvml& nvml, nvmlDevice_t device,
                              std::optional<double> total_bytes);

  [[nodiscard]] const ListedProcess* begin() const { return processes_.begin(); }
  [[nodiscard]] const ListedProcess* end() const { return processes_.end(); }
  /// Null for a process that is not listed.
  [[nodiscard]] const ListedProcess* Find(unsigned pid) const;
  /// Whether the last Read met records of another length than their call's, or none it understood.
  [[nodiscard]] bool HasStrideAnomaly() const { return anomaly_; }

 private:
  template <typename Calls>
  std::optional<Failure> Collect(const Calls& calls, Client client, nvmlDevice_t device);
  template <typename Record, typename Call>
  nvmlReturn_t Ask(const Call& call, nvmlDevice_t device);
  void Merge();

  RecordLimits limits_;
  ProcessRecords records_;
  Array<ListedProcess> processes_;  // by PID, after Merge
  bool anomaly_ = false;
};
