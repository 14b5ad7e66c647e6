#pragma once

#include <string>

#include "emulator/engine/timing/clock.h"

namespace emulator {

/// The lock that a real driver takes for the whole host while it initialises and makes contexts,
/// and that makes simultaneous cold starts wait for each other.
class DriverLock {
 public:
  /// `held_ratio` is the part of a call's time that is spent holding the lock.
  DriverLock(const std::string& directory, double held_ratio)
      : lock_(directory + "/driver.lock"),
        turn_(directory + "/driver.turn"),
        held_ratio_(held_ratio) {}

  /// Takes `length` when alone, and 1 + (N - 1) * held_ratio times as long when N do it at once.
  void Spend(Seconds length) const;

 private:
  [[nodiscard]] Seconds Hold(Seconds length) const;

  std::string lock_;
  std::string turn_;
  double held_ratio_;
};

}  // namespace emulator
