#include "launcher/sweep.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace {

constexpr Nanoseconds kPatience = 10 * kSecond;

bool HasChildren() {
  siginfo_t info{};
  return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

/// Kills who is listed in `text`, "12 34 ". A number without a space behind it may be cut off.
void KillListed(const char* text) {
  char* end = nullptr;
  for (long pid = std::strtol(text, &end, 10); pid > 0 && *end == ' ';
       pid = std::strtol(end, &end, 10))
    kill(static_cast<pid_t>(pid), SIGKILL);
}

/// Our own children, so no number can have become another's. If there are more than are read at
/// once, or they have children in turn, the next round finds them.
void KillChildren() {
  char text[4096];
  const int file = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  const ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  if (length <= 0) return;
  text[length] = '\0';
  KillListed(text);
}

void Heed(Lane& lane, const Signals& signals) {
  for (int number = signals.Next(); number != 0; number = signals.Next()) {
    if (number == SIGUSR1) lane.GiveBack();
  }
}

}  // namespace

void Sweep(Instances& instances, Lane& lane, const Signals& signals) {
  const Nanoseconds deadline = ReadClock() + kPatience;
  for (instances.Reap(); HasChildren(); instances.Reap()) {
    const Nanoseconds left = deadline - ReadClock();
    if (left <= 0) {
      (void)std::fprintf(stderr, "launcher: something that was left behind cannot be killed\n");
      return;
    }
    instances.SendToGroup(SIGKILL);
    KillChildren();
    signals.Wait(std::min(left, kSecond));
    Heed(lane, signals);
  }
}
