#include "cuda_ipc/ipc_measurement.h"

#include "transfer/transfer_sample.h"
#include "transfer/warm_up.h"

namespace {

/// Which samples count: as many as are wanted, once it is warm.
class Samples {
 public:
  explicit Samples(int wanted) : wanted_(wanted) {}

  [[nodiscard]] bool AreMissing() const { return wanted_ > 0; }
  /// Whether one that took so long counts.
  bool Take(Nanoseconds transfer) {
    const bool counts = warm_;
    if (counts) --wanted_;
    warm_ = warm_ || warm_up_.Take(transfer);
    return counts;
  }

 private:
  int wanted_;
  WarmUp warm_up_;
  bool warm_ = false;
};

/// The one use of an allocation of its own.
std::optional<Failure> UseFresh(IpcLoan& loan) {
  if (auto failure = loan.Make()) return failure;
  if (auto failure = loan.Fill()) return failure;
  if (auto failure = loan.Lend()) return failure;
  if (auto failure = loan.Use()) return failure;
  return loan.Close();
}

/// One of many uses of an allocation that is lent.
std::optional<Failure> UseAgain(IpcLoan& loan) {
  if (auto failure = loan.Fill()) return failure;
  return loan.Use();
}

}  // namespace

std::optional<Failure> IpcMeasurement::Measure(RemoteImporter& importer) {
  IpcLoan very_first(exporter_, importer, order_.sizes[0]);
  if (auto failure = UseFresh(very_first)) return failure;
  for (const std::size_t bytes : order_.sizes) {
    if (auto failure = MeasureFirst(importer, bytes)) return failure;
    if (auto failure = MeasureReuse(importer, bytes)) return failure;
  }
  return std::nullopt;
}

std::optional<Failure> IpcMeasurement::MeasureFirst(RemoteImporter& importer, std::size_t bytes) {
  Samples samples(order_.samples);
  while (samples.AreMissing()) {
    IpcLoan loan(exporter_, importer, bytes);
    if (auto failure = UseFresh(loan)) return failure;
    const Nanoseconds* const took = loan.Intervals();
    const Nanoseconds transfer = took[kExport] + took[kOpen] + took[kCopy] + took[kClose];
    if (!samples.Take(transfer)) continue;
    Report({"first", transfer, importer, bytes}, loan,
           {kExport, kOpen, kFirstTouch, kCopy, kKernel, kClose});
  }
  return std::nullopt;
}

std::optional<Failure> IpcMeasurement::MeasureReuse(RemoteImporter& importer, std::size_t bytes) {
  Samples samples(order_.samples);
  IpcLoan loan(exporter_, importer, bytes);
  if (auto failure = loan.Make()) return failure;
  if (auto failure = loan.Lend()) return failure;
  while (samples.AreMissing()) {
    if (auto failure = UseAgain(loan)) return failure;
    const Nanoseconds transfer = loan.Intervals()[kCopy];
    if (samples.Take(transfer))
      Report({"reuse", transfer, importer, bytes}, loan, {kCopy, kKernel});
  }
  if (!importer.IsElsewhere()) {
    const auto mapped = static_cast<double>(loan.MappedBytes());
    probe_.Sample("mapped_bytes", mapped, {{"size_bytes", SizeText(bytes).text}});
  }
  return loan.Close();
}

void IpcMeasurement::Report(const Sample& sample, const IpcLoan& loan,
                            std::initializer_list<IpcInterval> intervals) {
  const SizeText size(sample.bytes);
  const Label size_bytes{"size_bytes", size.text};
  const Label use{"use", sample.use};
  const Label peer{"peer_gpu_uuid", sample.importer.Label()};
  probe_.Sample("transfer_seconds", InSeconds(sample.transfer), {size_bytes, use, peer});
  for (const IpcInterval interval : intervals) {
    const Label phase{"phase", kIpcPhases[interval]};
    probe_.Sample("phase_seconds", InSeconds(loan.Intervals()[interval]),
                  {size_bytes, use, phase, peer});
  }
}
