// What each of function_ipc's two processes has.
#pragma once

#include <optional>

#include "function_ipc/copy_queue.h"
#include "function_ipc/function_order.h"
#include "function_ipc/passage.h"
#include "function_ipc/pump.h"
#include "function_ipc/staging.h"
#include "transfer/transfer_driver.h"
#include "transfer/transfer_session.h"

/// A session on a GPU, a buffer of the largest size there, staging, and the copies between the two:
/// to the host in the producer, to the GPU in a consumer. Each step needs those before it.
class FunctionProcess {
 public:
  FunctionProcess(const FunctionOrder& order, Direction direction)
      : order_(order),
        session_(driver_),
        staging_(driver_),
        copies_(driver_, session_, direction) {}
  ~FunctionProcess() { Release(); }
  FunctionProcess(const FunctionProcess&) = delete;
  FunctionProcess& operator=(const FunctionProcess&) = delete;

  std::optional<Failure> Load() { return driver_.Load(order_.transfer.libcuda); }
  [[nodiscard]] std::optional<Failure> Init() const { return driver_.cuda.cuInit(0); }
  std::optional<Failure> Open(const GpuRequest& gpu) { return session_.Open(gpu); }
  std::optional<Failure> LoadModule() { return session_.LoadModule(); }
  /// The buffer and the staging, which is `shared` where the mechanism has one.
  std::optional<Failure> Allocate(int shared);

  /// Passes what a plan says; the failure is in the phase `transfer`.
  template <typename End>
  std::optional<Failure> Pass(End& end, const Array<Chunk>& plan) const;
  /// The same, of one chunk, whose steps have phases of their own.
  template <typename End>
  std::optional<Failure> PassLeg(End& end, const Chunk& chunk, CopyStamps& stamps) const {
    return PumpOne(end, copies_, chunk, stamps);
  }

  /// The first `bytes` of the buffer.
  [[nodiscard]] DeviceSpan Span(std::size_t bytes) const { return {buffer_, bytes}; }
  [[nodiscard]] const FunctionOrder& Order() const { return order_; }
  [[nodiscard]] const TransferDriver& Cuda() const { return driver_; }
  [[nodiscard]] const TransferSession& Session() const { return session_; }
  [[nodiscard]] const CopyQueue& Copies() const { return copies_; }
  /// The way through its staging, or through `stream`.
  [[nodiscard]] Passage Through(const ByteStream& stream, const Channel& peer) const;

  /// Gives everything back, whatever fails; the first failure is told.
  std::optional<Failure> Release();

 private:
  const FunctionOrder& order_;
  TransferDriver driver_;
  TransferSession session_;
  CUdeviceptr buffer_ = 0;
  Staging staging_;
  CopyQueue copies_;
};

template <typename End>
std::optional<Failure> FunctionProcess::Pass(End& end, const Array<Chunk>& plan) const {
  CopyStamps stamps;
  auto failure =
      plan.Size() == 1 ? PumpOne(end, copies_, plan[0], stamps) : PumpAll(end, copies_, plan);
  if (failure) failure->phase = "transfer";
  return failure;
}
