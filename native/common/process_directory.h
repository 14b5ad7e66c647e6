// A process, as /proc shows it. Never its arguments or its environment: they are not ours to read,
// and reading them can wait for ever behind a process that hangs in the kernel.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

/// From /proc/PID/stat.
struct ProcessStat {
  char name[64];
  unsigned parent;
  unsigned long long start_time;  // clock ticks since the host's start
};

/// Reads the text of /proc/PID/stat. A name may hold anything, parentheses too.
std::optional<ProcessStat> ParseStat(std::string_view text);

/// Now, in the unit of a start time.
unsigned long long ReadTicks();

/// The directory of a process, held open. All that is read through it is of that process: once it
/// has ended nothing can be read, also when its PID has become another's. So what is read first
/// and what is read last belong together.
class ProcessDirectory {
 public:
  explicit ProcessDirectory(unsigned pid);
  ~ProcessDirectory();
  ProcessDirectory(const ProcessDirectory&) = delete;
  ProcessDirectory& operator=(const ProcessDirectory&) = delete;

  /// Absent where it cannot be read.
  [[nodiscard]] std::optional<ProcessStat> Stat() const;
  /// What fits of a file; empty where it cannot be read.
  std::string_view Read(const char* file, char* buffer, std::size_t size) const;
  /// The path of what it runs; empty where that is none of our business.
  std::string_view Executable(char* buffer, std::size_t size) const;

 private:
  int directory_;
};
