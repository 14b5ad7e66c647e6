// The records that NVML's lists of processes write. Their length is not what a call's name promises
// on every driver: early ones of the 535 series wrote 32 bytes under the name of _v3, another wrote
// 16. So a list is written over a pattern, and its length is read off what is left of that.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

/// One record, whatever its length was.
struct ProcessRecord {
  unsigned pid;
  std::optional<std::uint64_t> bytes;  // nothing where NVML cannot tell
};

/// What cannot be: a record beyond these was read wrongly.
struct RecordLimits {
  unsigned largest_pid;
  double most_bytes;
};

/// The kernel's own limit of PIDs.
unsigned ReadLargestPid();

/// Room for as many records as NVML lists in one call, of the longest kind.
class ProcessRecords {
 public:
  /// NVML's own limit.
  static constexpr unsigned kMost = 950;

  /// Where a call may write kMost records.
  void* Prepare();

  /// Works out how long the `count` records are that the call wrote. False where their length is
  /// none that is known, or a record is beyond the limits.
  bool Understand(unsigned count, const RecordLimits& limits);

  /// Bytes from one record to the next; 0 where there are none.
  [[nodiscard]] std::size_t Stride() const { return stride_; }
  [[nodiscard]] unsigned Count() const { return count_; }
  [[nodiscard]] ProcessRecord operator[](unsigned at) const;

 private:
  static constexpr std::size_t kWord = 8;
  static constexpr std::size_t kLongest = 32;

  [[nodiscard]] std::size_t Written() const;

  alignas(kWord) unsigned char bytes_[kMost * kLongest];
  std::size_t stride_ = 0;
  unsigned count_ = 0;
};
