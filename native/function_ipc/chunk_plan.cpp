#include "function_ipc/chunk_plan.h"

#include <algorithm>

namespace {

constexpr std::size_t kSmallest = std::size_t{256} << 10U;
constexpr std::size_t kUnit = std::size_t{64} << 10U;

/// As much as has been sent already and a bit, while at least as much, less a bit, is left.
std::size_t NextBytes(std::size_t sent, std::size_t left) {
  if (left < 2 * kSmallest) return left;
  const std::size_t growing = sent + kSmallest;
  const std::size_t shrinking = (left + kSmallest) / 2 / kUnit * kUnit;
  return std::min({growing, shrinking, kLargestChunk});
}

}  // namespace

void PlanChunks(std::size_t bytes, Array<Chunk>& chunks) {
  const bool fits = bytes <= kSlots * kLargestChunk;
  chunks.Shorten(0);
  for (std::size_t sent = 0; sent < bytes; sent += chunks[chunks.Size() - 1].bytes) {
    const std::size_t slot = chunks.Size() % kSlots * kLargestChunk;
    chunks.Append({sent, fits ? sent : slot, NextBytes(sent, bytes - sent)});
  }
}
