// A probe that waits in its only phase until SIGTERM comes.
#include <csignal>

#include "common/cancellation.h"
#include "common/probe.h"

int main() {
  Probe probe("patient");
  probe.Start();
  probe.Phase("wait", [] {
    siginfo_t info{};
    sigset_t wanted;
    sigemptyset(&wanted);
    sigaddset(&wanted, SIGTERM);
    sigwaitinfo(&wanted, &info);
    return std::optional<Failure>(Cancellation());
  });
  return probe.Finish();
}
