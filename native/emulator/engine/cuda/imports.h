#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "emulator/engine/cuda/device_memory.h"
#include "emulator/engine/cuda/status.h"
#include "emulator/engine/host/shared_file.h"

namespace emulator {

/// What the 64 bytes are that one process gives another: whose block it is, and where in it the
/// allocation begins.
struct MemoryHandle {
  std::uint64_t magic = 0;
  FileAddress file;
  std::uint64_t offset = 0;
};

/// The handle of an allocation, which then is shared; nothing when it cannot be.
std::optional<MemoryHandle> HandleOf(const MemoryRange& allocation);

/// Why a file cannot be opened, in the driver's numbers.
Status StatusOf(Found found);

/// The memory of other processes that a context has open: of each only once, however often it was
/// opened, and all of the block that the allocation lies in.
class Imports {
 public:
  /// `memory`: where the blocks are entered.
  explicit Imports(DeviceMemory& memory) : memory_(memory) {}

  struct Opened {
    Status status;
    std::uint64_t address;  // of what the exported allocation begins with
  };
  Opened Open(const MemoryHandle& handle);

  /// The last one ends the mapping. Only an address that Open answered is valid.
  Status Close(std::uint64_t address);

 private:
  struct Import {
    std::uint64_t inode;
    std::shared_ptr<Allocation> block;
    std::map<std::uint64_t, unsigned int> opened;  // how often, by address
  };

  Import* FindOrMap(const SharedFile& file, std::uint64_t inode);

  DeviceMemory& memory_;
  std::vector<Import> imports_;
};

}  // namespace emulator
