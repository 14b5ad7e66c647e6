#include "cuda_ipc/remote_importer.h"

#include <cstring>

std::optional<Failure> RemoteImporter::Start(const IpcImporterOrder& order,
                                             RemoteImporter* eldest) {
  order_ = order;
  step_.Share();
  return peer_.Start([&](Channel& exporter) {
    for (RemoteImporter* elder = eldest; elder != this; ++elder) elder->End();
    IpcImporter importer(order_, step_);
    return importer.Serve(exporter);
  });
}

std::optional<Failure> RemoteImporter::Ask(IpcVerb verb, Message& message, const char* step,
                                           int descriptor) {
  if (verb == IpcVerb::kStart) met_at_ = ReadClock();
  message.verb = static_cast<int>(verb);
  std::optional<Failure> failure = peer_.Send(message, descriptor);
  if (!failure) failure = peer_.Receive(message);
  if (!failure || failure->phase != nullptr) return failure;
  const bool died = std::strcmp(failure->reason, "peer_died") == 0;
  const char* const theirs = died ? step_.Current() : nullptr;
  failure->phase = theirs == nullptr ? step : theirs;
  return failure;
}

void RemoteImporter::End() {
  peer_.End();
  if (met_at_ != 0 && context_time_ == 0) context_time_ = ReadClock() - met_at_;
}
