#include "common/pause.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

/// With the launcher's barrier the two descriptors mean something else.
const char* ReadWanted() {
  if (std::getenv("CUDAPROBE_BARRIER") != nullptr) return nullptr;
  return std::getenv("CUDAPROBE_PAUSE_AFTER");
}

template <typename... Arguments>
void Report(const char* format, Arguments... arguments) {
  char line[512];
  const int length = std::snprintf(line, sizeof line, format, arguments...);
  // Nobody listens any more: then nobody keeps us waiting either.
  (void)(write(kPauseReport, line, static_cast<std::size_t>(length)) == length);
}

bool ReadByte() {
  char byte = 0;
  ssize_t count = 0;
  do {
    count = read(kPauseGate, &byte, 1);
  } while (count < 0 && errno == EINTR);
  return count == 1;
}

/// A word of its own, for an empty one would not be seen.
const char* OrDash(const char* text) {
  return text == nullptr || *text == '\0' ? "-" : text;
}

}  // namespace

Pauses::Pauses() : wanted_(ReadWanted()) {
  if (wanted_ == nullptr) return;
  // What the driver starts must not keep them open.
  fcntl(kPauseReport, F_SETFD, FD_CLOEXEC);
  fcntl(kPauseGate, F_SETFD, FD_CLOEXEC);
}

void Pauses::After(const char* phase, Nanoseconds ended_at) {
  if (wanted_ == nullptr || !waits_ || !IsListed(wanted_, phase)) return;
  Report("paused %s %lld\n", phase, static_cast<long long>(ended_at));
  waits_ = ReadByte();
}

void Pauses::Finish(const std::optional<Failure>& failure, const char* phase) const {
  if (wanted_ == nullptr) return;
  if (!failure) return Report("ended %s - - -\n", "success");
  Report("ended %s %s %s %s\n", failure->outcome, failure->reason, OrDash(failure->code),
         OrDash(phase));
}

bool IsListed(const char* list, const char* word) {
  const std::size_t length = std::strlen(word);
  while (true) {
    const std::size_t next = std::strcspn(list, ",");
    if (next == length && std::strncmp(list, word, length) == 0) return true;
    if (list[next] == '\0') return false;
    list += next + 1;
  }
}
