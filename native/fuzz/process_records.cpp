// Whatever a driver writes for its lists of processes, and however many it says they are.
#include "common/process_records.h"

#include <algorithm>
#include <memory>

#include "fuzz/input.h"

namespace {

constexpr RecordLimits kLimits{4194304, 80e9};
constexpr std::size_t kRoom = ProcessRecords::kMost * std::size_t{32};

void CheckAll(const ProcessRecords& records, unsigned count) {
  Require(records.Count() == count);
  Require(count == 0 || records.Stride() == 16 || records.Stride() == 24 || records.Stride() == 32);
  for (unsigned at = 0; at < count; ++at) {
    const ProcessRecord record = records[at];
    Require(record.pid > 0 && record.pid <= kLimits.largest_pid);
    Require(!record.bytes || static_cast<double>(*record.bytes) <= kLimits.most_bytes);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto records = std::make_unique<ProcessRecords>();
  unsigned count = 0;
  if (size < sizeof count) return 0;
  std::memcpy(&count, data, sizeof count);
  const std::size_t length = std::min(size - sizeof count, kRoom);
  // In half of the inputs a count that goes with what is written, or nothing would be understood.
  if (count % 2 == 0)
    count = static_cast<unsigned>(length / (std::size_t{16} + std::size_t{8} * (count / 2 % 3)));
  std::memcpy(records->Prepare(), data + sizeof count, length);
  if (records->Understand(count, kLimits)) CheckAll(*records, count);
  return 0;
}
