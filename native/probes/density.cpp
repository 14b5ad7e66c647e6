// density: how many instances of a function hold a GPU at the same time, and what each takes. It
// starts another probe again and again, and keeps each paused.
#include <cstdio>
#include <cstring>

#include "common/crowd.h"
#include "common/observation.h"
#include "common/probe.h"

namespace {

constexpr char kUsage[] =
    "density --device=GPU-uuid [--max_instances=N] [--floor_bytes=N] [--phases=PHASE,...] "
    "[--kill=true|false] [--requested_bytes=N] [--mps_server=PID] [--libnvidia_ml=FILE] "
    "-- PROGRAM [ARGUMENT]...\n"
    "PROGRAM is a probe that can be paused. It is, after each of --phases: it has its context "
    "after the first, and is held after the last. Without --requested_bytes its own word is taken.";
constexpr char kPhases[] = "context,first_kernel";

/// How long the device's memory took to come back.
struct Reclaim {
  std::optional<Nanoseconds> after_exit;
  std::optional<Nanoseconds> after_kill;
};

double Seconds(Nanoseconds time) {
  return static_cast<double>(time) / static_cast<double>(kSecond);
}

/// A worker's phases are none of ours.
std::optional<Failure> Grow(Crowd& crowd) {
  std::optional<Failure> failure = crowd.Grow();
  if (failure) failure->phase = nullptr;
  return failure;
}

/// Memory that comes back is not told from what another process takes meanwhile.
std::optional<Failure> EndThem(Crowd& crowd, bool kill, Reclaim& reclaim) {
  const bool alone = std::strcmp(crowd.Limit(), "other_process") != 0;
  const std::size_t held = alone ? crowd.Held() : 0;
  std::optional<Failure> failure;
  if (held > 0) failure = crowd.EndLast(Ending::kExit, reclaim.after_exit);
  if (!failure && held > 1 && kill) failure = crowd.EndLast(Ending::kKill, reclaim.after_kill);
  if (!failure) failure = crowd.EndAll();
  if (failure) failure->phase = nullptr;
  return failure;
}

void ReportMembers(Probe& probe, const Crowd& crowd) {
  int count = 0;
  for (const CrowdMember& member : crowd) {
    char number[16];
    (void)std::snprintf(number, sizeof number, "%d", ++count);
    const auto report = [&](const char* name, double value) {
      probe.Sample(name, value, {{"number", number}});
    };
    report("used_begin_bytes", member.used_begin);
    report("used_context_bytes", member.used_context);
    report("used_end_bytes", member.used_end);
    if (member.bytes) report("process_bytes", *member.bytes);
    report("start_seconds", Seconds(member.start));
  }
  probe.Sample("instances", count);
}

void ReportDevice(Probe& probe, const Crowd& crowd, const Observation& wanted) {
  const auto report = [&](const char* name, const std::optional<double>& value) {
    if (value) probe.Sample(name, *value);
  };
  report("instance_bytes", crowd.InstanceBytes());
  report("memory_total_bytes", crowd.Before().total);
  report("memory_free_bytes", crowd.Before().free);
  report("requested_bytes",
         wanted.requested_bytes ? wanted.requested_bytes : crowd.RequestedBytes());
  probe.Sample("limit", 1, {{"limit", crowd.Limit()}});
}

void ReportReclaim(Probe& probe, const Reclaim& reclaim) {
  const auto report = [&](const char* how, const std::optional<Nanoseconds>& time) {
    if (time) probe.Sample("reclaim_seconds", Seconds(*time), {{"how", how}});
  };
  report("exit", reclaim.after_exit);
  report("kill", reclaim.after_kill);
}

}  // namespace

int main(int argc, char** argv) {
  constexpr long long kMostBytes = 1LL << 50U;
  Probe probe("density");
  ObservationOptions options(argc, argv);
  const Observation wanted = options.Read();
  const char* const pause_after = options.Text("phases", kPhases);
  const PhaseNames phases(pause_after);
  const long long most = options.Integer("max_instances", 8, 1, kLargestCrowd);
  const long long floor = options.Integer("floor_bytes", 2LL << 30U, 0, kMostBytes);
  const bool kill = options.Boolean("kill", true);
  options.Expect(!phases.IsEmpty(), "phases", "names with commas between them");
  if (!options.Complete(kUsage)) return kUsageExit;
  probe.Start();

  GpuView gpu;
  Crowd crowd(
      {wanted, phases, pause_after, static_cast<std::size_t>(most), static_cast<double>(floor)},
      gpu);
  Reclaim reclaim;
  probe.Phase("load_driver", [&] { return gpu.Load(wanted.libnvidia_ml); });
  probe.Phase("init", [&] { return gpu.Open(wanted.device); });
  probe.Phase("start", [&] { return Grow(crowd); });
  probe.Phase("end", [&] { return EndThem(crowd, kill, reclaim); });
  probe.Untimed("end", [&]() -> std::optional<Failure> {
    ReportMembers(probe, crowd);
    ReportDevice(probe, crowd, wanted);
    ReportReclaim(probe, reclaim);
    return std::nullopt;
  });
  crowd.Abandon();
  probe.Sample("gpu_seconds", Seconds(crowd.Lifetimes()));  // whatever has become of them
  return probe.Finish();
}
