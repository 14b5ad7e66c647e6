// The copies of one direction between a GPU and the staging.
#pragma once

#include <cstddef>
#include <optional>

#include "function_ipc/chunk_plan.h"
#include "transfer/transfer_session.h"

enum class Direction { kDeviceToHost, kHostToDevice };

/// Where they copy: all of a transfer there, the part of it that is under way here.
struct CopyEnds {
  CUdeviceptr device = 0;
  unsigned char* host = nullptr;
};

/// Copies in order, on the session's stream. At most kSlots are marked at a time.
class CopyQueue {
 public:
  CopyQueue(const TransferDriver& driver, const TransferSession& session, Direction direction)
      : driver_(driver), session_(session), direction_(direction) {}
  ~CopyQueue() { Release(); }
  CopyQueue(const CopyQueue&) = delete;
  CopyQueue& operator=(const CopyQueue&) = delete;

  std::optional<Failure> Open(const CopyEnds& ends);

  /// Enqueues a copy.
  [[nodiscard]] std::optional<Failure> Copy(const Chunk& chunk) const;
  /// Waits until all have ended.
  [[nodiscard]] std::optional<Failure> Wait() const { return session_.Wait(); }
  /// Remembers, as mark `number`, what has been enqueued so far,
  [[nodiscard]] std::optional<Failure> Mark(std::size_t number) const;
  /// and asks whether all that has ended. Does not wait.
  std::optional<Failure> Ask(std::size_t number, bool& ended) const;

  /// What a copy is called among the steps of a transfer.
  [[nodiscard]] const char* Phase() const;

  /// Waits, and gives the marks back, whatever fails; the first failure is told.
  std::optional<Failure> Release();

 private:
  const TransferDriver& driver_;
  const TransferSession& session_;
  Direction direction_;
  CopyEnds ends_;
  CUevent marks_[kSlots] = {};
};
