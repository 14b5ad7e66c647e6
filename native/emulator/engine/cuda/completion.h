#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>

#include "emulator/engine/timing/clock.h"

namespace emulator {

/// The moment at which a piece of work on a stream is done.
class Completion {
 public:
  [[nodiscard]] bool IsDone() const { return done_.load(std::memory_order_acquire); }

  /// When it was done; only once it is.
  [[nodiscard]] Instant DoneAt() const { return done_at_; }

  void Finish();
  void Wait();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> done_{false};
  Instant done_at_;
};

using Ticket = std::shared_ptr<Completion>;

}  // namespace emulator
