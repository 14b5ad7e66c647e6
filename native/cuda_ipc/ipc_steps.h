// What the two processes of cuda_ipc say to each other, and what they time.
#pragma once

#include <optional>

#include "common/clock.h"
#include "common/failure.h"

/// What an exporter asks of its importer with a Message; the answer has the same verb.
enum class IpcVerb : int {
  /// Get ready. `bytes`: the largest size; `handle`: of the fence, unless `count` is 0. Answered
  /// with the importer's device in `count`.
  kStart,
  /// Open and touch. `bytes`: the size; `count`: that of the mapping; `handle`, or a descriptor.
  kOpen,
  /// Copy, verify and change what is open. `bytes`: the size; `seed`: the pattern's.
  kUse,
  /// Close what is open.
  kClose,
  /// Give everything back, and end.
  kRelease,
};

/// What is timed, by the index in a message's `stamps`, which are intervals here. An answer has
/// those that belong to it.
enum IpcInterval : int { kExport, kOpen, kFirstTouch, kCopy, kKernel, kClose, kIpcIntervals };
/// Their names as phases of a sample.
constexpr const char* kIpcPhases[kIpcIntervals] = {"export", "open",   "first_touch",
                                                   "copy",   "kernel", "close"};

/// How long `work` takes, in `interval`.
template <typename Work>
std::optional<Failure> Time(Nanoseconds& interval, Work work) {
  const Nanoseconds began = ReadClock();
  std::optional<Failure> failure = work();
  interval = ReadClock() - began;
  return failure;
}
