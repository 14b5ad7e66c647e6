#include "launcher/lane.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

namespace {

/// flock has no time limit, and a signal meant to interrupt it is lost when it comes just before
/// the call: so it is tried again and again, a hundred times a second at most.
constexpr Nanoseconds kBetweenTries = 10 * kMillisecond;

bool ToldToEnd(const Signals& signals) {
  for (int number = signals.Next(); number != 0; number = signals.Next()) {
    if (number == SIGTERM || number == SIGINT) return true;
  }
  return false;
}

}  // namespace

Lane::Answer Lane::Take(const char* file, Nanoseconds limit, const Signals& signals) {
  // Root's file must not shut out the daemon's user; who may reach it, the directory decides.
  constexpr mode_t kMode = 0644;
  const Nanoseconds deadline = ReadClock() + limit;
  descriptor_ = open(file, O_RDONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, kMode);
  if (descriptor_ < 0) {
    (void)std::fprintf(stderr, "launcher: cannot open the lane's lock %s: %s\n", file,
                       std::strerror(errno));
    return Answer::kUnusable;
  }
  while (flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    const Nanoseconds left = deadline - ReadClock();
    if (left <= 0 || ToldToEnd(signals)) return Answer::kBusy;
    signals.Wait(std::min(left, kBetweenTries));
  }
  return Answer::kHad;
}

void Lane::GiveBack() {
  if (descriptor_ >= 0) close(descriptor_);
  descriptor_ = -1;
}
