#include "common/cancellation.h"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>

namespace {

sigset_t Held() {
  sigset_t held;
  sigemptyset(&held);
  sigaddset(&held, SIGTERM);
  return held;
}

}  // namespace

void HoldSignals() {
  const pid_t parent = getppid();
  const sigset_t held = Held();
  sigprocmask(SIG_BLOCK, &held, nullptr);
  // A write that fails is seen by its writer; a signal would end us in the middle of a call.
  (void)std::signal(SIGPIPE, SIG_IGN);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  // It may have died before it could be asked about.
  if (getppid() != parent) (void)raise(SIGTERM);
}

bool Cancelled() {
  sigset_t pending;
  return sigpending(&pending) == 0 && sigismember(&pending, SIGTERM) == 1;
}

int CancellationDescriptor() {
  static int descriptor = -1;
  const sigset_t held = Held();
  if (descriptor < 0) descriptor = signalfd(-1, &held, SFD_CLOEXEC | SFD_NONBLOCK);
  return descriptor;
}

void Rest(Nanoseconds time) {
  pollfd signals{CancellationDescriptor(), POLLIN, 0};
  poll(&signals, 1, static_cast<int>((time + kMillisecond - 1) / kMillisecond));
}

Failure Cancellation() {
  return Because("cancelled", "SIGTERM came");
}
