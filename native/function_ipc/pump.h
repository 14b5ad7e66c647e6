// The work of one process in a transfer: chunks are taken, copied and given on.
#pragma once

#include <cstddef>
#include <optional>

#include "common/clock.h"
#include "common/failure.h"
#include "function_ipc/chunk_plan.h"
#include "function_ipc/spin.h"

/// When the copy of a leg began, and when it had ended.
struct CopyStamps {
  Nanoseconds began = 0;
  Nanoseconds ended = 0;
};

/// Passes one chunk without overlap. `End` is an Outlet or an Inlet, and `Copies` a CopyQueue. Who
/// waits for the other's copy does so awake for longer than copies take, lest the wake-up become
/// part of the transport.
template <typename End, typename Copies>
std::optional<Failure> PumpOne(End& end, const Copies& copies, const Chunk& chunk,
                               CopyStamps& stamps) {
  constexpr const char* kTransport = "transport";
  constexpr Nanoseconds kLongerThanCopies = 50 * kMillisecond;
  if (auto failure = end.AwaitReady(kLongerThanCopies)) return Within(kTransport, failure);
  if (auto failure = end.Take(chunk)) return Within(kTransport, failure);
  stamps.began = ReadClock();
  if (auto failure = copies.Copy(chunk)) return Within(copies.Phase(), failure);
  if (auto failure = copies.Wait()) return Within(copies.Phase(), failure);
  stamps.ended = ReadClock();
  return Within(kTransport, end.Give(chunk));
}

/// Where a process is in its chunks: those before `given` are done with, those from there to
/// `taken` are being copied.
struct PumpState {
  std::size_t taken = 0;
  std::size_t given = 0;
};

/// Takes the next chunk, and enqueues its copy.
template <typename End, typename Copies>
std::optional<Failure> TakeNext(End& end, const Copies& copies, const Array<Chunk>& plan,
                                PumpState& state) {
  const Chunk& chunk = plan[state.taken];
  if (auto failure = end.Take(chunk)) return failure;
  if (auto failure = copies.Copy(chunk)) return failure;
  return copies.Mark(state.taken++);
}

/// Gives the oldest chunk on if its copy has ended.
template <typename End, typename Copies>
std::optional<Failure> GiveOldest(End& end, const Copies& copies, const Array<Chunk>& plan,
                                  PumpState& state) {
  bool ended = false;
  if (auto failure = copies.Ask(state.given, ended)) return failure;
  if (ended) return end.Give(plan[state.given++]);
  Relax();
  return std::nullopt;
}

/// Takes a chunk if it can, which it waits for if it has nothing else to do, and gives one on.
template <typename End, typename Copies>
std::optional<Failure> PumpOnce(End& end, const Copies& copies, const Array<Chunk>& plan,
                                PumpState& state) {
  if (state.taken == state.given) {
    if (auto failure = end.AwaitReady()) return failure;
  }
  const bool room = state.taken < plan.Size() && state.taken - state.given < kSlots;
  if (room && end.IsReady()) {
    if (auto failure = TakeNext(end, copies, plan, state)) return failure;
  }
  return GiveOldest(end, copies, plan, state);
}

/// Passes all chunks of a plan, with up to kSlots copies under way.
template <typename End, typename Copies>
std::optional<Failure> PumpAll(End& end, const Copies& copies, const Array<Chunk>& plan) {
  PumpState state;
  while (state.given < plan.Size()) {
    if (auto failure = PumpOnce(end, copies, plan, state)) return failure;
  }
  return std::nullopt;
}
