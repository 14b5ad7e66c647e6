#pragma once

#include <cstddef>
#include <cstdint>

#include "emulator/engine/cuda/device_memory.h"
#include "emulator/engine/cuda/stream.h"
#include "emulator/engine/emulator.h"

namespace emulator {

/// Memory of the host that a copy reads or writes.
struct HostRange {
  char* data;
  std::size_t bytes;
  bool pinned;
  std::uint64_t gpu;  // whose link the copy takes
};

// Each copy takes what the profile says for its kind and size, unless this host's own memory is
// slower. In an asynchronous one the destination is poisoned before the copy is begun: each 4 KiB
// of it begins with 64 bytes of 0xA5, for a program that does not wait to be found out. Pinned
// memory is as fast as the link, which all copies of a direction share.
enum class Manner { kSynchronous, kAsynchronous };

Work CopyToDevice(Emulator& emulator, const MemoryRange& destination, const HostRange& source,
                  Manner manner);
Work CopyToHost(Emulator& emulator, const HostRange& destination, const MemoryRange& source,
                Manner manner);
Work CopyOnDevice(Emulator& emulator, const MemoryRange& destination, const MemoryRange& source,
                  Manner manner);

/// Sets every byte, or every 32-bit word, of `destination`.
Work SetBytes(Emulator& emulator, const MemoryRange& destination, unsigned char value);
Work SetWords(Emulator& emulator, const MemoryRange& destination, std::uint32_t value);

/// The same work, which then spoils one bit of the `destination`.
Work Spoilt(Work work, const HostRange& destination);
Work Spoilt(Work work, const MemoryRange& destination);

/// How long the GPU's own memory takes to pass `bytes`.
Seconds DeviceSeconds(const Emulator& emulator, std::size_t bytes);

}  // namespace emulator
