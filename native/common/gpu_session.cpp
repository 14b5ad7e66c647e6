#include "common/gpu_session.h"

#include <algorithm>
#include <cstring>

#include "common/kernels.h"
#include "common/uuid.h"

namespace {

constexpr std::size_t kWord = sizeof(std::uint32_t);

/// The first word of `words` that is not the pattern's; `count` where all are.
std::size_t FirstWrong(const std::uint32_t* words, std::size_t count, std::uint64_t from,
                       std::uint32_t seed) {
  std::size_t at = 0;
  while (at < count && words[at] == CudaprobePattern(from + at, seed)) ++at;
  return at;
}

}  // namespace

std::optional<Failure> GpuSession::Open(const GpuRequest& request) {
  if (auto failure = Find(request.uuid)) return failure;
  if (auto failure = CheckComputeMode(request.mps)) return failure;
  if (auto failure = CheckMps(request.mps)) return failure;
  if (auto failure = cuda_.cuDevicePrimaryCtxRetain(&context_, device_)) return failure;
  return cuda_.cuCtxSetCurrent(context_);
}

std::optional<Failure> GpuSession::Find(const char* uuid) {
  int count = 0;
  if (auto failure = cuda_.cuDeviceGetCount(&count)) return failure;
  for (int ordinal = 0; ordinal < count; ++ordinal) {
    CUuuid found{};
    if (auto failure = cuda_.cuDeviceGet(&device_, ordinal)) return failure;
    if (auto failure = cuda_.cuDeviceGetUuid(&found, device_)) return failure;
    if (std::strcmp(PrintUuid(found).text, uuid) == 0) return std::nullopt;
  }
  return Because("no_device", "%s is not among the %d devices seen", uuid, count);
}

std::optional<Failure> GpuSession::CheckComputeMode(bool mps) const {
  constexpr int kProhibited = 2;
  constexpr int kExclusiveProcess = 3;
  int mode = 0;
  const auto attribute = CU_DEVICE_ATTRIBUTE_COMPUTE_MODE;
  if (auto failure = cuda_.cuDeviceGetAttribute(&mode, attribute, device_)) return failure;
  // To an exclusive GPU MPS is one process, and its clients keep nobody out but those who are none.
  if (mode == 0 || (mode == kExclusiveProcess && mps)) return std::nullopt;
  return Skipped("compute_mode", "the compute mode is %s",
                 mode == kProhibited ? "prohibited" : "exclusive");
}

std::optional<Failure> GpuSession::CheckMps(bool wanted) const {
  int enabled = 0;
  const auto attribute = CU_DEVICE_ATTRIBUTE_MPS_ENABLED;
  // Older drivers do not know the attribute, and so cannot tell.
  const bool known = cuda_.cuDeviceGetAttribute.Raw(&enabled, attribute, device_) == CUDA_SUCCESS;
  if (enabled != 0 && !wanted) return Because("mps_unexpected", "an MPS daemon took us in");
  if (enabled != 0 || !wanted) return std::nullopt;
  if (known) return Because("mps_unavailable", "no MPS daemon took us in");
  return Skipped("not_supported", "the driver does not tell whether an MPS daemon took us in");
}

std::optional<Failure> GpuSession::Allocate(std::size_t bytes) {
  bytes_ = bytes;
  return cuda_.cuMemAlloc_v2(&memory_, bytes);
}

std::optional<Failure> GpuSession::LoadModule() {
  if (auto failure = cuda_.cuModuleLoadData(&module_, CUDAPROBE_PTX)) return failure;
  return cuda_.cuModuleGetFunction(&function_, module_, CUDAPROBE_FILL);
}

std::optional<Failure> GpuSession::Fill(std::uint32_t seed) {
  constexpr std::uint64_t kThreads = 256;
  constexpr std::uint64_t kMostBlocks = 1024;
  std::uint64_t words = bytes_ / kWord;
  const std::uint64_t blocks = std::min((words + kThreads - 1) / kThreads, kMostBlocks);
  void* parameters[] = {&memory_, &words, &seed};
  if (auto failure = cuda_.cuLaunchKernel(function_, static_cast<unsigned>(blocks), 1, 1, kThreads,
                                          1, 1, 0, nullptr, parameters, nullptr))
    return failure;
  return cuda_.cuCtxSynchronize();
}

std::optional<Failure> GpuSession::Verify(std::uint32_t seed) {
  static std::uint32_t chunk[1U << 18U];  // 1 MiB
  for (std::size_t at = 0; at < bytes_; at += sizeof chunk) {
    const std::size_t size = std::min(bytes_ - at, sizeof chunk);
    if (auto failure = cuda_.cuMemcpyDtoH_v2(chunk, memory_ + at, size)) return failure;
    const std::size_t wrong = FirstWrong(chunk, size / kWord, at / kWord, seed);
    if (wrong == size / kWord) continue;
    return Because("corrupt", "word %zu of %zu is %08x, not %08x", at / kWord + wrong,
                   bytes_ / kWord, chunk[wrong], CudaprobePattern(at / kWord + wrong, seed));
  }
  return std::nullopt;
}

std::optional<Failure> GpuSession::Release() {
  std::optional<Failure> first;
  const auto give_back = [&](const auto& call, auto taken) {
    const CUresult code = call.Raw(taken);
    if (code != CUDA_SUCCESS && !first) first = cuda_.Explain(call.Name(), code);
  };
  if (module_ != nullptr) give_back(cuda_.cuModuleUnload, module_);
  if (memory_ != 0) give_back(cuda_.cuMemFree_v2, memory_);
  if (context_ != nullptr) give_back(cuda_.cuDevicePrimaryCtxRelease_v2, device_);
  module_ = nullptr;
  memory_ = 0;
  context_ = nullptr;
  return first;
}
