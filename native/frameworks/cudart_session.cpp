#include "frameworks/cudart_session.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "common/kernels.h"
#include "common/reasons.h"
#include "common/uuid.h"
#include "frameworks/cudart_calls.h"

namespace {

constexpr std::size_t kWord = sizeof(std::uint32_t);

/// The runtime has the driver's numbers, but for one of its own, which it gives where it finds no
/// driver, too.
const char* ReasonOf(const char* call, int code) {
  constexpr int kInsufficientDriver = 35;
  CudaCircumstances circumstances;
  circumstances.initializing = std::strcmp(call, "cudaGetDeviceCount") == 0;
  circumstances.kernel_driver = access("/proc/driver/nvidia/version", F_OK) == 0;
  if (code == kInsufficientDriver)
    return circumstances.kernel_driver ? "driver_too_old" : "no_driver";
  return CudaReason(static_cast<CUresult>(code), circumstances);
}

}  // namespace

std::optional<Failure> CudartFailure(const char* call, int code) {
  if (code == 0) return std::nullopt;
  Failure failure = Because(ReasonOf(call, code), "%s failed", call);
  (void)std::snprintf(failure.code, sizeof failure.code, "%s", CudartErrorName(code));
  return failure;
}

std::optional<Failure> CudartSession::CountDevices() {
  return CudartFailure("cudaGetDeviceCount", CudartCountDevices(&count_));
}

std::optional<Failure> CudartSession::Find(const GpuRequest& request) {
  for (ordinal_ = 0; ordinal_ < count_; ++ordinal_) {
    CUuuid found{};
    unsigned char bytes[sizeof found.bytes] = {};
    if (auto failure = CudartFailure("cudaGetDeviceProperties", CudartReadUuid(ordinal_, &bytes)))
      return failure;
    std::memcpy(found.bytes, bytes, sizeof bytes);
    if (std::strcmp(PrintUuid(found).text, request.uuid) == 0) return CheckComputeMode(request.mps);
  }
  return Because("no_device", "%s is not among the %d devices seen", request.uuid, count_);
}

std::optional<Failure> CudartSession::CheckComputeMode(bool mps) const {
  constexpr int kProhibited = 2;
  constexpr int kExclusiveProcess = 3;
  int mode = 0;
  const int code = CudartReadAttribute(CU_DEVICE_ATTRIBUTE_COMPUTE_MODE, ordinal_, &mode);
  if (auto failure = CudartFailure("cudaDeviceGetAttribute", code)) return failure;
  if (mode == 0 || (mode == kExclusiveProcess && mps)) return std::nullopt;
  return Skipped("compute_mode", "the compute mode is %s",
                 mode == kProhibited ? "prohibited" : "exclusive");
}

std::optional<Failure> CudartSession::MakeContext() {
  context_ = true;
  return CudartFailure("cudaFree", CudartMakeContext(ordinal_));
}

std::optional<Failure> CudartSession::CheckMps(bool wanted) const {
  int enabled = 0;
  // Older drivers do not know the attribute, and so cannot tell.
  const bool known = CudartReadAttribute(CU_DEVICE_ATTRIBUTE_MPS_ENABLED, ordinal_, &enabled) == 0;
  if (enabled != 0 && !wanted) return Because("mps_unexpected", "an MPS daemon took us in");
  if (enabled != 0 || !wanted) return std::nullopt;
  if (known) return Because("mps_unavailable", "no MPS daemon took us in");
  return Skipped("not_supported", "the driver does not tell whether an MPS daemon took us in");
}

std::optional<Failure> CudartSession::Allocate(std::size_t bytes) {
  bytes_ = bytes;
  return CudartFailure("cudaMalloc", CudartAllocate(&memory_, bytes));
}

std::optional<Failure> CudartSession::Fill(std::uint32_t seed) {
  return CudartFailure("cudaDeviceSynchronize", CudartFill(memory_, bytes_ / kWord, seed));
}

std::optional<Failure> CudartSession::Verify(std::uint32_t seed) {
  static std::uint32_t chunk[1U << 18U];  // 1 MiB
  const char* const memory = static_cast<const char*>(memory_);
  for (std::size_t at = 0; at < bytes_; at += sizeof chunk) {
    const std::size_t size = std::min(bytes_ - at, sizeof chunk);
    if (auto failure = CudartFailure("cudaMemcpy", CudartCopyBack(chunk, memory + at, size)))
      return failure;
    for (std::size_t word = 0; word < size / kWord; ++word) {
      const std::uint32_t wanted = CudaprobePattern(at / kWord + word, seed);
      if (chunk[word] == wanted) continue;
      return Because("corrupt", "word %zu is %08x, not %08x", at / kWord + word, chunk[word],
                     wanted);
    }
  }
  return std::nullopt;
}

std::optional<Failure> CudartSession::Release() {
  if (!context_) return std::nullopt;
  context_ = false;
  return CudartFailure("cudaDeviceReset", CudartRelease(memory_));
}
