#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "emulator/engine/host/shared_file.h"

namespace emulator {

/// An event that several processes record and wait for. Each record has the next number; what is
/// done is told by the highest one that is.
class SharedEvent {
 public:
  /// Null when the host has no room for it.
  static std::shared_ptr<SharedEvent> Make();

  struct Opened {
    Found found;
    std::shared_ptr<SharedEvent> event;  // null when it was not there
  };
  static Opened OpenAt(const FileAddress& address);

  ~SharedEvent();
  SharedEvent(const SharedEvent&) = delete;
  SharedEvent& operator=(const SharedEvent&) = delete;

  [[nodiscard]] FileAddress Address() const { return file_.Address(); }
  [[nodiscard]] bool IsOwn() const { return own_; }

  /// The number of a record that begins now, and its end.
  std::uint32_t Record();
  void Finish(std::uint32_t number);

  /// The number of the last record, 0 before the first.
  [[nodiscard]] std::uint32_t Recorded() const;
  [[nodiscard]] bool IsDone(std::uint32_t number) const;

  /// Returns when the record is done, or the process that recorded last is dead.
  void Wait(std::uint32_t number) const;

 private:
  /// What all processes see.
  struct State {
    std::atomic<std::uint32_t> recorded;
    std::atomic<std::uint32_t> done;
    std::atomic<std::int64_t> recorder_pid;
    std::atomic<std::uint64_t> recorder_start_time;
  };

  SharedEvent(SharedFile file, void* state, bool own)
      : file_(std::move(file)), state_(static_cast<State*>(state)), own_(own) {}

  static std::shared_ptr<SharedEvent> Of(SharedFile file, bool own);
  [[nodiscard]] bool IsRecorderAlive() const;

  SharedFile file_;
  State* state_;
  bool own_;
};

}  // namespace emulator
