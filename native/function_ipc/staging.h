// The host memory that data passes through on its way from one GPU to another.
#pragma once

#include <cstddef>
#include <optional>

#include "function_ipc/memory_file.h"
#include "transfer/transfer_driver.h"

/// What staging is made of.
struct StagingRequest {
  std::size_t bytes = 0;  // of data
  bool pinned = false;    // the driver knows it, so that the GPU copies by itself
  bool shared = false;    // two processes map it, of which the first page is for what they count
};

/// What a shared one takes in all.
constexpr std::size_t kStagingHead = 4096;
constexpr std::size_t SharedBytes(const StagingRequest& request) {
  return kStagingHead + request.bytes;
}

class Staging {
 public:
  explicit Staging(const TransferDriver& driver) : driver_(driver) {}
  ~Staging() { Release(); }
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;

  /// Maps the SharedBytes() of `descriptor`, which stays the caller's, or takes memory of its own
  /// where nothing is shared. Needs a context when it is pinned; `not_supported`, as skipped, where
  /// the driver cannot.
  std::optional<Failure> Open(const StagingRequest& request, int descriptor);

  [[nodiscard]] unsigned char* Data() const { return data_; }
  /// The first page of a shared one.
  [[nodiscard]] void* Head() const { return mapping_.Data(); }

  /// Gives everything back, whatever fails; the first failure is told.
  std::optional<Failure> Release();

 private:
  std::optional<Failure> Register(std::size_t bytes);
  std::optional<Failure> Allocate(std::size_t bytes);

  const TransferDriver& driver_;
  Mapping mapping_;
  unsigned char* data_ = nullptr;
  bool registered_ = false;
  bool allocated_ = false;
};
