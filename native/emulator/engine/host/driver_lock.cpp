#include "emulator/engine/host/driver_lock.h"

#include <algorithm>
#include <optional>

#include "emulator/engine/host/file_lock.h"

namespace emulator {
namespace {

// Short enough that those who wait share the time evenly, as they do on a real driver, where all N
// end at nearly the same moment; long enough that handing over (some 50 us) does not show.
constexpr Seconds kShortestSlice{1e-3};
constexpr int kSlices = 8;

}  // namespace

void DriverLock::Spend(Seconds length) const {
  { const Pace outside(length * (1 - held_ratio_)); }
  const Seconds held = length * held_ratio_;
  const Seconds slice = std::max(held / kSlices, kShortestSlice);
  Seconds left = held;
  while (left > Seconds::zero()) left -= Hold(std::min(left, slice));
}

/// An unlocked flock goes to whoever asks first, which is the one that has just let go. So one
/// queues for the turn, and only who has the turn waits for the lock. Returns how long it was held:
/// a busy host wakes it late, and the next slice makes up for it.
Seconds DriverLock::Hold(Seconds length) const {
  std::optional<FileLock> turn(std::in_place, turn_);
  const FileLock lock(lock_);
  turn.reset();
  const Instant start = Now();
  SleepUntil(start + length);
  return Now() - start;
}

}  // namespace emulator
