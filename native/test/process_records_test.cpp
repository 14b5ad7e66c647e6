#include "common/process_records.h"

#include <cstring>
#include <vector>

#include "test/check.h"

namespace {

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20U;
constexpr std::uint64_t kNotAvailable = ~std::uint64_t{0};
constexpr RecordLimits kLimits{4194304, 80e9};

/// What a driver writes for a process, in records of `stride` bytes.
void WriteRecord(unsigned char* at, std::size_t stride, unsigned pid, std::uint64_t bytes) {
  constexpr unsigned kNoInstance = ~0U;
  const std::uint64_t protected_bytes = 0;
  std::memcpy(at, &pid, sizeof pid);
  std::memcpy(at + 8, &bytes, sizeof bytes);
  if (stride >= 24) std::memcpy(at + 16, &kNoInstance, sizeof kNoInstance);
  if (stride >= 24) std::memcpy(at + 20, &kNoInstance, sizeof kNoInstance);
  if (stride == 32) std::memcpy(at + 24, &protected_bytes, sizeof protected_bytes);
}

struct Process {
  unsigned pid;
  std::uint64_t bytes;
};

bool Understands(ProcessRecords& records, std::size_t stride,
                 const std::vector<Process>& processes) {
  auto* at = static_cast<unsigned char*>(records.Prepare());
  for (const Process& process : processes) {
    WriteRecord(at, stride, process.pid, process.bytes);
    at += stride;
  }
  return records.Understand(static_cast<unsigned>(processes.size()), kLimits);
}

void EachLengthIsReadOffWhatWasWritten() {
  for (const std::size_t stride : {16, 24, 32}) {
    for (const unsigned count : {1U, 2U, 3U, 4U, 17U, ProcessRecords::kMost}) {
      ProcessRecords records;
      std::vector<Process> processes;
      for (unsigned at = 0; at < count; ++at) processes.push_back({100 + at, at * kMiB});
      const std::string what = std::to_string(count) + " records of " + std::to_string(stride);
      CHECK_TEXT(what, Understands(records, stride, processes) ? what : "");
      CHECK(records.Stride() == stride);
      CHECK(records.Count() == count);
      CHECK(records[count - 1].pid == 99 + count);
      CHECK(records[count - 1].bytes == (count - 1) * kMiB);
    }
  }
}

void AnEmptyListHasNoLength() {
  ProcessRecords records;
  CHECK(Understands(records, 24, {}));
  CHECK(records.Stride() == 0);
  CHECK(records.Count() == 0);
}

void WhatIsNotAvailableIsNoNumber() {
  ProcessRecords records;
  CHECK(Understands(records, 24, {{1, kNotAvailable}, {2, 0}}));
  CHECK(!records[0].bytes);
  CHECK(records[1].bytes == std::uint64_t{0});
}

void WhatCannotBeIsRefused() {
  ProcessRecords records;
  CHECK(Understands(records, 24, {{1, 5}, {kLimits.largest_pid, 5}}));
  CHECK(!Understands(records, 24, {{1, 5}, {kLimits.largest_pid + 1, 5}}));
  CHECK(!Understands(records, 24, {{0, 5}}));
  CHECK(Understands(records, 24, {{1, 80'000'000'000}}));
  CHECK(!Understands(records, 24, {{1, 80'000'000'001}}));
}

void OtherLengthsAreRefused() {
  ProcessRecords records;
  auto* const bytes = static_cast<unsigned char*>(records.Prepare());
  std::memset(bytes, 1, 80);  // two of 40
  CHECK(!records.Understand(2, kLimits));
  records.Prepare();
  CHECK(!records.Understand(2, kLimits));  // told, and not written
  std::memset(records.Prepare(), 0, ProcessRecords::kMost * std::size_t{32});
  CHECK(!records.Understand(3, kLimits));
}

void MoreThanThereIsRoomForIsRefused() {
  ProcessRecords records;
  records.Prepare();
  CHECK(!records.Understand(ProcessRecords::kMost + 1, kLimits));
}

void TheLargestPidIsTheKernels() {
  const unsigned largest = ReadLargestPid();
  CHECK(largest >= 300 && largest <= 1U << 22U);
}

}  // namespace

int main() {
  EachLengthIsReadOffWhatWasWritten();
  AnEmptyListHasNoLength();
  WhatIsNotAvailableIsNoNumber();
  WhatCannotBeIsRefused();
  OtherLengthsAreRefused();
  MoreThanThereIsRoomForIsRefused();
  TheLargestPidIsTheKernels();
  return Failures();
}
