#pragma once

#include <chrono>

namespace emulator {

using Seconds = std::chrono::duration<double>;
using Instant = std::chrono::time_point<std::chrono::steady_clock, Seconds>;

/// CLOCK_MONOTONIC, which all processes of a host share.
Instant Now();

/// Returns at `deadline`, within some microseconds: the kernel's timers are late by 50 to 100, so
/// the last stretch is waited for awake. Returns at once when it has passed.
void SleepUntil(Instant deadline);

/// Lets a call last for `length` from here to the end of its scope, whatever it does meanwhile.
class Pace {
 public:
  explicit Pace(Seconds length) : end_(Now() + length) {}
  ~Pace() { SleepUntil(end_); }
  Pace(const Pace&) = delete;
  Pace& operator=(const Pace&) = delete;

 private:
  Instant end_;
};

}  // namespace emulator
