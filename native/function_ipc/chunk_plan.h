// How a transfer is cut, so that its parts are on their way at the same time.
#pragma once

#include <cstddef>

#include "common/array.h"

/// A part of a transfer: where it lies in the transfer, where in the staging, and how much it is;
/// all in bytes.
struct Chunk {
  std::size_t offset = 0;
  std::size_t place = 0;
  std::size_t bytes = 0;
};

/// The largest chunk; and how many of those the staging of a transfer has room for that is larger
/// than all of them. No more chunks than that are under way in one direction.
constexpr std::size_t kLargestChunk = std::size_t{8} << 20U;
constexpr std::size_t kSlots = 8;

/// Cuts a transfer of `bytes` into `chunks`, in order and of one size, save the last. Of n chunks
/// of c bytes each the transfer takes about bytes / rate + n * launch + c / rate: nothing overlaps
/// with the first copy to the host, and each copy costs its launch. That is the least where c is
/// the root of bytes * launch * rate. What fits into the staging lies there as it does in the
/// transfer; of what does not, one chunk follows the other through the slots.
void PlanChunks(std::size_t bytes, Array<Chunk>& chunks);
