#include "transfer/transfer_session.h"

#include <algorithm>

#include "transfer/transfer_kernels.h"

namespace {

constexpr std::size_t kWord = sizeof(std::uint32_t);

}  // namespace

std::optional<Failure> TransferSession::Open(const GpuRequest& request) {
  if (auto failure = gpu_.Open(request)) return failure;
  return driver_.cuStreamCreate(&stream_, CU_STREAM_NON_BLOCKING);
}

std::optional<Failure> TransferSession::LoadModule() {
  const Driver& cuda = driver_.cuda;
  if (auto failure = cuda.cuModuleLoadData(&module_, CUDAPROBE_TRANSFER_PTX)) return failure;
  if (auto failure = cuda.cuModuleGetFunction(&fill_, module_, CUDAPROBE_FILL)) return failure;
  if (auto failure = cuda.cuModuleGetFunction(&verify_, module_, CUDAPROBE_VERIFY)) return failure;
  if (auto failure = cuda.cuModuleGetFunction(&touch_, module_, CUDAPROBE_TOUCH)) return failure;
  return cuda.cuMemAlloc_v2(&mismatches_, sizeof(std::uint64_t));
}

std::optional<Failure> TransferSession::ExpectFree(std::size_t bytes) const {
  std::size_t free = 0;
  std::size_t total = 0;
  if (auto failure = driver_.cuMemGetInfo_v2(&free, &total)) return failure;
  if (free >= bytes) return std::nullopt;
  return Skipped("memory_floor", "%zu bytes of the GPU are free, %zu are needed", free, bytes);
}

std::optional<Failure> TransferSession::ExpectFreeForTwo(std::size_t bytes) const {
  // More than a context takes: 518 MiB on an H100, 612 on a B200.
  constexpr std::size_t kContext = std::size_t{640} << 20U;
  return ExpectFree(kContext + bytes);
}

std::optional<Failure> TransferSession::Fill(DeviceSpan span, std::uint32_t seed) const {
  std::uint64_t words = span.bytes / kWord;
  void* parameters[] = {&span.memory, &words, &seed};
  return Launch(fill_, words, parameters);
}

std::optional<Failure> TransferSession::Clear(DeviceSpan span) const {
  return driver_.cuMemsetD8Async(span.memory, 0, span.bytes, stream_);
}

std::optional<Failure> TransferSession::Touch(DeviceSpan span, Change change) const {
  std::uint64_t words = (span.bytes / kWord + change.step - 1) / change.step;
  void* parameters[] = {&span.memory, &words, &change.addend, &change.step};
  return Launch(touch_, words, parameters);
}

std::optional<Failure> TransferSession::Wait() const {
  return driver_.cuStreamSynchronize(stream_);
}

std::optional<Failure> TransferSession::Verify(DeviceSpan span, Pattern pattern) const {
  std::uint64_t words = span.bytes / kWord;
  std::uint64_t wrong = 0;
  CUdeviceptr mismatches = mismatches_;
  void* parameters[] = {&span.memory, &words, &pattern.seed, &pattern.addend, &mismatches};
  if (auto failure = Clear({mismatches_, sizeof wrong})) return failure;
  if (auto failure = Launch(verify_, words, parameters)) return failure;
  if (auto failure = Wait()) return failure;
  if (auto failure = driver_.cuda.cuMemcpyDtoH_v2(&wrong, mismatches_, sizeof wrong))
    return failure;
  if (wrong == 0) return std::nullopt;
  return Because("corrupt", "%llu of %llu words are not what was sent",
                 static_cast<unsigned long long>(wrong), static_cast<unsigned long long>(words));
}

std::optional<Failure> TransferSession::Launch(CUfunction kernel, std::uint64_t words,
                                               void** parameters) const {
  constexpr std::uint64_t kThreads = 256;
  constexpr std::uint64_t kMostBlocks = 1024;
  const std::uint64_t blocks = std::min((words + kThreads - 1) / kThreads, kMostBlocks);
  return driver_.cuda.cuLaunchKernel(kernel, static_cast<unsigned>(blocks), 1, 1, kThreads, 1, 1, 0,
                                     stream_, parameters, nullptr);
}

std::optional<Failure> TransferSession::Release() {
  std::optional<Failure> first;
  const auto give_back = [&](const auto& call, auto taken) {
    const CUresult code = call.Raw(taken);
    if (code != CUDA_SUCCESS && !first) first = driver_.cuda.Explain(call.Name(), code);
  };
  if (mismatches_ != 0) give_back(driver_.cuda.cuMemFree_v2, mismatches_);
  if (module_ != nullptr) give_back(driver_.cuda.cuModuleUnload, module_);
  if (stream_ != nullptr) give_back(driver_.cuStreamDestroy_v2, stream_);
  mismatches_ = 0;
  module_ = nullptr;
  stream_ = nullptr;
  auto failure = gpu_.Release();
  return first ? first : failure;
}
