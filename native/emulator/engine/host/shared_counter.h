#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "emulator/engine/host/shared_memory.h"

namespace emulator {

/// A counter in a file that all processes of a host count on.
class SharedCounter {
 public:
  static std::optional<SharedCounter> Open(const std::string& path);

  /// 1, 2, 3, …: no number is given twice on a host.
  std::uint64_t Next();

 private:
  explicit SharedCounter(SharedMemory memory) : memory_(std::move(memory)) {}

  SharedMemory memory_;
};

}  // namespace emulator
