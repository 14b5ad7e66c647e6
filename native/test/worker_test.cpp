#include "common/worker.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <string>

#include "common/cancellation.h"
#include "test/check.h"
#include "test/worker_stand_in.h"

namespace {

bool IsGone(const Worker& worker) {
  return kill(worker.Pid(), 0) != 0;
}

std::string ReasonOf(const Nothing& failure) {
  return failure ? failure->reason : "none";
}

void ItStopsWhereItIsAskedTo() {
  Worker worker;
  Order order("success");
  CHECK(!worker.Start(order()));
  CHECK(!worker.AwaitPause("init"));
  const Nanoseconds first = worker.PausedAt();
  CHECK(worker.SpawnedAt() < first && first < ReadClock());
  worker.GoOn();
  CHECK(!worker.AwaitPause("context"));
  CHECK(worker.WentOnAt() > first && worker.PausedAt() > first);
  CHECK(!worker.RunOut());
  CHECK(!worker.IsRunning() && worker.ReapedAt() > worker.PausedAt());
  CHECK(IsGone(worker));
}

void ItIsInOurGroupAndSilent() {
  Worker worker;
  Order order("success");
  CHECK(!worker.Start(order()));
  CHECK(!worker.AwaitPause("init"));
  CHECK(getpgid(worker.Pid()) == getpgrp());
  char target[64] = "";
  const std::string output = "/proc/" + std::to_string(worker.Pid()) + "/fd/1";
  CHECK(readlink(output.c_str(), target, sizeof target - 1) > 0);
  CHECK_TEXT(target, "/dev/null");
}

void ItsFailureIsOurs() {
  Worker worker;
  Order order("oom");
  CHECK(!worker.Start(order()));
  CHECK(!worker.AwaitPause("init"));
  worker.GoOn();
  const Nothing failure = worker.AwaitPause("context");
  CHECK_TEXT(ReasonOf(failure), "oom");
  CHECK_TEXT(failure->outcome, "failure");
  CHECK_TEXT(failure->phase, "context");
  CHECK(IsGone(worker));
}

void AFailureAfterTheLastPauseHasThePhaseItIsOf() {
  Worker worker;
  Order order("corrupt");
  CHECK(!worker.Start(order()));
  CHECK(!worker.AwaitPause("init"));
  worker.GoOn();
  CHECK(!worker.AwaitPause("context"));
  const Nothing failure = worker.RunOut();
  CHECK_TEXT(ReasonOf(failure), "corrupt");
  CHECK_TEXT(failure->phase, "context");
}

void ACrashIsToldWithItsSignal() {
  Worker worker;
  Order order("crash");
  CHECK(!worker.Start(order()));
  CHECK(!worker.AwaitPause("init"));
  worker.GoOn();
  const Nothing failure = worker.AwaitPause("context");
  CHECK_TEXT(ReasonOf(failure), "crashed");
  CHECK(std::strstr(failure->message, "signal 11") != nullptr);
  CHECK(IsGone(worker));
}

void OneThatSaysNothingIsNoSuccess() {
  Worker worker;
  Order order("mute");
  CHECK(!worker.Start(order()));
  const Nothing failure = worker.AwaitPause("init");
  CHECK_TEXT(ReasonOf(failure), "unknown");
  CHECK_TEXT(failure->message, "exe exited with 3 and no result");
}

void APhaseItDoesNotHaveIsNoSuccess() {
  Worker worker;
  Order order("success", "allocate");
  CHECK(!worker.Start(order()));
  CHECK_TEXT(ReasonOf(worker.AwaitPause("allocate")), "unknown");
  CHECK(IsGone(worker));
  Worker other;
  Order another("success", "init");
  CHECK(!other.Start(another()));
  CHECK_TEXT(ReasonOf(other.AwaitPause("context")), "unknown");
}

void AProgramThatIsNotThereIsNotStarted() {
  char missing[] = "/nowhere/program";
  char* program[] = {missing, nullptr};
  Worker worker;
  CHECK_TEXT(ReasonOf(worker.Start({program, "init"})), "not_started");
  CHECK(!worker.IsRunning());
}

void APausedOneCanBeKilled() {
  Worker worker;
  Order order("success");
  CHECK(!worker.Start(order()));
  CHECK(!worker.AwaitPause("init"));
  worker.Kill();
  CHECK(!worker.IsRunning() && worker.ReapedAt() > 0);
  CHECK(IsGone(worker));
}

void APausedOneEndsWithItsOwner() {
  pid_t pid = 0;
  {
    Worker worker;
    Order order("success");
    CHECK(!worker.Start(order()));
    CHECK(!worker.AwaitPause("init"));
    pid = worker.Pid();
  }
  CHECK(kill(pid, 0) != 0);
}

void OthersDoNotHoldItsGateOpen() {
  Worker first;
  Worker second;
  Order order("success");
  CHECK(!first.Start(order()));
  CHECK(!first.AwaitPause("init"));
  CHECK(!second.Start(order()));
  CHECK(!second.AwaitPause("init"));
  CHECK(!first.RunOut());
  CHECK(second.IsRunning());
}

/// The last one: SIGTERM stays pending.
void SigtermEndsTheWait() {
  Worker worker;
  Order order("hang");
  CHECK(!worker.Start(order()));
  CHECK(!worker.AwaitPause("init"));
  worker.GoOn();
  (void)raise(SIGTERM);
  CHECK_TEXT(ReasonOf(worker.AwaitPause("context")), "cancelled");
  CHECK_TEXT(ReasonOf(worker.RunOut()), "cancelled");
  CHECK(worker.IsRunning());
  worker.Kill();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1) return BeWorker(argv[1]);
  HoldSignals();
  ItStopsWhereItIsAskedTo();
  ItIsInOurGroupAndSilent();
  ItsFailureIsOurs();
  AFailureAfterTheLastPauseHasThePhaseItIsOf();
  ACrashIsToldWithItsSignal();
  OneThatSaysNothingIsNoSuccess();
  APhaseItDoesNotHaveIsNoSuccess();
  AProgramThatIsNotThereIsNotStarted();
  APausedOneCanBeKilled();
  APausedOneEndsWithItsOwner();
  OthersDoNotHoldItsGateOpen();
  SigtermEndsTheWait();
  return Failures();
}
