#include "launcher/watch.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

namespace {

/// What the daemon would wait from SIGTERM to SIGKILL, and from there to giving up.
constexpr Nanoseconds kPatience = 10 * kSecond;

}  // namespace

void Watch::UntilAllEnded(const Signals& signals) {
  while (!instances_.AllEnded()) Listen(signals);
}

void Watch::Listen(const Signals& signals) {
  pollfd sources[] = {{signals.Descriptor(), POLLIN, 0}, {barrier_.Descriptor(), POLLIN, 0}};
  if (poll(sources, 2, PollTimeout(TimeLeft())) == 0) GoFurther();
  for (int number = signals.Next(); number != 0; number = signals.Next()) Obey(number);
  if (sources[1].revents != 0) barrier_.Count();
  barrier_.OpenWhenReady(instances_.Ended());
}

void Watch::Obey(int number) {
  if (number == SIGCHLD) return instances_.Reap();
  if (number == SIGUSR1) return lane_.GiveBack();
  AskToEnd();
}

/// Instances hold SIGTERM back and look at it when they have passed the barrier, so that opens
/// too. If the parent is gone, nobody is left who would send SIGKILL in time, or SIGUSR1.
void Watch::AskToEnd() {
  instances_.SendToGroup(SIGTERM);
  instances_.SendToGroup(SIGCONT);
  barrier_.Open();
  if (patience_ends_ == 0 && getppid() != parent_) patience_ends_ = ReadClock() + kPatience;
}

Nanoseconds Watch::TimeLeft() const {
  if (patience_ends_ == 0) return -1;
  return std::max<Nanoseconds>(patience_ends_ - ReadClock(), 0);
}

void Watch::GoFurther() {
  if (killed_) {
    lane_.GiveBack();
  } else {
    instances_.SendToGroup(SIGKILL);
  }
  killed_ = true;
  patience_ends_ = ReadClock() + kPatience;
}
