// How transfers are cut.
#include "function_ipc/chunk_plan.h"

#include "test/check.h"

namespace {

constexpr std::size_t kKib = 1024;
constexpr std::size_t kMib = 1024 * kKib;

/// The sizes of the chunks, in KiB.
std::string Sizes(std::size_t bytes) {
  Array<Chunk> chunks;
  std::string sizes;
  PlanChunks(bytes, chunks);
  for (const Chunk& chunk : chunks)
    sizes += (sizes.empty() ? "" : " ") + std::to_string(chunk.bytes / kKib);
  return sizes;
}

void WhatIsSmallIsOneChunk() {
  CHECK_TEXT(Sizes(4 * kKib), "4");
  CHECK_TEXT(Sizes(64 * kKib), "64");
  CHECK_TEXT(Sizes(256 * kKib), "256");
}

void WhatIsLargerHasChunksOfOneSize() {
  CHECK_TEXT(Sizes(508 * kKib), "256 252");
  CHECK_TEXT(Sizes(kMib), "512 512");
  CHECK_TEXT(Sizes(4 * kMib), "1024 1024 1024 1024");
  CHECK_TEXT(Sizes(5 * kMib), "1024 1024 1024 1024 1024");
}

/// The size of the first chunk.
std::size_t FirstOf(std::size_t bytes) {
  Array<Chunk> chunks;
  PlanChunks(bytes, chunks);
  return chunks[0].bytes;
}

void ChunksGrowWithTheRootOfTheWhole() {
  CHECK(FirstOf(16 * kMib) == 2 * kMib);
  CHECK(FirstOf(64 * kMib) == 4 * kMib);
  CHECK(FirstOf(256 * kMib) == 8 * kMib);
  CHECK(FirstOf(1024 * kMib) == 8 * kMib);
}

void NothingIsLeftOutOrTwice(std::size_t bytes) {
  Array<Chunk> chunks;
  PlanChunks(bytes, chunks);
  std::size_t sent = 0;
  for (const Chunk& chunk : chunks) {
    CHECK(chunk.offset == sent);
    CHECK(chunk.bytes > 0 && chunk.bytes <= kLargestChunk);
    sent += chunk.bytes;
  }
  CHECK(sent == bytes);
}

void ChunksUnderWayDoNotOverlap(std::size_t bytes) {
  Array<Chunk> chunks;
  PlanChunks(bytes, chunks);
  for (std::size_t at = 0; at < chunks.Size(); ++at) {
    CHECK(chunks[at].place + chunks[at].bytes <= kSlots * kLargestChunk);
    for (std::size_t other = at + 1; other < chunks.Size() && other < at + kSlots; ++other) {
      const bool before = chunks[at].place + chunks[at].bytes <= chunks[other].place;
      CHECK(before || chunks[other].place + chunks[other].bytes <= chunks[at].place);
    }
  }
}

void WhatFitsLiesAsItIs() {
  Array<Chunk> chunks;
  PlanChunks(kSlots * kLargestChunk, chunks);
  for (const Chunk& chunk : chunks) CHECK(chunk.place == chunk.offset);
}

void APlanTakesThePlaceOfTheLast() {
  Array<Chunk> chunks;
  PlanChunks(64 * kMib, chunks);
  PlanChunks(4, chunks);
  CHECK(chunks.Size() == 1 && chunks[0].bytes == 4);
}

}  // namespace

int main() {
  WhatIsSmallIsOneChunk();
  WhatIsLargerHasChunksOfOneSize();
  ChunksGrowWithTheRootOfTheWhole();
  for (const std::size_t bytes : {std::size_t{4}, 512 * kKib + 4, kMib - 4, 64 * kMib,
                                  64 * kMib + 4, 256 * kMib, 1024 * kMib}) {
    NothingIsLeftOutOrTwice(bytes);
    ChunksUnderWayDoNotOverlap(bytes);
  }
  WhatFitsLiesAsItIs();
  APlanTakesThePlaceOfTheLast();
  return Failures();
}
