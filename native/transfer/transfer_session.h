// What each of two processes that pass data on has on its GPU.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "common/gpu_session.h"
#include "transfer/transfer_driver.h"

/// Device memory, and how much of it.
struct DeviceSpan {
  CUdeviceptr memory = 0;
  std::size_t bytes = 0;
};

/// A context, a stream, and the kernels that write, change and verify the pattern
/// (transfer_kernels.h). Each step needs those before it. All work goes to the one stream; what is
/// not said to wait is only enqueued.
class TransferSession {
 public:
  explicit TransferSession(const TransferDriver& driver) : driver_(driver), gpu_(driver.cuda) {}
  ~TransferSession() { Release(); }
  TransferSession(const TransferSession&) = delete;
  TransferSession& operator=(const TransferSession&) = delete;

  /// Makes the context and the stream.
  std::optional<Failure> Open(const GpuRequest& request);
  std::optional<Failure> LoadModule();

  /// Refuses, as skipped with `memory_floor`, unless so much device memory is free.
  [[nodiscard]] std::optional<Failure> ExpectFree(std::size_t bytes) const;
  /// The same for who is the first of two on its GPU, whose other has no context yet.
  [[nodiscard]] std::optional<Failure> ExpectFreeForTwo(std::size_t bytes) const;

  [[nodiscard]] std::optional<Failure> Fill(DeviceSpan span, std::uint32_t seed) const;
  [[nodiscard]] std::optional<Failure> Clear(DeviceSpan span) const;
  /// Adds `addend` to every `step`-th word.
  struct Change {
    std::uint32_t addend = 0;
    std::uint64_t step = 1;
  };
  [[nodiscard]] std::optional<Failure> Touch(DeviceSpan span, Change change) const;
  [[nodiscard]] std::optional<Failure> Wait() const;
  /// Waits, and fails with `corrupt` unless every word is that of the pattern, `addend` more.
  struct Pattern {
    std::uint32_t seed = 0;
    std::uint32_t addend = 0;
  };
  [[nodiscard]] std::optional<Failure> Verify(DeviceSpan span, Pattern pattern) const;

  [[nodiscard]] CUstream Stream() const { return stream_; }
  [[nodiscard]] CUdevice Device() const { return gpu_.Device(); }

  /// Gives everything back, whatever fails; the first failure is told.
  std::optional<Failure> Release();

 private:
  std::optional<Failure> Launch(CUfunction kernel, std::uint64_t words, void** parameters) const;

  const TransferDriver& driver_;
  GpuSession gpu_;
  CUstream stream_ = nullptr;
  CUmodule module_ = nullptr;
  CUfunction fill_ = nullptr;
  CUfunction verify_ = nullptr;
  CUfunction touch_ = nullptr;
  CUdeviceptr mismatches_ = 0;
};
