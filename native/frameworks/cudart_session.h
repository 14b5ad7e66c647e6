// What a function of the CUDA runtime takes from a GPU when it starts, in the order it takes it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "common/failure.h"
#include "common/gpu_session.h"

/// A device, its context and a buffer. Each step needs those before it.
class CudartSession {
 public:
  CudartSession() = default;
  ~CudartSession() { Release(); }
  CudartSession(const CudartSession&) = delete;
  CudartSession& operator=(const CudartSession&) = delete;

  /// The runtime's first call, which initializes the driver.
  std::optional<Failure> CountDevices();
  /// Finds the device, and looks whether others forbid it by the compute mode.
  std::optional<Failure> Find(const GpuRequest& request);
  std::optional<Failure> MakeContext();
  /// Whether the context is one of MPS as it is wanted.
  [[nodiscard]] std::optional<Failure> CheckMps(bool wanted) const;
  std::optional<Failure> Allocate(std::size_t bytes);
  /// Launches the kernel and waits for its end.
  std::optional<Failure> Fill(std::uint32_t seed);
  /// Reads the buffer back; the failure is `corrupt` where a word is not the pattern's.
  std::optional<Failure> Verify(std::uint32_t seed);
  std::optional<Failure> Release();

 private:
  [[nodiscard]] std::optional<Failure> CheckComputeMode(bool mps) const;

  int count_ = 0;
  int ordinal_ = 0;
  bool context_ = false;
  void* memory_ = nullptr;
  std::size_t bytes_ = 0;
};

/// The failure that the runtime's code is; none for success.
std::optional<Failure> CudartFailure(const char* call, int code);
