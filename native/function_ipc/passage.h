// How data passes from the producer's staging to the consumer's.
#pragma once

#include <cstdint>
#include <optional>

#include "function_ipc/byte_stream.h"
#include "function_ipc/chunk_plan.h"
#include "function_ipc/shared_count.h"
#include "transfer/channel.h"

/// What producer and consumer count in shared staging: chunks that are there to be taken, and
/// chunks whose place is free again. A slot is between the two.
struct RingHead {
  SharedCount given;
  SharedCount freed;
};

/// Either a ring in shared staging, where a chunk is handed over where it lies, or a socket that it
/// is copied through.
struct Passage {
  RingHead* ring = nullptr;            // if it is a ring
  const ByteStream* stream = nullptr;  // if it is a socket
  unsigned char* staging = nullptr;    // this process' own view of it
  const Channel* peer = nullptr;       // which is deserted when the other process has died
};

/// The producer's end. Each chunk is taken, filled, and given.
class Outlet {
 public:
  /// Nothing is under way then.
  explicit Outlet(const Passage& passage);

  /// Whether a chunk can be taken at once,
  [[nodiscard]] bool IsReady() const;
  /// or when: `spin` is for how long it is waited for at full speed. `peer_died`, `cancelled`.
  [[nodiscard]] std::optional<Failure> AwaitReady(Nanoseconds spin = kMillisecond) const;
  /// The place of a chunk may be written from here on,
  std::optional<Failure> Take(const Chunk& chunk);
  /// to here.
  [[nodiscard]] std::optional<Failure> Give(const Chunk& chunk) const;

 private:
  Passage passage_;
  std::uint32_t taken_ = 0;
};

/// The consumer's end. Each chunk is taken, read, and given back.
class Inlet {
 public:
  explicit Inlet(const Passage& passage);

  [[nodiscard]] bool IsReady() const;
  [[nodiscard]] std::optional<Failure> AwaitReady(Nanoseconds spin = kMillisecond) const;
  std::optional<Failure> Take(const Chunk& chunk);
  [[nodiscard]] std::optional<Failure> Give(const Chunk& chunk) const;

 private:
  Passage passage_;
  std::uint32_t taken_ = 0;
};
