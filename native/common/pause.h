// How a probe lets another program look at it between its phases: docs/protocol.md, "Pausing".
#pragma once

#include <optional>

#include "common/clock.h"
#include "common/failure.h"

/// Where a paused probe says so, and where it reads that it may go on.
constexpr int kPauseReport = 3;
constexpr int kPauseGate = 4;

/// The pauses that CUDAPROBE_PAUSE_AFTER asks for. Without it nothing here does anything.
class Pauses {
 public:
  Pauses();

  /// `phase` ended at `ended_at`: says so and waits, where that is wanted.
  void After(const char* phase, Nanoseconds ended_at);
  /// Says how the probe ended; `phase` is null where none failed.
  void Finish(const std::optional<Failure>& failure, const char* phase) const;

 private:
  const char* wanted_;  // null: nobody looks
  bool waits_ = true;   // until the gate's other end is closed
};

/// Whether `word` is one of those in `list`, which has commas between them.
bool IsListed(const char* list, const char* word);
