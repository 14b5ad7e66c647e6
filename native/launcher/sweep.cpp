#include "launcher/sweep.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace {

/// What was left behind may be in the middle of a driver call, and so is asked before it is killed;
constexpr Nanoseconds kGrace = 10 * kSecond;
/// and so long it may take to die.
constexpr Nanoseconds kPatience = 10 * kSecond;

bool HasChildren() {
  siginfo_t info{};
  return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

/// Signals who is listed in `text`, "12 34 ". A number without a space behind it may be cut off.
void SendToListed(const char* text, int number) {
  char* end = nullptr;
  for (long pid = std::strtol(text, &end, 10); pid > 0 && *end == ' ';
       pid = std::strtol(end, &end, 10))
    kill(static_cast<pid_t>(pid), number);
}

/// Our own children, so no number can have become another's. If there are more than are read at
/// once, or they have children in turn, the next round finds them.
void SendToChildren(int number) {
  char text[4096];
  const int file = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  const ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  if (length <= 0) return;
  text[length] = '\0';
  SendToListed(text, number);
}

void Heed(Lane& lane, const Signals& signals) {
  for (int number = signals.Next(); number != 0; number = signals.Next()) {
    if (number == SIGUSR1) lane.GiveBack();
  }
}

}  // namespace

void Sweep(Instances& instances, Lane& lane, const Signals& signals) {
  const Nanoseconds asked_until = ReadClock() + kGrace;
  const Nanoseconds deadline = asked_until + kPatience;
  for (instances.Reap(); HasChildren(); instances.Reap()) {
    const Nanoseconds now = ReadClock();
    const bool asking = now < asked_until;
    if (now >= deadline) {
      (void)std::fprintf(stderr, "launcher: something that was left behind cannot be killed\n");
      return;
    }
    for (const int number : {asking ? SIGTERM : SIGKILL, SIGCONT}) {
      instances.SendToGroup(number);
      SendToChildren(number);
    }
    signals.Wait(std::min((asking ? asked_until : deadline) - now, kSecond));
    Heed(lane, signals);
  }
}
