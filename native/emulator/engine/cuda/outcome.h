#pragma once

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "emulator/engine/cuda/status.h"
#include "emulator/engine/cuda/stream.h"

namespace emulator {

/// Work that has to be done before a call returns.
struct Wait {
  std::shared_ptr<Stream> stream;
  Ticket ticket;
};

/// How a call ends: with a status, after what it waits for. The waiting is done after the driver's
/// own lock is let go, so that other threads can go on.
struct Outcome {
  /// Not explicit: most calls wait for nothing, and return a status.
  Outcome(Status with) : status(with) {}
  explicit Outcome(std::vector<Wait> until) : status(Status::kSuccess), waits(std::move(until)) {}

  /// Waits for something that is no work of this process.
  explicit Outcome(std::function<void()> until)
      : status(Status::kSuccess), elsewhere(std::move(until)) {}

  Status status;
  std::vector<Wait> waits;
  std::function<void()> elsewhere;
};

}  // namespace emulator
