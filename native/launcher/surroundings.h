// What the launcher is to the processes around it: a child of the daemon, the parent of whatever
// its instances leave behind, and a reader of signals.
#pragma once

#include <sys/types.h>

#include "common/clock.h"

/// Signals, read one after the other instead of interrupting.
class Signals {
 public:
  /// Blocks what the launcher is told by signal. Of the rest nothing is changed.
  Signals();
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  /// To poll: readable when there is something to Next().
  [[nodiscard]] int Descriptor() const { return descriptor_; }
  /// The next signal that has come; 0 when there is none.
  [[nodiscard]] int Next() const;
  /// Waits until there is one, or `limit` has passed; without limit when that is negative.
  void Wait(Nanoseconds limit) const;

 private:
  int descriptor_;
};

/// Poll's way to say a length of time, rounded up so that waiting does not spin.
int PollTimeout(Nanoseconds limit);

/// Closes what was inherited beyond standard error, sets limits and the umask, becomes the
/// subreaper, and asks for SIGTERM when the parent dies. Tells who the parent is.
pid_t SettleIn();
