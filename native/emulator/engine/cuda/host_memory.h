#pragma once

#include <cstddef>
#include <cstdint>
#include <map>

namespace emulator {

/// The page-locked host memory of a process: what it took from the driver, and what of its own it
/// registered. Copies to and from it are faster than others, and they alone are asynchronous.
class HostMemory {
 public:
  /// Null when this host has none.
  void* Allocate(std::size_t bytes);

  /// False when no allocation begins there.
  bool Free(void* memory);

  /// Locks memory that the process has. False when some of it is locked already.
  bool Register(const void* memory, std::size_t bytes);

  /// False when nothing that was registered begins there.
  bool Unregister(const void* memory);

  bool Contains(const void* memory, std::size_t bytes) const;

 private:
  struct Range {
    std::size_t bytes;
    bool registered;
  };
  using Ranges = std::map<std::uintptr_t, Range>;

  bool Remove(const void* memory, bool registered);

  Ranges ranges_;
};

}  // namespace emulator
