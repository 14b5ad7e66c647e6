// Device memory of the exporter of cuda_ipc while an importer has it.
#pragma once

#include "cuda_ipc/ipc_exporter.h"
#include "cuda_ipc/ipc_memory.h"
#include "cuda_ipc/remote_importer.h"

/// An allocation that goes to an importer and comes back. Each step needs those before it. Failures
/// have the step as phase. At the end the memory is freed, but not before the importer has closed
/// it: one that has not by then is ended.
class IpcLoan {
 public:
  /// `bytes` is the size of what is filled, copied and verified.
  IpcLoan(IpcExporter& exporter, RemoteImporter& importer, std::size_t bytes);
  ~IpcLoan();
  IpcLoan(const IpcLoan&) = delete;
  IpcLoan& operator=(const IpcLoan&) = delete;

  std::optional<Failure> Make();
  /// Writes another pattern than the last, and waits.
  std::optional<Failure> Fill();
  /// Exports it and has it opened and touched.
  std::optional<Failure> Lend();
  /// Has it copied and changed, and verifies the change.
  std::optional<Failure> Use();
  /// Has it closed, and frees it.
  std::optional<Failure> Close();

  /// What the last of each step took, by IpcInterval.
  [[nodiscard]] const Nanoseconds* Intervals() const { return message_.stamps; }
  /// What the allocation takes.
  [[nodiscard]] std::size_t MappedBytes() const { return memory_.Bytes(); }

 private:
  [[nodiscard]] DeviceSpan Span() const { return memory_.Span(message_.bytes); }

  IpcExporter& exporter_;
  RemoteImporter& importer_;
  IpcMemory memory_;
  Message message_;
  bool lent_ = false;
};
