#include <vector>

#include "emulator/test/check.h"

namespace emulator::test {
namespace {

constexpr std::size_t kBytes = 10000;
constexpr int kAlreadyRegistered = 712;
constexpr int kNotRegistered = 713;
constexpr unsigned char kPoison = 0xA5;

// Copies take 50 ms: long enough to look at what is there before.
constexpr const char* kSlow =
    "copy_seconds = 0.05\ntime_scale = 1\ninit_seconds = 0\ncontext_seconds = 0";

void PinnedMemoryIsFreedOnce(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  void* host = nullptr;
  constexpr unsigned int kNoFlag = 8;
  CHECK_EQUAL(cuda.cuMemHostAlloc(&host, 100, kNoFlag), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuMemHostAlloc(&host, 0, 0), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuMemHostAlloc(&host, 100, 1), CUDA_SUCCESS);
  static_cast<char*>(host)[99] = 1;
  CHECK_EQUAL(cuda.cuMemFreeHost(static_cast<char*>(host) + 1), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuMemFreeHost(host), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemFreeHost(host), CUDA_ERROR_INVALID_VALUE);
}

CUresult Copied(const Cuda& cuda, unsigned char* host) {
  CUdeviceptr memory = 0;
  CHECK_EQUAL(cuda.cuMemAlloc_v2(&memory, kBytes), CUDA_SUCCESS);
  return cuda.cuMemcpyDtoHAsync_v2(host, memory, kBytes, nullptr);
}

void RegisteredMemoryIsPinned(Scene& scene) {
  const Cuda cuda = scene.StartCuda(kSlow);
  std::vector<unsigned char> host(kBytes + 1);
  CHECK_EQUAL(cuda.cuMemHostRegister_v2(host.data(), kBytes, 1), CUDA_SUCCESS);
  CHECK_EQUAL(Copied(cuda, host.data()), CUDA_SUCCESS);
  CHECK_EQUAL(host[0], kPoison);
  CHECK_EQUAL(cuda.cuCtxSynchronize(), CUDA_SUCCESS);
  CHECK_EQUAL(static_cast<int>(host[0]), 0);
}

void WhatGoesBeyondIsPageable(Scene& scene) {
  const Cuda cuda = scene.StartCuda(kSlow);
  std::vector<unsigned char> host(kBytes + 1);
  CHECK_EQUAL(cuda.cuMemHostRegister_v2(host.data(), kBytes, 1), CUDA_SUCCESS);
  CHECK_EQUAL(Copied(cuda, host.data() + 1), CUDA_SUCCESS);
  CHECK_EQUAL(static_cast<int>(host[1]), 0);
}

void UnregisteredMemoryIsPageable(Scene& scene) {
  const Cuda cuda = scene.StartCuda(kSlow);
  std::vector<unsigned char> host(kBytes);
  CHECK_EQUAL(cuda.cuMemHostRegister_v2(host.data(), kBytes, 0), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemHostUnregister(host.data()), CUDA_SUCCESS);
  CHECK_EQUAL(Copied(cuda, host.data()), CUDA_SUCCESS);
  CHECK_EQUAL(static_cast<int>(host[0]), 0);
}

void MemoryIsRegisteredOnce(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  std::vector<unsigned char> host(kBytes);
  unsigned char* middle = host.data() + 100;
  CHECK_EQUAL(cuda.cuMemHostRegister_v2(middle, 100, 0), CUDA_SUCCESS);
  CHECK_EQUAL(static_cast<int>(cuda.cuMemHostRegister_v2(middle + 99, 5, 0)), kAlreadyRegistered);
  CHECK_EQUAL(static_cast<int>(cuda.cuMemHostRegister_v2(middle - 5, 6, 0)), kAlreadyRegistered);
  CHECK_EQUAL(cuda.cuMemHostRegister_v2(middle - 5, 5, 0), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemHostRegister_v2(middle + 100, 5, 0), CUDA_SUCCESS);
}

void OnlyWhatIsRegisteredIsUnregistered(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  std::vector<unsigned char> host(kBytes);
  CHECK_EQUAL(static_cast<int>(cuda.cuMemHostUnregister(host.data())), kNotRegistered);
  CHECK_EQUAL(cuda.cuMemHostRegister_v2(host.data(), 0, 0), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuMemHostRegister_v2(nullptr, 5, 0), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuMemHostRegister_v2(host.data(), 5, 0x80), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuMemHostRegister_v2(host.data(), 5, 0), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemFreeHost(host.data()), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(static_cast<int>(cuda.cuMemHostUnregister(host.data() + 1)), kNotRegistered);
  CHECK_EQUAL(cuda.cuMemHostUnregister(host.data()), CUDA_SUCCESS);
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(
      argc, argv,
      {
          {"pinned memory is freed once, by its address", PinnedMemoryIsFreedOnce},
          {"a copy to registered memory is asynchronous", RegisteredMemoryIsPinned},
          {"one that goes beyond it is not", WhatGoesBeyondIsPageable},
          {"nor is one to memory that is registered no more", UnregisteredMemoryIsPageable},
          {"memory is registered once, to its last byte", MemoryIsRegisteredOnce},
          {"only what is registered is unregistered", OnlyWhatIsRegisteredIsUnregistered},
      });
}
