#pragma once

#include <cstddef>
#include <cstdint>
#include <map>

namespace emulator {

/// The page-locked host memory that a process took from the driver. Copies to and from it are
/// faster than others, and they alone are asynchronous.
class HostMemory {
 public:
  /// Null when this host has none.
  void* Allocate(std::size_t bytes);

  /// False when no allocation begins there.
  bool Free(void* memory);

  bool Contains(const void* memory, std::size_t bytes) const;

 private:
  std::map<std::uintptr_t, std::size_t> allocations_;
};

}  // namespace emulator
