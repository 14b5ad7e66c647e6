#include "common/process_directory.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

namespace {

constexpr int kParentField = 4;
constexpr int kStartField = 22;

/// What fits of `text`, ended.
template <std::size_t size>
void CopyText(std::string_view text, char (&copy)[size]) {
  const std::size_t length = std::min(text.size(), size - 1);
  std::memcpy(copy, text.data(), length);
  copy[length] = '\0';
}

/// The number in the field, where `text` begins with field 3, the state.
std::optional<unsigned long long> NumberIn(const char* text, int field) {
  char* end = nullptr;
  for (int at = 3; at < field; ++at) {
    text = std::strchr(text, ' ');
    if (text == nullptr) return std::nullopt;
    ++text;
  }
  const unsigned long long number = std::strtoull(text, &end, 10);
  if (end == text) return std::nullopt;
  return number;
}

}  // namespace

std::optional<ProcessStat> ParseStat(std::string_view text) {
  char rest[512];  // some twenty numbers
  ProcessStat stat{};
  const std::size_t open = text.find('(');
  const std::size_t close = text.rfind(") ");
  if (close == std::string_view::npos || open > close) return std::nullopt;
  CopyText({text.data() + open + 1, close - open - 1}, stat.name);
  text.remove_prefix(close + 2);
  CopyText(text, rest);
  const auto parent = NumberIn(rest, kParentField);
  const auto start = NumberIn(rest, kStartField);
  if (!parent || !start) return std::nullopt;
  stat.parent = static_cast<unsigned>(*parent);
  stat.start_time = *start;
  return stat;
}

unsigned long long ReadTicks() {
  timespec now{};
  const auto ticks = static_cast<unsigned long long>(sysconf(_SC_CLK_TCK));
  clock_gettime(CLOCK_BOOTTIME, &now);
  constexpr unsigned long long kNanoseconds = 1'000'000'000;
  return static_cast<unsigned long long>(now.tv_sec) * ticks +
         static_cast<unsigned long long>(now.tv_nsec) * ticks / kNanoseconds;
}

ProcessDirectory::ProcessDirectory(unsigned pid) {
  char path[32];
  (void)std::snprintf(path, sizeof path, "/proc/%u", pid);
  directory_ = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

ProcessDirectory::~ProcessDirectory() {
  if (directory_ >= 0) close(directory_);
}

std::optional<ProcessStat> ProcessDirectory::Stat() const {
  char text[1024];
  const std::string_view read = Read("stat", text, sizeof text);
  if (read.empty()) return std::nullopt;
  return ParseStat(read);
}

std::string_view ProcessDirectory::Read(const char* file, char* buffer, std::size_t size) const {
  const int opened = directory_ < 0 ? -1 : openat(directory_, file, O_RDONLY | O_CLOEXEC);
  if (opened < 0) return {};
  const ssize_t length = read(opened, buffer, size);
  close(opened);
  if (length <= 0) return {};
  return {buffer, static_cast<std::size_t>(length)};
}

std::string_view ProcessDirectory::Executable(char* buffer, std::size_t size) const {
  const ssize_t length = directory_ < 0 ? -1 : readlinkat(directory_, "exe", buffer, size);
  if (length <= 0) return {};
  return {buffer, static_cast<std::size_t>(length)};
}
