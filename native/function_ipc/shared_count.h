// A number that one process raises and another waits for.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "common/clock.h"
#include "common/failure.h"
#include "transfer/channel.h"

/// It lies in memory that both map, alone on a cache line, and is valid when all zeros. One process
/// raises it, one waits. It wraps around.
class alignas(64) SharedCount {
 public:
  [[nodiscard]] std::uint32_t Read() const { return value_.load(std::memory_order_acquire); }

  /// Adds one, and wakes the other if it sleeps.
  void Raise();

  /// Waits until it is no longer `old`: so long at full speed, then asleep. `cancelled` when
  /// SIGTERM comes, and `peer_died` when the other end of `channel` is closed.
  std::optional<Failure> AwaitOther(std::uint32_t old, const Channel& channel,
                                    Nanoseconds spin = kMillisecond);

 private:
  [[nodiscard]] bool Spin(std::uint32_t old, Nanoseconds time) const;
  void Sleep(std::uint32_t old);

  std::atomic<std::uint32_t> value_{0};
  std::atomic<std::uint32_t> sleeper_{0};
};
static_assert(std::atomic<std::uint32_t>::is_always_lock_free);
