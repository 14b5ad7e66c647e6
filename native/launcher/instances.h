// The processes that the launcher starts, and what became of them.
#pragma once

#include <sys/types.h>

#include "launcher/barrier.h"
#include "launcher/order.h"

class Instances {
 public:
  /// Starts all, in one process group of their own, and reports each. False when one could not be
  /// started, which has been said on standard error; those before it are left to be swept.
  bool Start(const Order& order, const Barrier& barrier);

  /// Reaps whatever has ended, and reports the instances among it.
  void Reap();

  [[nodiscard]] int Ended() const { return ended_; }
  [[nodiscard]] bool AllEnded() const { return ended_ == started_; }
  /// Whether the group has a process of ours. If not, its number may be another's by now.
  [[nodiscard]] bool GroupIsOurs() const;
  /// Sends `number` to the group, while it is ours.
  void SendToGroup(int number) const;

 private:
  bool StartOne(const Order& order, const Barrier& barrier);
  [[nodiscard]] int Find(pid_t pid) const;

  pid_t pids_[kMostInstances] = {};  // 0 once reaped
  pid_t group_ = 0;
  int started_ = 0;
  int ended_ = 0;
};
