// Instances of a probe that hold memory of a device at the same time.
#pragma once

#include <cstddef>
#include <optional>

#include "common/gpu_view.h"
#include "common/observation.h"
#include "common/phase_names.h"
#include "common/worker.h"

constexpr std::size_t kLargestCrowd = 256;

struct CrowdTerms {
  const Observation& wanted;
  const PhaseNames& phases;  // pauses: an instance has its context after the first, and is held
                             // after the last
  const char* pause_after;   // the same, as text
  std::size_t most;          // instances, at most kLargestCrowd
  double floor_bytes;        // of the device's memory that are to stay free
};

/// One of them. `used` is what the whole device has in use, at moments when nothing else happens.
struct CrowdMember {
  Worker worker;
  double used_begin = 0;
  double used_context = 0;
  double used_end = 0;
  std::optional<double> bytes;  // what its process holds, where NVML tells that
  Nanoseconds start = 0;        // from its start to the end of its last phase, less its pauses
};

/// How an instance ends: it is let go on, or killed while it is paused.
enum class Ending { kExit, kKill };

class Crowd {
 public:
  /// `gpu` is open by the time that Grow is called.
  Crowd(const CrowdTerms& terms, GpuView& gpu) : terms_(terms), gpu_(gpu) {}

  /// Starts one after another, each when the one before it is held, until a limit is met.
  std::optional<Failure> Grow();
  /// What stopped it: memory, mps_clients, exclusive_mode, other_process or max_instances.
  [[nodiscard]] const char* Limit() const { return limit_; }

  /// Ends the last that is held, and waits until its memory is free again: for how long, from when
  /// it was reaped, is absent where that took more than ten seconds.
  std::optional<Failure> EndLast(Ending ending, std::optional<Nanoseconds>& reclaimed_in);
  /// Lets all that are held run out.
  std::optional<Failure> EndAll();
  /// Ends all, whatever they are doing.
  void Abandon();

  /// How many are held now.
  [[nodiscard]] std::size_t Held() const { return held_; }
  /// Those that were started with success.
  [[nodiscard]] const CrowdMember* begin() const { return members_; }
  [[nodiscard]] const CrowdMember* end() const { return members_ + started_; }
  /// By how much the device's use grows from one to the next.
  [[nodiscard]] std::optional<double> InstanceBytes() const;
  /// What the first has asked the device for, where it tells that.
  [[nodiscard]] std::optional<double> RequestedBytes() const {
    return members_[0].worker.RequestedBytes();
  }
  /// How long each was there, from its start until it was reaped, in all.
  [[nodiscard]] Nanoseconds Lifetimes() const;
  /// The device's memory before the first.
  [[nodiscard]] const MemoryFacts& Before() const { return before_; }

 private:
  std::optional<Failure> LookForRoom(CrowdMember& next);
  std::optional<Failure> Add(CrowdMember& next);
  [[nodiscard]] const char* LimitNow() const;
  std::optional<Failure> Start(CrowdMember& member);
  std::optional<Failure> ReadUsed(double& used);
  [[nodiscard]] double OthersBytes() const;
  [[nodiscard]] bool IsOurs(pid_t pid) const;
  [[nodiscard]] bool IsReclaimed(const CrowdMember& member) const;

  CrowdTerms terms_;
  GpuView& gpu_;
  CrowdMember members_[kLargestCrowd];
  std::size_t started_ = 0;
  std::size_t held_ = 0;
  const char* limit_ = nullptr;
  MemoryFacts before_;
  double others_before_ = 0;
  double crept_ = 0;         // what the device's use grew by while all of ours were paused
  double member_bytes_ = 0;  // the most that one has taken
};
