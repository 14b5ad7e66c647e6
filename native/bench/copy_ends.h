// A context with a buffer on each side of the link.
#pragma once

#include <sys/mman.h>

#include <cstring>

#include "transfer/transfer_session.h"

enum class Direction { kDeviceToHost, kHostToDevice };

struct CopyEndsRequest {
  const char* uuid;
  const char* libcuda;
  std::size_t bytes;
  bool registered;  // host memory of the system's, as shared memory is; else the driver's own
};

/// Everything goes with the process.
struct CopyEnds {
  explicit CopyEnds(const CopyEndsRequest& wanted)
      : request(wanted), bytes(wanted.bytes), session(driver) {}

  std::optional<Failure> Open() {
    if (auto failure = driver.Load(request.libcuda)) return failure;
    if (auto failure = driver.cuda.cuInit(0)) return failure;
    if (auto failure = session.Open({request.uuid, false})) return failure;
    if (auto failure = driver.cuda.cuMemAlloc_v2(&device, bytes)) return failure;
    if (auto failure = request.registered ? Register() : driver.cuMemHostAlloc(&host, bytes, 0))
      return failure;
    std::memset(host, 1, bytes);
    return std::nullopt;
  }

  std::optional<Failure> Register() {
    constexpr int kFlags = MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE;
    host = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, kFlags, -1, 0);
    if (host == MAP_FAILED) return Because("oom", "%zu bytes cannot be mapped", bytes);
    return driver.cuMemHostRegister_v2(host, bytes, 0);
  }

  [[nodiscard]] std::optional<Failure> Enqueue(Direction direction) const {
    CUstream stream = session.Stream();
    return direction == Direction::kDeviceToHost
               ? driver.cuMemcpyDtoHAsync_v2(host, device, bytes, stream)
               : driver.cuMemcpyHtoDAsync_v2(device, host, bytes, stream);
  }

  CopyEndsRequest request;
  std::size_t bytes;
  TransferDriver driver;
  TransferSession session;
  CUdeviceptr device = 0;
  void* host = nullptr;
};
