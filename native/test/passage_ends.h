// Both ends of a passage, and copies as a GPU makes them, for tests.
#pragma once

#include <cstring>
#include <vector>

#include "function_ipc/memory_file.h"
#include "function_ipc/passage.h"
#include "function_ipc/pump.h"
#include "test/check.h"

constexpr std::size_t kHead = 4096;
constexpr std::size_t kStaging = kSlots * kLargestChunk;
constexpr std::size_t kLarge = (33U << 20U) + 4;  // more than the staging holds

/// Copies as a GPU makes them: later, and in order.
class LateCopies {
 public:
  LateCopies(unsigned char* device, unsigned char* host, bool to_host)
      : device_(device), host_(host), to_host_(to_host) {}

  std::optional<Failure> Copy(const Chunk& chunk) const {
    queue_.push_back(chunk);
    return std::nullopt;
  }
  static std::optional<Failure> Mark(std::size_t /*number*/) { return std::nullopt; }
  std::optional<Failure> Ask(std::size_t number, bool& ended) const {
    constexpr int kPatience = 3;
    ended = ++asked_ % kPatience == 0;
    if (ended) Make(queue_[number]);
    return std::nullopt;
  }
  std::optional<Failure> Wait() const {
    for (const Chunk& chunk : queue_) Make(chunk);
    return std::nullopt;
  }
  static const char* Phase() { return "copy"; }

 private:
  void Make(const Chunk& chunk) const {
    unsigned char* const host = host_ + chunk.place;
    unsigned char* const device = device_ + chunk.offset;
    std::memcpy(to_host_ ? host : device, to_host_ ? device : host, chunk.bytes);
  }

  unsigned char* device_;
  unsigned char* host_;
  bool to_host_;
  mutable std::vector<Chunk> queue_;
  mutable int asked_ = 0;
};

inline std::vector<unsigned char> Pattern(std::size_t bytes) {
  std::vector<unsigned char> pattern(bytes);
  for (std::size_t at = 0; at < bytes; ++at)
    pattern[at] = static_cast<unsigned char>(at * 31 + at / 4096);
  return pattern;
}

enum class Way { kRing, kUnix, kTcp };

/// The two ends of a way, before the fork.
struct Ways {
  explicit Ways(Way way) : shared(way == Way::kRing) {
    CHECK(!Channel::Connect(ours, theirs));
    if (way == Way::kUnix) CHECK(!ByteStream::ConnectUnix(sender, receiver));
    if (way == Way::kTcp) CHECK(!ByteStream::ConnectTcp(sender, receiver));
    if (shared) CHECK(!memory.Create(kHead + kStaging, -1));
    CHECK(!staging.Map(memory.Descriptor(), kHead + kStaging));
  }
  [[nodiscard]] Passage At(const ByteStream& stream, const Channel& peer) const {
    Passage passage;
    passage.staging = staging.Data() + kHead;
    passage.peer = &peer;
    if (shared) {
      passage.ring = static_cast<RingHead*>(static_cast<void*>(staging.Data()));
    } else {
      passage.stream = &stream;
    }
    return passage;
  }

  bool shared;
  Channel ours;
  Channel theirs;
  ByteStream sender;
  ByteStream receiver;
  MemoryFile memory;
  Mapping staging;
};

template <typename End>
std::optional<Failure> Pass(End& end, const Passage& passage, std::vector<unsigned char>& data,
                            bool send) {
  Array<Chunk> plan;
  PlanChunks(data.size(), plan);
  CopyStamps stamps;
  const LateCopies copies(data.data(), passage.staging, send);
  return plan.Size() == 1 ? PumpOne(end, copies, plan[0], stamps) : PumpAll(end, copies, plan);
}

/// Sends when the consumer is ready.
inline std::optional<Failure> Send(const Passage& passage, std::vector<unsigned char> data) {
  Outlet outlet(passage);
  Message ready;
  if (auto failure = passage.peer->Receive(ready)) return failure;
  return Pass(outlet, passage, data, true);
}

inline std::optional<Failure> Receive(const Passage& passage, std::vector<unsigned char>& data) {
  Inlet inlet(passage);
  if (auto failure = passage.peer->Send(Message())) return failure;
  return Pass(inlet, passage, data, false);
}
