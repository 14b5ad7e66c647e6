#include "common/cancellation.h"

#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>

void HoldSignals() {
  const pid_t parent = getppid();
  sigset_t held;
  sigemptyset(&held);
  sigaddset(&held, SIGTERM);
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

Failure Cancellation() {
  return Because("cancelled", "SIGTERM came");
}
