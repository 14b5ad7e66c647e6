// What is measured of memory that two processes share, size by size.
#pragma once

#include <initializer_list>

#include "common/probe.h"
#include "cuda_ipc/ipc_loan.h"
#include "transfer/transfer_order.h"

/// An exporter that measures with one importer after another.
class IpcMeasurement {
 public:
  IpcMeasurement(Probe& probe, const TransferOrder& order, IpcExporter& exporter)
      : probe_(probe), order_(order), exporter_(exporter) {}

  /// Every size, in order. What the process does first is not counted.
  std::optional<Failure> Measure(RemoteImporter& importer);

 private:
  std::optional<Failure> MeasureFirst(RemoteImporter& importer, std::size_t bytes);
  std::optional<Failure> MeasureReuse(RemoteImporter& importer, std::size_t bytes);

  /// One that counts: what was used how, and how long the transfer took.
  struct Sample {
    const char* use;
    Nanoseconds transfer;
    const RemoteImporter& importer;
    std::size_t bytes;
  };
  void Report(const Sample& sample, const IpcLoan& loan,
              std::initializer_list<IpcInterval> intervals);

  Probe& probe_;
  const TransferOrder& order_;
  IpcExporter& exporter_;
};
