// process_memory: how much memory each device has, and which processes hold it.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "common/memory_listing.h"
#include "common/options.h"
#include "common/probe.h"

namespace {

constexpr char kUsage[] = "process_memory [--processes_per_device=64] [--libnvidia_ml=FILE]";
constexpr long long kDefaultProcesses = 64;
constexpr long long kMostProcesses = 1'000'000;
constexpr const char* kClients[] = {"graphics", "compute", "mps"};

/// A number as text.
struct Decimal {
  explicit Decimal(unsigned long long number) {
    (void)std::snprintf(text, sizeof text, "%llu", number);
  }
  char text[24];
};

const char* NameOf(Client client) {
  return kClients[static_cast<unsigned>(client)];
}

/// The kernel gives the first PID namespace this name; from any other some processes are hidden.
bool IsInFirstNamespace() {
  constexpr char kFirst[] = "pid:[4026531836]";
  char name[64] = "";
  const ssize_t length = readlink("/proc/self/ns/pid", name, sizeof name - 1);
  return length > 0 && std::strcmp(name, kFirst) == 0;
}

/// Reports on one device.
class DeviceReport {
 public:
  DeviceReport(Probe& probe, const MemoryListing& listing, const DeviceMemory& read)
      : probe_(probe), listing_(listing), read_(read), gpu_(read.device.gpu) {}

  void Memory() const;
  /// Those of the `limit` largest processes one by one.
  void Processes(std::size_t limit) const;
  void Anomaly() const { Value("stride_anomaly", read_.stride_anomaly ? 1 : 0); }

 private:
  void Value(const char* name, std::optional<double> value) const;
  void Count(const MemoryAccount& account, Client client) const;
  void Process(const Holding& holding) const;

  Probe& probe_;
  const MemoryListing& listing_;
  const DeviceMemory& read_;
  Decimal gpu_;
};

void DeviceReport::Memory() const {
  Value("memory_total_bytes", read_.memory.total);
  Value("memory_used_bytes", read_.memory.used);
  Value("memory_reserved_bytes", read_.memory.reserved);
  Value("memory_free_bytes", read_.memory.free);
}

void DeviceReport::Processes(std::size_t limit) const {
  const MemoryAccount account = listing_.Account(read_);
  const Array<Holding>& largest = account.Largest();
  const std::size_t most = std::min(limit, largest.Size());
  for (const Client client : {Client::kCompute, Client::kGraphics, Client::kMps})
    Count(account, client);
  for (std::size_t at = 0; at < most; ++at) Process(largest[at]);
  Value("overflow_memory_bytes", account.Overflow(limit));
  Value("own_memory_bytes", account.Own());
  // What is used of a part that is shared is also others'.
  if (!read_.device.shared)
    Value("unattributed_memory_bytes", account.Unattributed(read_.memory.used));
  Value("visibility_limited", account.HasHidden() || !IsInFirstNamespace() ? 1 : 0);
}

void DeviceReport::Value(const char* name, std::optional<double> value) const {
  if (!value) return;
  probe_.Sample(name, *value,
                {{"gpu", gpu_.text},
                 {"gpu_uuid", read_.device.gpu_uuid},
                 {"mig_uuid", read_.device.mig_uuid}});
}

void DeviceReport::Count(const MemoryAccount& account, Client client) const {
  probe_.Sample("processes", account.Processes(client),
                {{"gpu", gpu_.text},
                 {"gpu_uuid", read_.device.gpu_uuid},
                 {"mig_uuid", read_.device.mig_uuid},
                 {"client", NameOf(client)}});
}

/// What may be long comes last: a line that is cut is cut there.
void DeviceReport::Process(const Holding& holding) const {
  const bool there = holding.facts->presence == Presence::kThere;
  const Decimal start_time(holding.facts->start_time);
  probe_.Sample("process_memory_bytes", static_cast<double>(holding.process.bytes.value_or(0)),
                {{"gpu", gpu_.text},
                 {"gpu_uuid", read_.device.gpu_uuid},
                 {"mig_uuid", read_.device.mig_uuid},
                 {"pid", Decimal(holding.process.pid).text},
                 {"client", NameOf(holding.process.client)},
                 {"process_name", holding.facts->name},
                 {"start_time", there ? start_time.text : ""},
                 {"cgroup", listing_.Cgroup(holding)}});
}

void Report(Probe& probe, const MemoryListing& listing, std::size_t limit) {
  for (const DeviceMemory& device : listing) {
    const DeviceReport report(probe, listing, device);
    report.Memory();
    if (device.listed) report.Processes(limit);
    if (device.listed || device.stride_anomaly) report.Anomaly();
  }
}

}  // namespace

int main(int argc, char** argv) {
  Probe probe("process_memory");
  Options options(argc, argv);
  const auto limit = static_cast<std::size_t>(
      options.Integer("processes_per_device", kDefaultProcesses, 0, kMostProcesses));
  const char* const libnvidia_ml = options.Text("libnvidia_ml", "libnvidia-ml.so.1");
  if (!options.Complete(kUsage)) return kUsageExit;
  probe.Start();

  Nvml nvml;
  NvmlSession session(nvml);
  MemoryListing listing;
  probe.Phase("load_driver", [&] { return nvml.Load(libnvidia_ml); });
  probe.Phase("init", [&] { return session.Open(true); });
  probe.Phase("list", [&] { return listing.Read(nvml); });
  Report(probe, listing, limit);
  return probe.Finish();
}
