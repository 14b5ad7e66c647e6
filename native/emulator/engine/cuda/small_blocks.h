#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "emulator/engine/cuda/allocation.h"

namespace emulator {

/// The blocks that allocations of less than one share, each where there is room first.
class SmallBlocks {
 public:
  /// Whether an allocation of so many bytes shares a block.
  static bool Takes(std::size_t bytes) { return bytes < kBlockBytes; }

  /// Room in a block that is there; nothing when none has enough.
  std::optional<MemoryRange> Take(std::size_t bytes);

  /// The beginning of a block that nothing was in before.
  MemoryRange TakeFrom(std::shared_ptr<Allocation> block, std::size_t bytes);

  /// Gives room back. True when that left its block empty, which is then no longer here.
  bool Give(const MemoryRange& room);

 private:
  struct Block {
    std::shared_ptr<Allocation> memory;
    std::map<std::size_t, std::size_t> used;  // bytes, by offset
  };

  static std::optional<std::size_t> FindRoom(const Block& block, std::size_t bytes);

  std::vector<Block> blocks_;
};

}  // namespace emulator
