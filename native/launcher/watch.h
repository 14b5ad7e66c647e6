// From the start of the instances to the end of the last.
#pragma once

#include <sys/types.h>

#include "launcher/barrier.h"
#include "launcher/instances.h"
#include "launcher/lane.h"
#include "launcher/surroundings.h"

/// Waits for every instance, and does meanwhile what the launcher is told by signal.
class Watch {
 public:
  Watch(Instances& instances, Barrier& barrier, Lane& lane, pid_t parent)
      : instances_(instances), barrier_(barrier), lane_(lane), parent_(parent) {}

  void UntilAllEnded(const Signals& signals);

 private:
  void Listen(const Signals& signals);
  void Obey(int number);
  void AskToEnd();
  [[nodiscard]] Nanoseconds TimeLeft() const;
  void GoFurther();

  Instances& instances_;
  Barrier& barrier_;
  Lane& lane_;
  pid_t parent_;
  Nanoseconds patience_ends_ = 0;  // 0: somebody else decides how long to wait
  bool killed_ = false;
};
