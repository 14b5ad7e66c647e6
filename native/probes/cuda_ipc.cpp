// cuda_ipc: what it takes to use device memory of another process, by the mechanism that makes it
// possible. This process exports; it forks its importers, one for each GPU.
#include <cstdio>
#include <cstring>

#include "common/cancellation.h"
#include "common/options.h"
#include "common/probe.h"
#include "cuda_ipc/ipc_measurement.h"
#include "cuda_ipc/peer_links.h"
#include "transfer/transfer_order.h"
#include "transfer/transfer_sample.h"

namespace {

constexpr char kUsage[] =
    "cuda_ipc --device=GPU-uuid --mechanism=legacy|vmm_fd [--sizes=BYTES,...] [--samples=N] "
    "[--peers=GPU-uuid,...] [--libcuda=FILE] [--libnvidia_ml=FILE]";

/// The GPU's own importer, then those of its peers.
class Importers {
 public:
  std::optional<Failure> Start(const TransferOrder& order, IpcMechanism mechanism) {
    if (auto failure = Add({order.libcuda, order.gpu, mechanism, false})) return failure;
    for (const UuidText& peer : order.peers) {
      if (auto failure = Add({order.libcuda, {peer.text, false}, mechanism, true})) return failure;
    }
    return std::nullopt;
  }
  void End() {
    for (RemoteImporter& importer : *this) importer.End();
  }

  /// For how long those that have ended had contexts, all of them together.
  [[nodiscard]] Nanoseconds ContextTime() const {
    Nanoseconds total = 0;
    for (const RemoteImporter& importer : importers_) total += importer.ContextTime();
    return total;
  }

  [[nodiscard]] RemoteImporter* begin() { return importers_; }
  [[nodiscard]] RemoteImporter* end() { return importers_ + count_; }

 private:
  std::optional<Failure> Add(const IpcImporterOrder& order) {
    return importers_[count_++].Start(order, importers_);
  }

  RemoteImporter importers_[1 + TransferOrder::kMostPeers];
  std::size_t count_ = 0;
};

IpcMechanism ReadMechanism(Options& options) {
  const char* const name = options.Text("mechanism", "");
  const bool legacy = std::strcmp(name, "legacy") == 0;
  options.Expect(legacy || std::strcmp(name, "vmm_fd") == 0, "mechanism", "legacy or vmm_fd");
  return legacy ? IpcMechanism::kLegacy : IpcMechanism::kVmmFd;
}

/// A driver may say so only when it is asked to do it.
std::optional<Failure> SkippedWhereNotSupported(std::optional<Failure> failure) {
  if (failure && std::strcmp(failure->reason, "not_supported") == 0) failure->outcome = "skipped";
  return failure;
}

/// Which failures of a peer are no failure of the run, for the GPU's own figures do not depend on
/// it.
using Forgives = bool (*)(const Failure&);
/// It never got ready, and the GPU can do without.
bool ForgivesAll(const Failure& /*failure*/) {
  return !Cancelled();
}
/// It cannot.
bool ForgivesSkipped(const Failure& failure) {
  return std::strcmp(failure.outcome, "skipped") == 0;
}
bool ForgivesNone(const Failure& /*failure*/) {
  return false;
}

/// A peer's failure says whose it is.
Failure FailureOf(const RemoteImporter& importer, const Failure& failure) {
  Failure named = failure;
  if (!importer.IsElsewhere()) return named;
  (void)std::snprintf(named.message, sizeof named.message, "peer %.40s: %.990s", importer.Gpu(),
                      failure.message);
  return named;
}

/// Does `work` with one importer after another, and leaves out the peers that are forgiven.
template <typename Work>
std::optional<Failure> WithEach(Importers& importers, Forgives forgives, Work work) {
  for (RemoteImporter& importer : importers) {
    if (!importer.IsRunning()) continue;
    const std::optional<Failure> failure = SkippedWhereNotSupported(work(importer));
    if (!failure) continue;
    const Failure named = FailureOf(importer, *failure);
    if (!importer.IsElsewhere() || !forgives(named)) return named;
    (void)std::fprintf(stderr, "cuda_ipc: left out: %s %s\n", named.message, named.code);
    importer.End();
  }
  return std::nullopt;
}

/// What leads to the peers that were measured; asked when they have been.
void ReportLinks(Probe& probe, const TransferOrder& order, Importers& importers) {
  PeerLinks links;
  if (order.peers.Size() == 0 || links.Open(order.libnvidia_ml, order.gpu.uuid)) return;
  for (const RemoteImporter& importer : importers) {
    if (!importer.IsElsewhere() || !importer.IsRunning()) continue;
    if (const char* const link = links.To(importer.Gpu()))
      probe.Sample("peer_link", 1, {{"peer_gpu_uuid", importer.Gpu()}, {"link", link}});
  }
}

/// What its context needs is given back by then, so that it ends before the exporter goes on.
std::optional<Failure> Release(RemoteImporter& importer) {
  Message message;
  if (auto failure = importer.Ask(IpcVerb::kRelease, message, "release")) return failure;
  importer.End();
  return std::nullopt;
}

std::optional<Failure> ReleaseAll(Importers& importers, IpcExporter& exporter) {
  if (auto failure = WithEach(importers, ForgivesNone, Release)) return failure;
  return exporter.Release();
}

}  // namespace

int main(int argc, char** argv) {
  Probe probe("cuda_ipc");
  Options options(argc, argv);
  TransferOrder order;
  ReadTransferOrder(options, order);
  const IpcMechanism mechanism = ReadMechanism(options);
  if (!options.Complete(kUsage)) return kUsageExit;
  probe.Start();

  IpcExporter exporter(mechanism);
  Importers importers;
  IpcMeasurement measurement(probe, order, exporter);
  const auto meet = [&](RemoteImporter& importer) {
    return exporter.Meet(importer, order.Largest());
  };
  const auto measure = [&](RemoteImporter& importer) { return measurement.Measure(importer); };
  probe.Untimed("load_driver", [&] { return importers.Start(order, mechanism); });
  probe.Phase("load_driver", [&] { return exporter.driver.Load(order.libcuda); });
  probe.Phase("init", [&] { return exporter.driver.cuda.cuInit(0); });
  const Nanoseconds opened_at = ReadClock();
  probe.Phase("context", [&] { return exporter.session.Open(order.gpu); });
  probe.Phase("load_module", [&] { return exporter.session.LoadModule(); });
  probe.Phase("allocate", [&] { return exporter.Allocate(order.Largest()); });
  probe.Phase("meet", [&] { return WithEach(importers, ForgivesAll, meet); });
  probe.Phase("measure", [&] { return WithEach(importers, ForgivesSkipped, measure); });
  if (exporter.copied_bytes > 0) probe.Sample("bytes", static_cast<double>(exporter.copied_bytes));
  probe.Untimed("measure", [&]() -> std::optional<Failure> {
    ReportLinks(probe, order, importers);
    return std::nullopt;
  });
  probe.Phase("release", [&] { return ReleaseAll(importers, exporter); });
  // After a failure, too, the result says that all is given back.
  importers.End();
  (void)exporter.Release();
  const Nanoseconds context_time = ReadClock() - opened_at + importers.ContextTime();
  probe.Sample("gpu_seconds", InSeconds(context_time));
  return probe.Finish();
}
