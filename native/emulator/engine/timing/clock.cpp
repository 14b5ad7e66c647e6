#include "emulator/engine/timing/clock.h"

#include <thread>

namespace emulator {
namespace {

constexpr Seconds kAwake{150e-6};

}  // namespace

Instant Now() {
  return std::chrono::steady_clock::now();
}

void SleepUntil(Instant deadline) {
  const Seconds left = deadline - Now();
  if (left > kAwake) std::this_thread::sleep_for(left - kAwake);
  while (Now() < deadline) __builtin_ia32_pause();
}

}  // namespace emulator
