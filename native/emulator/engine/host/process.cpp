#include "emulator/engine/host/process.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>

namespace emulator {
namespace {

constexpr int kStateField = 3;
constexpr int kStartTimeField = 22;

struct Stat {
  char state = 0;
  std::uint64_t start_time = 0;
};

std::optional<Stat> ParseStat(const char* line) {
  // The second field is the command's name in brackets, which may hold brackets and spaces too.
  const char* at = std::strrchr(line, ')');
  if (at == nullptr || at[1] != ' ') return std::nullopt;
  at += 2;
  Stat stat;
  stat.state = *at;
  for (int field = kStateField; field < kStartTimeField; ++field) {
    at = std::strchr(at, ' ');
    if (at == nullptr) return std::nullopt;
    ++at;
  }
  stat.start_time = std::strtoull(at, nullptr, 10);
  return stat;
}

std::optional<Stat> ReadStat(std::int64_t pid) {
  const int file = open(("/proc/" + std::to_string(pid) + "/stat").c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::nullopt;
  std::array<char, 1024> line{};
  const ssize_t length = read(file, line.data(), line.size() - 1);
  close(file);
  if (length <= 0) return std::nullopt;
  return ParseStat(line.data());
}

}  // namespace

ProcessId ProcessOf(std::int64_t pid) {
  const auto stat = ReadStat(pid);
  return {pid, stat ? stat->start_time : 0};
}

ProcessId ThisProcess() {
  return ProcessOf(getpid());
}

bool IsAlive(const ProcessId& process) {
  const auto stat = ReadStat(process.pid);
  if (!stat || stat->state == 'Z' || stat->state == 'X') return false;
  return stat->start_time == process.start_time;
}

}  // namespace emulator
