#include "common/pause.h"

#include <fcntl.h>

#include <csignal>
#include <cstdlib>
#include <string>

#include "common/pause_line.h"
#include "common/probe.h"
#include "test/check.h"
#include "test/probe_run.h"

namespace {

using Nothing = std::optional<Failure>;

/// A probe of two phases, the second of which ends as it is told, with its ends of the pipes.
class Looked {
 public:
  Looked(const char* pause_after, const Nothing& second) {
    CHECK(pipe2(report_, O_CLOEXEC) == 0 && pipe2(gate_, O_CLOEXEC) == 0);
    CHECK(pipe2(output_, O_CLOEXEC) == 0);
    pid_ = fork();
    if (pid_ == 0) _exit(Body(pause_after, second));
    close(report_[1]);
    close(gate_[0]);
    close(output_[1]);
  }
  ~Looked() {
    CloseGate();
    close(report_[0]);
    close(output_[0]);
  }
  Looked(const Looked&) = delete;
  Looked& operator=(const Looked&) = delete;

  [[nodiscard]] std::string Line() const {
    std::string line;
    for (char byte = 0; read(report_[0], &byte, 1) == 1 && byte != '\n';) line += byte;
    return line;
  }
  void GoOn() const { CHECK(write(gate_[1], "", 1) == 1); }
  void CloseGate() {
    if (gate_[1] >= 0) close(gate_[1]);
    gate_[1] = -1;
  }
  void Tell(int number) const { kill(pid_, number); }
  /// What it wrote in all, when it has ended.
  [[nodiscard]] Run End() const {
    Run run{ReadAll(output_[0]), 0};
    CHECK(waitpid(pid_, &run.status, 0) == pid_);
    return run;
  }

 private:
  int Body(const char* pause_after, const Nothing& second) {
    dup2(output_[1], STDOUT_FILENO);
    // Out of the way first: they may have one another's numbers.
    const int report = fcntl(report_[1], F_DUPFD_CLOEXEC, 20);
    const int gate = fcntl(gate_[0], F_DUPFD_CLOEXEC, 20);
    for (const int descriptor : {report_[0], report_[1], gate_[0], gate_[1]}) close(descriptor);
    dup2(report, kPauseReport);
    dup2(gate, kPauseGate);
    close(report);
    close(gate);
    if (pause_after != nullptr) setenv("CUDAPROBE_PAUSE_AFTER", pause_after, 1);
    Probe probe("test");
    probe.Start();
    probe.Phase("init", [] { return Nothing(); });
    probe.Phase("context", [&] { return second; });
    return probe.Finish();
  }

  pid_t pid_ = 0;
  int report_[2]{};
  int gate_[2]{};
  int output_[2]{};
};

void ItWaitsAfterEachListedPhase() {
  const Looked looked("init,context", Nothing());
  const auto first = ParsePaused(looked.Line().c_str());
  CHECK(first.has_value());
  CHECK_TEXT(first->phase.text, "init");
  CHECK(first->at > 0 && first->at <= ReadClock());
  looked.GoOn();
  const auto second = ParsePaused(looked.Line().c_str());
  CHECK(second.has_value());
  CHECK_TEXT(second->phase.text, "context");
  CHECK(second->at >= first->at);
  looked.GoOn();
  CHECK_TEXT(looked.Line(), "ended success - - -");
  const Run run = looked.End();
  CHECK_TEXT(run.Story(), "hello end:spawn begin:init end:init begin:context end:context result");
  CHECK(run.ExitCode() == 0);
}

void APhaseThatIsNotListedIsPassed() {
  const Looked looked("context,in,inits", Nothing());
  const auto paused = ParsePaused(looked.Line().c_str());
  CHECK(paused.has_value());
  CHECK_TEXT(paused->phase.text, "context");
  looked.GoOn();
  CHECK_TEXT(looked.Line(), "ended success - - -");
  CHECK(looked.End().ExitCode() == 0);
}

void AClosedGateEndsAllPauses() {
  Looked looked("init,context", Nothing());
  CHECK(ParsePaused(looked.Line().c_str()).has_value());
  looked.CloseGate();
  CHECK_TEXT(looked.Line(), "ended success - - -");
  CHECK(looked.End().ExitCode() == 0);
}

void AFailureIsToldWithoutAPause() {
  Nothing failure = Because("oom", "a message of several words");
  (void)std::snprintf(failure->code, sizeof failure->code, "CUDA_ERROR_OUT_OF_MEMORY");
  const Looked looked("context", failure);
  CHECK_TEXT(looked.Line(), "ended failure oom CUDA_ERROR_OUT_OF_MEMORY context");
  CHECK(looked.End().ExitCode() == 1);
}

void WhatIsNotKnownIsADash() {
  const Looked looked("context", Skipped("compute_mode", "prohibited"));
  CHECK_TEXT(looked.Line(), "ended skipped compute_mode - context");
  CHECK(looked.End().ExitCode() == 77);
}

void SigtermIsSeenWhenItGoesOn() {
  Looked looked("init", Nothing());
  CHECK(ParsePaused(looked.Line().c_str()).has_value());
  looked.Tell(SIGTERM);
  looked.CloseGate();
  CHECK_TEXT(looked.Line(), "ended failure cancelled - -");
  CHECK_TEXT(looked.End().Story(), "hello end:spawn begin:init end:init result");
}

void NobodyWhoLooksMeansNoPause() {
  const Looked looked(nullptr, Nothing());
  CHECK_TEXT(looked.Line(), "");
  CHECK(looked.End().ExitCode() == 0);
}

void TheBarrierGoesBeforePauses() {
  setenv("CUDAPROBE_BARRIER", "0", 1);
  const Looked looked("init", Nothing());
  unsetenv("CUDAPROBE_BARRIER");
  CHECK_TEXT(looked.Line(), "");
  CHECK(looked.End().ExitCode() == 0);
}

void AListIsReadByWords() {
  CHECK(IsListed("init", "init"));
  CHECK(IsListed("init,context", "context"));
  CHECK(!IsListed("init,context", "con"));
  CHECK(!IsListed("context", "contexts"));
  CHECK(!IsListed("", "init"));
  CHECK(!IsListed("init,", "context"));
}

}  // namespace

int main() {
  ItWaitsAfterEachListedPhase();
  APhaseThatIsNotListedIsPassed();
  AClosedGateEndsAllPauses();
  AFailureIsToldWithoutAPause();
  WhatIsNotKnownIsADash();
  SigtermIsSeenWhenItGoesOn();
  NobodyWhoLooksMeansNoPause();
  TheBarrierGoesBeforePauses();
  AListIsReadByWords();
  return Failures();
}
