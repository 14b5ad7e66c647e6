#include "function_ipc/chunk_plan.h"

#include <algorithm>

namespace {

constexpr std::size_t kSmallestChunk = std::size_t{256} << 10U;
/// What a link of some 50 GB/s passes in the 3.5 us that a copy takes beside its bytes.
constexpr std::size_t kBytesPerCopy = 200'000;

/// The power of two nearest to the root of `bytes` times that, where lag and launches cost the
/// least.
std::size_t ChunkBytes(std::size_t bytes) {
  std::size_t chunk = kSmallestChunk;
  while (chunk < kLargestChunk && chunk * chunk < bytes * kBytesPerCopy / 2) chunk *= 2;
  return chunk;
}

}  // namespace

void PlanChunks(std::size_t bytes, Array<Chunk>& chunks) {
  const bool fits = bytes <= kSlots * kLargestChunk;
  const std::size_t most = ChunkBytes(bytes);
  chunks.Shorten(0);
  for (std::size_t sent = 0; sent < bytes; sent += most) {
    const std::size_t slot = chunks.Size() % kSlots * kLargestChunk;
    chunks.Append({sent, fits ? sent : slot, std::min(most, bytes - sent)});
  }
}
