#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "emulator/engine/cuda/allocation.h"
#include "emulator/engine/cuda/status.h"
#include "emulator/engine/host/shared_file.h"

namespace emulator {

/// Bytes that the ledger counts for a process as long as this lives.
using Charge = std::shared_ptr<const void>;

/// Physical memory: of this process, or imported, and then nothing is charged for it.
struct PhysicalMemory {
  SharedFile file;
  bool exportable;
  Charge charge;
};

/// The virtual memory management of a process: physical memory by its handles, reserved addresses,
/// and what is mapped at them. Who has access is told by the contexts' device memory. Callers see
/// to it that nobody uses what they unmap.
class VirtualMemory {
 public:
  using Handle = std::uint64_t;

  Handle Enter(PhysicalMemory memory);
  [[nodiscard]] const PhysicalMemory* Find(Handle handle) const;

  /// What is mapped stays. False for an unknown handle.
  bool Release(Handle handle);

  /// Whole blocks of addresses. 0 when there are none left.
  std::uint64_t Reserve(std::size_t bytes, std::size_t alignment);

  /// False unless exactly this was reserved and nothing is mapped there.
  bool Free(std::uint64_t address, std::size_t bytes);

  /// Maps the beginning of physical memory at reserved addresses where nothing is mapped.
  Status Map(std::uint64_t address, std::size_t bytes, Handle handle);

  /// What is mapped from `address` on, when together it is `bytes` long without a gap; else
  /// nothing.
  [[nodiscard]] std::vector<MemoryRange> MappedAt(std::uint64_t address, std::size_t bytes) const;

  /// Takes away what MappedAt answered.
  void Unmap(const std::vector<MemoryRange>& mapped);

 private:
  struct Mapping {
    MemoryRange range;
    std::shared_ptr<const PhysicalMemory> memory;
  };

  [[nodiscard]] bool IsReserved(std::uint64_t address, std::size_t bytes) const;
  [[nodiscard]] bool IsUnmapped(std::uint64_t address, std::size_t bytes) const;

  Handle last_ = 0;
  std::map<Handle, std::shared_ptr<const PhysicalMemory>> memories_;
  std::map<std::uint64_t, std::size_t> reserved_;  // bytes, by address
  std::map<std::uint64_t, Mapping> mappings_;
};

}  // namespace emulator
