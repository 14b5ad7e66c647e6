#include "function_ipc/shared_count.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "common/cancellation.h"
#include "common/clock.h"
#include "function_ipc/spin.h"

void SharedCount::Raise() {
  value_.fetch_add(1);
  if (sleeper_.load() != 0) syscall(SYS_futex, &value_, FUTEX_WAKE, 1, nullptr, nullptr, 0);
}

bool SharedCount::Spin(std::uint32_t old, Nanoseconds time) const {
  constexpr int kBetweenReadings = 64;
  const Nanoseconds until = ReadClock() + time;
  do {
    for (int turn = 0; turn < kBetweenReadings; ++turn) {
      if (Read() != old) return true;
      Relax();
    }
  } while (ReadClock() < until);
  return false;
}

void SharedCount::Sleep(std::uint32_t old) {
  // Neither SIGTERM, which is blocked, nor the other's death ends the sleep.
  const timespec most{0, 50 * kMillisecond};
  sleeper_.store(1);
  syscall(SYS_futex, &value_, FUTEX_WAIT, old, &most, nullptr, 0);
  sleeper_.store(0);
}

std::optional<Failure> SharedCount::AwaitOther(std::uint32_t old, const Channel& channel,
                                               Nanoseconds spin) {
  if (Spin(old, spin)) return std::nullopt;
  while (Read() == old) {
    if (Cancelled()) return Cancellation();
    if (channel.IsDeserted()) return Because("peer_died", "the other process is gone");
    Sleep(old);
  }
  return std::nullopt;
}
