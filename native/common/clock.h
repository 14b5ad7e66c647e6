// Time, in one unit: whole nanoseconds. Seconds appear only in text.
#pragma once

#include <sys/time.h>

#include <cstdint>
#include <ctime>

/// A reading of CLOCK_MONOTONIC, which every process of a host shares, or the difference of two.
using Nanoseconds = std::int64_t;

constexpr Nanoseconds kMicrosecond = 1'000;
constexpr Nanoseconds kMillisecond = 1'000'000;
constexpr Nanoseconds kSecond = 1'000'000'000;

inline Nanoseconds ReadClock() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * kSecond + now.tv_nsec;
}

/// The kernel's accounts of CPU time, as getrusage and wait4 give them.
inline Nanoseconds FromTimeval(const timeval& time) {
  return time.tv_sec * kSecond + time.tv_usec * kMicrosecond;
}
