#include "emulator/engine/cuda/small_blocks.h"

#include <algorithm>
#include <utility>

namespace emulator {
namespace {

// Where a driver begins an allocation.
constexpr std::size_t kAlignment = 512;

std::size_t Aligned(std::size_t bytes) {
  return (bytes + kAlignment - 1) / kAlignment * kAlignment;
}

}  // namespace

std::optional<std::size_t> SmallBlocks::FindRoom(const Block& block, std::size_t bytes) {
  std::size_t free = 0;
  for (const auto& [offset, length] : block.used) {
    if (offset - free >= bytes) return free;
    free = offset + Aligned(length);
  }
  return kBlockBytes - free >= bytes ? std::optional(free) : std::nullopt;
}

std::optional<MemoryRange> SmallBlocks::Take(std::size_t bytes) {
  for (Block& block : blocks_) {
    const auto offset = FindRoom(block, bytes);
    if (!offset) continue;
    block.used.emplace(*offset, bytes);
    return MemoryRange{block.memory, *offset, bytes};
  }
  return std::nullopt;
}

MemoryRange SmallBlocks::TakeFrom(std::shared_ptr<Allocation> block, std::size_t bytes) {
  blocks_.push_back({block, {{0, bytes}}});
  return {std::move(block), 0, bytes};
}

bool SmallBlocks::Give(const MemoryRange& room) {
  const auto found = std::find_if(blocks_.begin(), blocks_.end(), [&](const Block& block) {
    return block.memory == room.allocation;
  });
  found->used.erase(room.offset);
  if (!found->used.empty()) return false;
  blocks_.erase(found);
  return true;
}

}  // namespace emulator
