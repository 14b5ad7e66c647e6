// The frame of every native probe: what docs/protocol.md asks of one, from main's first line to
// its exit code.
#pragma once

#include <initializer_list>
#include <optional>

#include "common/clock.h"
#include "common/failure.h"
#include "common/pause.h"

/// What a process has used so far, and when.
struct Reading {
  Nanoseconds at = 0;
  Nanoseconds cpu = 0;
  long major_faults = 0;
};

/// The clock is read last, so that a phase begins when everything else is done,
Reading ReadBeforeWork();
/// and first, so that it ends before anything else is.
Reading ReadAfterWork();

/// A label of a sample. Empty text stands for what is not known.
struct Label {
  const char* name;
  const char* text;
};

/// A probe's run. Phases follow one another; after a failure, or SIGTERM, those that are left do
/// nothing, so that a body is written as if all went well. What was taken is given back by its
/// owner's destructor.
class Probe {
 public:
  /// The first thing in main: spawn ends here.
  explicit Probe(const char* name);

  /// Once the options are known to be good: says hello, and waits at the launcher's barrier.
  void Start();

  /// Does `work` as a phase. It returns std::optional<Failure>.
  template <typename Work>
  void Phase(const char* phase, Work work) {
    if (!Begin(phase)) return;
    const Reading began = ReadBeforeWork();
    const std::optional<Failure> failure = work();
    const Reading ended = ReadAfterWork();
    if (failure) return Fail(phase, *failure);
    End(phase, began, ended);
  }

  /// Does `work` on no phase's time. A failure is reported as `phase`'s.
  template <typename Work>
  void Untimed(const char* phase, Work work) {
    if (!Proceeds()) return;
    if (const std::optional<Failure> failure = work()) Fail(phase, *failure);
  }

  /// Reports a value, also after a failure. One that is not finite is left out.
  void Sample(const char* name, double value, std::initializer_list<Label> labels = {});

  /// Writes the result. Main returns what this does.
  int Finish();

 private:
  bool Proceeds();
  bool Begin(const char* phase);
  void End(const char* phase, const Reading& began, const Reading& ended);
  void Fail(const char* phase, const Failure& failure);
  void Hello();

  const char* name_;
  Reading spawned_;
  int instance_;
  std::optional<Failure> failure_;
  const char* failed_phase_ = nullptr;
  Pauses pauses_;
  bool heard_ = true;  // somebody reads what is written
};
