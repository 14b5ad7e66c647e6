// The host's lane: one run at a time, whoever starts it.
#pragma once

#include "common/clock.h"
#include "launcher/surroundings.h"

/// An exclusive lock on a file, held until it is given back, or the launcher ends.
class Lane {
 public:
  enum class Answer { kHad, kBusy, kUnusable };

  Lane() = default;
  ~Lane() { GiveBack(); }
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;

  /// Locks `file`, creating it when it is missing. Busy when `limit` passes before it is had, or
  /// SIGTERM comes; unusable when it cannot be opened, which has been said on standard error.
  Answer Take(const char* file, Nanoseconds limit, const Signals& signals);
  void GiveBack();

 private:
  int descriptor_ = -1;
};
