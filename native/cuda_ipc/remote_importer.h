// An importer, as its exporter has it.
#pragma once

#include "cuda_ipc/ipc_importer.h"
#include "cuda_ipc/ipc_steps.h"
#include "transfer/peer.h"

class RemoteImporter {
 public:
  /// Runs one in a new process, before this one loads the driver. `eldest` is the first of the row
  /// that this is in: the new process lets go of those before it.
  std::optional<Failure> Start(const IpcImporterOrder& order, RemoteImporter* eldest);
  /// Has it do something, whose answer takes the message's place. `step` is the phase of the
  /// failure where it died and did not say in which.
  std::optional<Failure> Ask(IpcVerb verb, Message& message, const char* step, int descriptor = -1);
  /// Has it close and give back whatever it has, and waits for its end.
  void End();

  [[nodiscard]] bool IsRunning() const { return peer_.Pid() > 0; }
  /// The UUID of its GPU.
  [[nodiscard]] const char* Gpu() const { return order_.gpu.uuid; }
  [[nodiscard]] bool IsElsewhere() const { return order_.elsewhere; }
  /// From when it began to get ready until its end: so long it had a context. 0 until then.
  [[nodiscard]] Nanoseconds ContextTime() const { return context_time_; }
  /// What it has as label `peer_gpu_uuid`.
  [[nodiscard]] const char* Label() const { return order_.elsewhere ? Gpu() : ""; }

 private:
  IpcImporterOrder order_{};
  Nanoseconds met_at_ = 0;
  Nanoseconds context_time_ = 0;
  SharedStep step_;  // outlives the peer
  Peer peer_;
};
