// Instances that begin at the same moment.
#pragma once

#include "common/spawn.h"
#include "launcher/order.h"

/// Two pipes: instances write a byte into one when they are ready, and read the other until its
/// end, which comes to all of them at once when the launcher closes it.
class Barrier {
 public:
  explicit Barrier(const Order& order);
  ~Barrier();
  Barrier(const Barrier&) = delete;
  Barrier& operator=(const Barrier&) = delete;

  /// Gives an instance its ends, descriptors 3 and 4.
  void HandOver(SpawnSettings& settings) const;
  /// When all have been started: the launcher lets go of what is theirs.
  void AllStarted();

  /// To poll: readable when somebody got ready; -1 once the barrier is open.
  [[nodiscard]] int Descriptor() const { return gate_.write_end < 0 ? -1 : ready_.read_end; }
  /// Counts those that got ready, or closed their end without.
  void Count();
  /// Opens when nobody is waited for any more: `ended` instances never will be ready.
  void OpenWhenReady(int ended);
  /// Opens now, unless it is open, and says when.
  void Open();
  /// Opens for those that wait where not all could be started, who are to end.
  void GiveUp() { CloseOnce(gate_.write_end); }

 private:
  int instances_;
  int arrived_ = 0;
  Pipe ready_;  // read by the launcher, written by the instances
  Pipe gate_;   // read by the instances, held by the launcher
};
