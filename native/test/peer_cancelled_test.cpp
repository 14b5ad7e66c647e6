// A consumer that SIGTERM ended with its producer has not died.
#include <sys/wait.h>

#include <csignal>

#include "common/cancellation.h"
#include "test/check.h"
#include "transfer/peer.h"

namespace {

/// A peer that has ended, and may still be reaped.
void StartEnded(Peer& peer) {
  siginfo_t ended{};
  CHECK(!peer.Start([](Channel&) -> std::optional<Failure> { return Cancellation(); }));
  CHECK(waitid(P_PID, static_cast<id_t>(peer.Pid()), &ended, WEXITED | WNOWAIT) == 0);
}

std::string ReasonOfSending(Peer& peer) {
  const std::optional<Failure> failure = peer.Send({});
  return failure ? failure->reason : "none";
}

void WhoEndsAloneSaysWhy() {
  Peer peer;
  StartEnded(peer);
  CHECK_TEXT(ReasonOfSending(peer), "cancelled");
}

void WhoEndsTogetherIsNotMissed() {
  Peer peer;
  StartEnded(peer);
  CHECK(raise(SIGTERM) == 0);
  CHECK_TEXT(ReasonOfSending(peer), "cancelled");
}

}  // namespace

int main() {
  HoldSignals();
  WhoEndsAloneSaysWhy();
  WhoEndsTogetherIsNotMissed();  // the last: SIGTERM stays pending
  return Failures();
}
