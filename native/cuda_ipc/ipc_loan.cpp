#include "cuda_ipc/ipc_loan.h"

#include <cstring>

IpcLoan::IpcLoan(IpcExporter& exporter, RemoteImporter& importer, std::size_t bytes)
    : exporter_(exporter), importer_(importer), memory_(exporter.Use()) {
  message_.bytes = bytes;
}

IpcLoan::~IpcLoan() {
  if (lent_) importer_.End();
}

std::optional<Failure> IpcLoan::Make() {
  return Within("allocate", memory_.Make(message_.bytes));
}

std::optional<Failure> IpcLoan::Fill() {
  message_.seed = ++exporter_.seed;
  if (auto failure = exporter_.session.Fill(Span(), message_.seed)) return Within("fill", failure);
  if (auto failure = exporter_.fence.Record(exporter_.session)) return Within("fill", failure);
  return Within("fill", exporter_.session.Wait());
}

std::optional<Failure> IpcLoan::Lend() {
  IpcParcel parcel;
  const auto export_it = [&] { return memory_.Export(parcel); };
  if (auto failure = Time(message_.stamps[kExport], export_it)) return Within("export", failure);
  std::memcpy(message_.handle, parcel.handle, sizeof parcel.handle);
  message_.count = parcel.bytes;
  lent_ = true;
  return importer_.Ask(IpcVerb::kOpen, message_, "open", parcel.descriptor.Number());
}

std::optional<Failure> IpcLoan::Use() {
  if (auto failure = importer_.Ask(IpcVerb::kUse, message_, "copy")) return failure;
  exporter_.copied_bytes += message_.bytes;
  return Within("verify", exporter_.session.Verify(Span(), {message_.seed, 1}));
}

std::optional<Failure> IpcLoan::Close() {
  if (auto failure = importer_.Ask(IpcVerb::kClose, message_, "close")) return failure;
  lent_ = false;
  return Within("close", memory_.Release());
}
