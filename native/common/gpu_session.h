// What a function takes from a GPU when it starts, in the order it takes it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "common/driver.h"

/// Whose GPU, and on what terms.
struct GpuRequest {
  const char* uuid;  // as PrintUuid prints it
  bool mps;          // a context of MPS is wanted; else one is refused
};

/// A primary context, a buffer and a kernel. Each step needs those before it. What was taken is
/// given back by Release, or at the end.
class GpuSession {
 public:
  explicit GpuSession(const Driver& cuda) : cuda_(cuda) {}
  ~GpuSession() { Release(); }
  GpuSession(const GpuSession&) = delete;
  GpuSession& operator=(const GpuSession&) = delete;

  /// Finds the device, and makes its primary context current. Skipped where others forbid it by
  /// the compute mode, which is never changed.
  std::optional<Failure> Open(const GpuRequest& request);
  std::optional<Failure> Allocate(std::size_t bytes);
  /// Compiles the kernel, or takes it from the driver's cache, and looks it up.
  std::optional<Failure> LoadModule();
  /// Launches the kernel and waits for its end: the buffer holds the pattern of `seed` then.
  std::optional<Failure> Fill(std::uint32_t seed);
  /// Reads the buffer back; the failure is `corrupt` where a word is not the pattern's.
  std::optional<Failure> Verify(std::uint32_t seed);
  /// Gives everything back, whatever fails; the first failure is told.
  std::optional<Failure> Release();

  [[nodiscard]] CUdevice Device() const { return device_; }

 private:
  std::optional<Failure> Find(const char* uuid);
  [[nodiscard]] std::optional<Failure> CheckComputeMode(bool mps) const;
  [[nodiscard]] std::optional<Failure> CheckMps(bool wanted) const;

  const Driver& cuda_;
  CUdevice device_ = 0;
  CUcontext context_ = nullptr;
  CUdeviceptr memory_ = 0;
  std::size_t bytes_ = 0;
  CUmodule module_ = nullptr;
  CUfunction function_ = nullptr;
};
