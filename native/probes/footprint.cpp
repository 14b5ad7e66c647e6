// footprint: what a function holds on a GPU after each phase of its start. It starts another probe,
// stops it after each of its phases, and asks NVML.
#include "common/gpu_view.h"
#include "common/observation.h"
#include "common/phase_names.h"
#include "common/probe.h"
#include "common/worker.h"

namespace {

constexpr char kUsage[] =
    "footprint --device=GPU-uuid [--worker_phases=PHASE,...] [--phases=PHASE,...] "
    "[--requested_bytes=N] [--mps_server=PID] [--libnvidia_ml=FILE] -- PROGRAM [ARGUMENT]...\n"
    "PROGRAM is a probe that can be paused. --worker_phases are all its phases up to the last one "
    "that matters, in order; it is paused after each. After each of --phases its memory is read; "
    "the first of those has made the context. Without --requested_bytes its own word is taken.";
constexpr char kWorkerPhases[] = "load_driver,init,context,allocate,load_module,first_kernel";
constexpr char kPhases[] = "context,allocate,load_module,first_kernel";

/// What the probe reads of its worker, and from where.
struct Footprint {
  Probe& probe;
  const Observation& wanted;
  Worker& worker;
  GpuView& gpu;
};

/// The worker's first phase contains its start.
std::optional<Failure> Advance(Worker& worker, const WorkerOrder& order, const char* phase) {
  if (worker.IsRunning()) {
    worker.GoOn();
  } else if (auto failure = worker.Start(order)) {
    return failure;
  }
  return worker.AwaitPause(phase);
}

/// NVML is opened when the worker has its context: earlier it would warm what the worker does.
std::optional<Failure> Look(GpuView& gpu, const Observation& wanted) {
  if (gpu.IsOpen()) return std::nullopt;
  if (auto failure = gpu.Load(wanted.libnvidia_ml)) return failure;
  return gpu.Open(wanted.device);
}

std::optional<Failure> ReadProcess(const Footprint& footprint, const char* phase) {
  GpuView& gpu = footprint.gpu;
  const pid_t pid = footprint.worker.Pid();
  if (auto failure = Look(gpu, footprint.wanted)) return failure;
  const auto read = [&]() -> std::optional<double> {
    const std::optional<double> own = gpu.BytesOf(pid);
    if (!own) return std::nullopt;
    return *own + gpu.BytesOf(footprint.wanted.mps_server).value_or(0);
  };
  if (auto failure = gpu.Settle(read)) return failure;
  const std::optional<double> bytes = gpu.BytesOf(pid);
  if (!bytes) {
    return Skipped("not_supported", "NVML %s process %d",
                   gpu.Lists(pid) ? "does not tell the memory of" : "does not list", pid);
  }
  footprint.probe.Sample("process_bytes", *bytes, {{"phase", phase}});
  const std::optional<double> server = gpu.BytesOf(footprint.wanted.mps_server);
  if (server) footprint.probe.Sample("mps_server_bytes", *server, {{"phase", phase}});
  return std::nullopt;
}

/// The device's memory, when the worker's has come back.
std::optional<Failure> ReadDevice(const Footprint& footprint) {
  GpuView& gpu = footprint.gpu;
  const pid_t pid = footprint.worker.Pid();
  const auto used = [&] { return gpu.Lists(pid) ? std::nullopt : gpu.Memory().used; };
  if (auto failure = gpu.Settle(used)) return failure;
  const auto report = [&](const char* name, const std::optional<double>& bytes) {
    if (bytes) footprint.probe.Sample(name, *bytes);
  };
  report("memory_total_bytes", gpu.Memory().total);
  report("memory_free_bytes", gpu.Memory().free);
  const std::optional<double>& requested = footprint.wanted.requested_bytes;
  report("requested_bytes", requested ? requested : footprint.worker.RequestedBytes());
  return std::nullopt;
}

}  // namespace

int main(int argc, char** argv) {
  Probe probe("footprint");
  ObservationOptions options(argc, argv);
  const Observation wanted = options.Read();
  const char* const pause_after = options.Text("worker_phases", kWorkerPhases);
  const PhaseNames worker_phases(pause_after);
  const PhaseNames phases(options.Text("phases", kPhases));
  options.Expect(!worker_phases.IsEmpty(), "worker_phases", "names with commas between them");
  options.Expect(!phases.IsEmpty() && worker_phases.HasAll(phases), "phases",
                 "among those of --worker_phases");
  if (!options.Complete(kUsage)) return kUsageExit;
  probe.Start();

  Worker worker;
  GpuView gpu;
  const WorkerOrder order{wanted.program, pause_after};
  const Footprint footprint{probe, wanted, worker, gpu};
  for (const char* const phase : worker_phases) {
    probe.Phase(phase, [&] { return Advance(worker, order, phase); });
    if (phases.Has(phase)) probe.Untimed(phase, [&] { return ReadProcess(footprint, phase); });
  }
  probe.Phase("release", [&] { return worker.RunOut(); });
  probe.Untimed("release", [&] { return ReadDevice(footprint); });
  worker.End();
  return probe.Finish();
}
