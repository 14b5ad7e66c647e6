#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "emulator/engine/host/shared_memory.h"
#include "emulator/engine/timing/clock.h"

namespace emulator {

/// The links between the host and its GPUs, each with two directions, which all processes share:
/// copies of one direction wait for each other.
class HostLinks {
 public:
  enum class Direction { kToDevice, kToHost };

  struct Transfer {
    std::uint64_t gpu;
    Direction direction;
    Seconds alone;      // how long it takes while nothing goes the other way
    Seconds both_ways;  // and while something does
  };

  /// Nothing when the file can neither be opened nor made.
  static std::optional<HostLinks> Open(const std::string& directory);

  /// Enters a transfer that could begin at `start`, and returns when it is over. What it meets when
  /// it begins decides how long it takes.
  Instant Enter(const Transfer& transfer, Instant start);

 private:
  explicit HostLinks(SharedMemory memory) : memory_(std::move(memory)) {}

  SharedMemory memory_;
};

}  // namespace emulator
