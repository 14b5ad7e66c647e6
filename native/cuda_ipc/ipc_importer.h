// The process of cuda_ipc that uses another one's device memory.
#pragma once

#include "cuda_ipc/ipc_fence.h"
#include "cuda_ipc/ipc_memory.h"
#include "cuda_ipc/ipc_steps.h"
#include "cuda_ipc/shared_step.h"
#include "transfer/channel.h"

/// What an importer is told at its birth.
struct IpcImporterOrder {
  const char* libcuda;
  GpuRequest gpu;
  IpcMechanism mechanism;
  bool elsewhere;  // on another GPU than the exporter
};

/// Does what the exporter asks, one thing after another, and tells how long it took.
class IpcImporter {
 public:
  IpcImporter(const IpcImporterOrder& order, SharedStep& step) : order_(order), step_(step) {}

  /// Until it is released, or something fails; the failure's phase is the step.
  std::optional<Failure> Serve(const Channel& exporter);

 private:
  std::optional<Failure> Converse(const Channel& exporter);
  std::optional<Failure> Obey(Message& message, IpcParcel& parcel);
  std::optional<Failure> Start(Message& message);
  std::optional<Failure> Allocate(std::size_t bytes);
  std::optional<Failure> Open(Message& message, IpcParcel& parcel);
  std::optional<Failure> Use(Message& message);
  std::optional<Failure> Close(Message& message);
  std::optional<Failure> Release();

  [[nodiscard]] std::optional<Failure> Touch(DeviceSpan span, TransferSession::Change change) const;
  [[nodiscard]] std::optional<Failure> Copy(DeviceSpan to, DeviceSpan from) const;
  [[nodiscard]] std::optional<Failure> Prepare(DeviceSpan destination) const;

  /// Does `work` as a step of this name.
  template <typename Work>
  std::optional<Failure> Step(const char* name, Work work) {
    step_.Enter(name);
    return work();
  }
  /// The same, timed.
  template <typename Work>
  std::optional<Failure> Step(Message& message, IpcInterval interval, Work work) {
    step_.Enter(kIpcPhases[interval]);
    return Time(message.stamps[interval], work);
  }

  const IpcImporterOrder& order_;
  SharedStep& step_;
  TransferDriver driver_;
  TransferSession session_{driver_};
  IpcFence fence_{driver_};
  LegacyMemory destination_{driver_};
  std::optional<IpcMemory> open_;
};
