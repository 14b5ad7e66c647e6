#include "common/crowd.h"

#include <algorithm>

#include "common/crowd_limits.h"
#include "common/slope.h"

namespace {

constexpr double kMebibyte = 1 << 20;

}  // namespace

std::optional<Failure> Crowd::Grow() {
  while (limit_ == nullptr && started_ < terms_.most) {
    CrowdMember& next = members_[started_];
    std::optional<Failure> failure = LookForRoom(next);
    if (!failure && limit_ == nullptr) failure = Add(next);
    if (failure) return failure;
  }
  if (limit_ == nullptr) limit_ = "max_instances";
  return std::nullopt;
}

std::optional<Failure> Crowd::LookForRoom(CrowdMember& next) {
  if (auto failure = ReadUsed(next.used_begin)) return failure;
  if (started_ == 0) {
    before_ = gpu_.Memory();
    others_before_ = OthersBytes();
    member_bytes_ = terms_.wanted.requested_bytes.value_or(0);
  } else {
    // What others give back is no room for what they take later.
    others_before_ = std::min(others_before_, OthersBytes());
    crept_ = std::max(0.0, crept_ + next.used_begin - members_[started_ - 1].used_end);
  }
  limit_ = LimitNow();
  return std::nullopt;
}

std::optional<Failure> Crowd::Add(CrowdMember& next) {
  if (auto failure = Start(next)) {
    // One that is still there has not failed: something else has.
    if (!next.worker.IsRunning()) limit_ = LimitOf(failure->reason);
    return limit_ == nullptr ? failure : std::nullopt;
  }
  held_ = ++started_;
  member_bytes_ = std::max(member_bytes_, next.used_end - next.used_begin);
  return std::nullopt;
}

const char* Crowd::LimitNow() const {
  constexpr double kTolerated = 64 * kMebibyte;
  const MemoryFacts& memory = gpu_.Memory();
  // Where ours are not listed by the numbers we know, they would be taken for others.
  const bool told_apart = started_ == 0 || gpu_.Lists(members_[0].worker.Pid());
  const double grown = told_apart ? OthersBytes() - others_before_ : 0;
  // Who is not listed is seen by what they take while ours stand still.
  if (std::max(grown, crept_) > kTolerated) return "other_process";
  const bool room = HasRoom({*memory.total, *memory.free, terms_.floor_bytes, member_bytes_});
  return room ? nullptr : "memory";
}

std::optional<Failure> Crowd::Start(CrowdMember& member) {
  Worker& worker = member.worker;
  Nanoseconds paused = 0;
  if (auto failure = worker.Start({terms_.wanted.program, terms_.pause_after})) return failure;
  for (const char* const phase : terms_.phases) {
    const bool first = phase == terms_.phases.First();
    if (!first) {
      worker.GoOn();
      paused += worker.WentOnAt() - worker.PausedAt();
    }
    if (auto failure = worker.AwaitPause(phase)) return failure;
    if (auto failure = ReadUsed(member.used_end)) return failure;
    if (first) member.used_context = member.used_end;
  }
  member.start = worker.PausedAt() - worker.SpawnedAt() - paused;
  member.bytes = gpu_.BytesOf(worker.Pid());
  return std::nullopt;
}

std::optional<Failure> Crowd::ReadUsed(double& used) {
  if (auto failure = gpu_.Settle([&] { return gpu_.Memory().used; })) return failure;
  const MemoryFacts& memory = gpu_.Memory();
  if (!memory.used || !memory.free || !memory.total)
    return Skipped("not_supported", "NVML does not tell the device's memory");
  used = *memory.used;
  return std::nullopt;
}

double Crowd::OthersBytes() const {
  return gpu_.SumOf([&](pid_t pid) { return !IsOurs(pid); });
}

bool Crowd::IsOurs(pid_t pid) const {
  const auto is_it = [&](const CrowdMember& member) { return member.worker.Pid() == pid; };
  return pid == terms_.wanted.mps_server || std::any_of(begin(), end(), is_it);
}

std::optional<Failure> Crowd::EndLast(Ending ending, std::optional<Nanoseconds>& reclaimed_in) {
  constexpr Nanoseconds kLongest = 10 * kSecond;
  CrowdMember& last = members_[held_ - 1];
  if (ending == Ending::kKill) {
    last.worker.Kill();
  } else if (auto failure = last.worker.RunOut()) {
    return failure;
  }
  --held_;
  for (Nanoseconds passed = 0; passed < kLongest; Rest(kBetweenReadings)) {
    if (Cancelled()) return Cancellation();
    if (auto failure = gpu_.Refresh()) return failure;
    passed = ReadClock() - last.worker.ReapedAt();
    if (!IsReclaimed(last)) continue;
    reclaimed_in = passed;
    break;
  }
  return std::nullopt;
}

bool Crowd::IsReclaimed(const CrowdMember& member) const {
  constexpr double kTolerated = 2 * kMebibyte;
  const std::optional<double>& used = gpu_.Memory().used;
  return !gpu_.Lists(member.worker.Pid()) && used && *used <= member.used_begin + kTolerated;
}

std::optional<Failure> Crowd::EndAll() {
  for (std::size_t at = 0; at < held_; ++at) members_[at].worker.PauseNoMore();
  while (held_ > 0) {
    if (auto failure = members_[held_ - 1].worker.RunOut()) return failure;
    --held_;
  }
  return std::nullopt;
}

void Crowd::Abandon() {
  for (CrowdMember& member : members_) member.worker.AskToEnd();
  for (CrowdMember& member : members_) member.worker.End();
}

std::optional<double> Crowd::InstanceBytes() const {
  double used[kLargestCrowd];
  std::transform(begin(), end(), used, [](const CrowdMember& member) { return member.used_end; });
  if (started_ == 1) return members_[0].used_end - members_[0].used_begin;
  return Slope(used, started_);
}

Nanoseconds Crowd::Lifetimes() const {
  Nanoseconds sum = 0;
  for (const CrowdMember& member : members_) sum += member.worker.Lifetime();
  return sum;
}
