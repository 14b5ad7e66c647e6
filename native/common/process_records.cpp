#include "common/process_records.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

#include "common/nvml_abi.h"

namespace {

/// No record ends in these: bytes, instances and their like are small there, or all ones.
constexpr unsigned char kPattern = 0xa5;
constexpr std::uint64_t kPatternWord = 0xa5a5a5a5a5a5a5a5;

/// Version 1, version 2, and that of the early 535 series.
constexpr std::size_t kStrides[] = {sizeof(nvmlProcessInfo_v1_t), sizeof(nvmlProcessInfo_t), 32};

bool IsSane(const ProcessRecord& record, const RecordLimits& limits) {
  if (record.pid == 0 || record.pid > limits.largest_pid) return false;
  return !record.bytes || static_cast<double>(*record.bytes) <= limits.most_bytes;
}

}  // namespace

unsigned ReadLargestPid() {
  constexpr unsigned kLargest = 1U << 22U;  // of a 64-bit kernel
  char text[32] = "";
  const int file = open("/proc/sys/kernel/pid_max", O_RDONLY | O_CLOEXEC);
  if (file < 0) return kLargest;
  const ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  const long largest = length > 0 ? std::strtol(text, nullptr, 10) : 0;
  return largest > 0 ? static_cast<unsigned>(largest) : kLargest;
}

void* ProcessRecords::Prepare() {
  std::memset(bytes_, kPattern, sizeof bytes_);
  stride_ = 0;
  count_ = 0;
  return bytes_;
}

bool ProcessRecords::Understand(unsigned count, const RecordLimits& limits) {
  if (count > kMost) return false;
  const std::size_t written = Written();
  for (const std::size_t stride : kStrides) {
    if (count > 0 && written == count * stride) stride_ = stride;
  }
  if (count > 0 && stride_ == 0) return false;
  for (; count_ < count; ++count_) {
    if (!IsSane((*this)[count_], limits)) return false;
  }
  return true;
}

ProcessRecord ProcessRecords::operator[](unsigned at) const {
  nvmlProcessInfo_v1_t record{};  // what every kind begins with
  std::memcpy(&record, bytes_ + at * stride_, sizeof record);
  if (record.usedGpuMemory == NVML_VALUE_NOT_AVAILABLE) return {record.pid, std::nullopt};
  return {record.pid, record.usedGpuMemory};
}

/// How much is not the pattern any more, up to the last word that is not.
std::size_t ProcessRecords::Written() const {
  std::size_t end = sizeof bytes_;
  std::uint64_t word = kPatternWord;
  for (; end > 0; end -= kWord) {
    std::memcpy(&word, bytes_ + end - kWord, kWord);
    if (word != kPatternWord) break;
  }
  return end;
}
