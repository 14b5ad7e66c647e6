#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

#include "emulator/engine/cuda/allocation.h"

namespace emulator {

/// How memory came into a context: only by the same way it goes again.
enum class Origin {
  kAllocated,  // by this process
  kImported,   // by another, and opened with its handle
  kMapped,     // physical memory, mapped where an address was reserved
};

/// The device memory that a context has access to, by address.
class DeviceMemory {
 public:
  struct Entry {
    MemoryRange range;
    Origin origin;
  };

  void Add(MemoryRange range, Origin origin);

  /// What of that origin begins at `address`, and is then no longer here.
  std::optional<MemoryRange> Remove(std::uint64_t address, Origin origin);

  /// What `address` lies in; null when it lies in nothing.
  [[nodiscard]] const Entry* At(std::uint64_t address) const;

  /// `bytes` from `address` on, when they lie in one entry.
  [[nodiscard]] std::optional<MemoryRange> Range(std::uint64_t address, std::size_t bytes) const;

 private:
  std::map<std::uint64_t, Entry> entries_;
};

}  // namespace emulator
