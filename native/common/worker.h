// A probe that another probe starts and looks at between its phases.
#pragma once

#include <sys/types.h>

#include <optional>

#include "common/clock.h"
#include "common/failure.h"
#include "common/pause_line.h"

struct WorkerOrder {
  char** program;           // its argv
  const char* pause_after;  // phases, with commas between them
};

/// One process, in our own group, that speaks the protocol; what it says on standard output goes
/// nowhere. It ends when we do. What fails in it is told as our own failure, with its reason, phase
/// and code; such a failure points into the worker, which has to outlive it.
class Worker {
 public:
  Worker() = default;
  ~Worker() { End(); }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  std::optional<Failure> Start(const WorkerOrder& order);
  /// Waits until it has paused after `phase`, or SIGTERM comes. One that ended instead is reaped.
  std::optional<Failure> AwaitPause(const char* phase);
  /// Lets a paused one go on to its next pause.
  void GoOn();
  /// Lets it go on without pauses,
  void PauseNoMore();
  /// and waits until it is reaped, or SIGTERM comes.
  std::optional<Failure> RunOut();
  /// Ends a paused one without giving it a chance: the driver is not busy with it.
  void Kill();
  /// Has it give back what it holds and end, whatever it is doing,
  void AskToEnd();
  /// and reaps it. Only a hang makes this long: then who started us ends both.
  void End();

  [[nodiscard]] bool IsRunning() const { return running_; }
  [[nodiscard]] pid_t Pid() const { return pid_; }
  [[nodiscard]] Nanoseconds SpawnedAt() const { return spawned_at_; }
  /// When the last phase ended after which it paused, and when it was let go on.
  [[nodiscard]] Nanoseconds PausedAt() const { return paused_at_; }
  [[nodiscard]] Nanoseconds WentOnAt() const { return went_on_at_; }
  [[nodiscard]] Nanoseconds ReapedAt() const { return reaped_at_; }
  /// What it has asked the device for, as it told in its last pause; absent where it does not tell.
  [[nodiscard]] std::optional<double> RequestedBytes() const { return requested_bytes_; }
  /// From its start until it was reaped; 0 before that.
  [[nodiscard]] Nanoseconds Lifetime() const {
    return reaped_at_ == 0 ? 0 : reaped_at_ - spawned_at_;
  }

 private:
  enum class Heard { kLine, kEnd, kCancelled };

  Heard Listen();
  bool TakeLine();
  void Reap();
  [[nodiscard]] std::optional<Failure> Verdict() const;

  const char* name_ = "";
  pid_t pid_ = 0;
  bool running_ = false;
  int report_ = -1;  // what it says
  int gate_ = -1;    // a byte lets it go on
  char heard_[512] = "";
  std::size_t length_ = 0;
  char line_[512] = "";
  std::optional<double> requested_bytes_;
  std::optional<EndedLine> ended_;
  int status_ = 0;
  Nanoseconds spawned_at_ = 0;
  Nanoseconds paused_at_ = 0;
  Nanoseconds went_on_at_ = 0;
  Nanoseconds reaped_at_ = 0;
};
