// devices: which GPUs there are, and on what driver.
#include <cstdio>

#include "common/driver.h"
#include "common/listing.h"
#include "common/nvml.h"
#include "common/options.h"
#include "common/probe.h"

namespace {

constexpr char kUsage[] = "devices [--attach=true|false] [--libcuda=FILE] [--libnvidia_ml=FILE]";

/// Loads what probes will run on, and finds out a library that only stands in for linking.
std::optional<Failure> LoadCuda(Driver& cuda, const char* file) {
  int version = 0;
  if (auto failure = cuda.Load(file)) return failure;
  return cuda.cuDriverGetVersion(&version);
}

void ReportDriver(Probe& probe, const DriverFacts& driver, const char* libcuda,
                  const char* libnvidia_ml) {
  probe.Sample("driver_info", 1,
               {{"backend", driver.emulated ? "emulator" : "nvidia"},
                {"driver_version", driver.driver_version},
                {"nvml_version", driver.nvml_version},
                {"cuda_version", driver.cuda_version},
                {"libcuda", libcuda},
                {"libnvidia_ml", libnvidia_ml}});
}

void ReportLost(Probe& probe, const char* index, const Failure& lost) {
  probe.Sample("device_lost", 1, {{"gpu", index}, {"reason", lost.reason}, {"code", lost.code}});
}

void ReportInfo(Probe& probe, const char* index, const GpuFacts& gpu) {
  probe.Sample("device_info", 1,
               {{"gpu", index},
                {"gpu_uuid", gpu.uuid},
                {"name", gpu.name},
                {"pci_bus_id", gpu.pci_bus_id},
                {"compute_mode", gpu.compute_mode},
                {"persistence_mode", gpu.persistence_mode},
                {"mig_mode", gpu.mig_mode},
                {"memory_info", gpu.memory.version}});
}

void ReportValues(Probe& probe, const GpuFacts& gpu) {
  const auto report = [&](const char* name, const std::optional<double>& value) {
    if (value) probe.Sample(name, *value, {{"gpu_uuid", gpu.uuid}});
  };
  report("memory_total_bytes", gpu.memory.total);
  report("memory_used_bytes", gpu.memory.used);
  report("memory_free_bytes", gpu.memory.free);
  report("memory_reserved_bytes", gpu.memory.reserved);
  report("utilization_ratio", gpu.utilization_ratio);
  report("processes", gpu.processes);
  report("recovery_action", gpu.recovery_action);
  report("mig_change_pending", gpu.mig_change_pending);
  report("page_repair_pending", gpu.page_repair_pending);
  report("page_repair_failed", gpu.page_repair_failed);
}

void ReportLink(Probe& probe, const GpuFacts& gpu) {
  const auto report = [&](const char* name, unsigned value) {
    if (value != 0) probe.Sample(name, value, {{"gpu_uuid", gpu.uuid}});
  };
  report("pcie_generation", gpu.pcie.generation);
  report("pcie_width", gpu.pcie.width);
  report("pcie_max_generation", gpu.pcie.max_generation);
  report("pcie_max_width", gpu.pcie.max_width);
}

void ReportGpu(Probe& probe, const GpuFacts& gpu) {
  char index[16];
  (void)std::snprintf(index, sizeof index, "%u", gpu.index);
  if (gpu.lost) return ReportLost(probe, index, *gpu.lost);
  ReportInfo(probe, index, gpu);
  ReportValues(probe, gpu);
  ReportLink(probe, gpu);
}

/// Opened without attaching, NVML lists no GPU at all (seen on driver 580, whether or not somebody
/// held it): that tells about the driver alone, and is no failure.
std::optional<Failure> RequireGpus(const Listing& listing, bool attached) {
  if (!attached || listing.begin() != listing.end()) return std::nullopt;
  return Because("no_device", "NVML lists no GPU");
}

}  // namespace

int main(int argc, char** argv) {
  Probe probe("devices");
  Options options(argc, argv);
  const bool attach = options.Boolean("attach", true);
  const char* const libcuda = options.Text("libcuda", "libcuda.so.1");
  const char* const libnvidia_ml = options.Text("libnvidia_ml", "libnvidia-ml.so.1");
  if (!options.Complete(kUsage)) return kUsageExit;
  probe.Start();

  Nvml nvml;
  Driver cuda;
  NvmlSession session(nvml);
  Listing listing;
  std::optional<Failure> without_cuda;  // told when NVML has told what it knows
  probe.Phase("load_driver", [&] {
    without_cuda = LoadCuda(cuda, libcuda);
    return nvml.Load(libnvidia_ml);
  });
  probe.Phase("init", [&] { return session.Open(attach); });
  probe.Phase("list", [&] { return listing.Read(nvml, cuda); });
  if (session.IsOpen())
    ReportDriver(probe, listing.Installed(), cuda.library.Path(), nvml.library.Path());
  for (const GpuFacts& gpu : listing) ReportGpu(probe, gpu);
  probe.Untimed("load_driver", [&] { return without_cuda; });
  probe.Untimed("list", [&] { return RequireGpus(listing, attach); });
  return probe.Finish();
}
