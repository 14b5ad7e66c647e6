// How the probes that pass data on tell what they have measured.
#pragma once

#include <cstdio>

#include "common/clock.h"

/// A size in bytes, as a label has it.
struct SizeText {
  explicit SizeText(std::size_t bytes) { (void)std::snprintf(text, sizeof text, "%zu", bytes); }
  char text[24];
};

/// An interval as a sample has it. The clock has steps, and nothing takes no time.
inline double InSeconds(Nanoseconds interval) {
  constexpr Nanoseconds kStep = 1;
  return static_cast<double>(interval < kStep ? kStep : interval) / static_cast<double>(kSecond);
}
