#pragma once

#include <cstdint>

namespace emulator {

/// A process, told from a later one with the same number by when it started (clock ticks after
/// boot, field 22 of /proc/PID/stat).
struct ProcessId {
  std::int64_t pid = 0;
  std::uint64_t start_time = 0;
};

constexpr bool operator==(const ProcessId& left, const ProcessId& right) {
  return left.pid == right.pid && left.start_time == right.start_time;
}

/// The process that has this number now; its start is 0 when none has.
ProcessId ProcessOf(std::int64_t pid);
ProcessId ThisProcess();

/// Whether it still runs. A zombie does not: it holds nothing any more.
bool IsAlive(const ProcessId& process);

}  // namespace emulator
