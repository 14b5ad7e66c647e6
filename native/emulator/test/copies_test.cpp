#include <cstring>
#include <string>
#include <vector>

#include "emulator/test/check.h"

namespace emulator::test {
namespace {

constexpr std::size_t kBytes = 10000;
constexpr unsigned char kPoison = 0xA5;

// Copies of kBytes take 50 ms: long enough to look at what is there before.
constexpr const char* kSlow =
    "copy_seconds = 0.05\ntime_scale = 1\ninit_seconds = 0\ncontext_seconds = 0";

/// Pinned host memory, full of one value.
unsigned char* Pinned(const Cuda& cuda, unsigned char value) {
  void* memory = nullptr;
  CHECK_EQUAL(cuda.cuMemHostAlloc(&memory, kBytes, 0), CUDA_SUCCESS);
  std::memset(memory, value, kBytes);
  return static_cast<unsigned char*>(memory);
}

CUdeviceptr Allocated(const Cuda& cuda) {
  CUdeviceptr memory = 0;
  CHECK_EQUAL(cuda.cuMemAlloc_v2(&memory, kBytes), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemsetD8_v2(memory, 1, kBytes), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuCtxSynchronize(), CUDA_SUCCESS);
  return memory;
}

bool IsFull(const unsigned char* memory, unsigned char value) {
  for (std::size_t i = 0; i < kBytes; ++i) {
    if (memory[i] != value) return false;
  }
  return true;
}

void BytesComeBack(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  const CUdeviceptr first = Allocated(cuda);
  const CUdeviceptr second = Allocated(cuda);
  std::vector<unsigned char> there(kBytes);
  std::vector<unsigned char> back(kBytes);
  for (std::size_t i = 0; i < kBytes; ++i) there[i] = static_cast<unsigned char>(i * 7);
  CHECK_EQUAL(cuda.cuMemcpyHtoD_v2(first, there.data(), kBytes), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemcpyDtoD_v2(second, first, kBytes), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemcpyDtoH_v2(back.data(), second, kBytes), CUDA_SUCCESS);
  CHECK(there == back);
}

void SettingSetsWords(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  const CUdeviceptr memory = Allocated(cuda);
  std::vector<unsigned int> back(kBytes / 4);
  CHECK_EQUAL(cuda.cuMemsetD32_v2(memory, 0x01020304, 3), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemsetD8_v2(memory + 12, 0xff, 4), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemcpyDtoH_v2(back.data(), memory, kBytes), CUDA_SUCCESS);
  CHECK_EQUAL(back[2], 0x01020304U);
  CHECK_EQUAL(back[3], 0xffffffffU);
  CHECK_EQUAL(back[4], 0x01010101U);
}

void BytesAreSetOnAStream(Scene& scene) {
  const Cuda cuda = scene.StartCuda(kSlow);
  const CUdeviceptr memory = Allocated(cuda);
  CUstream stream = nullptr;
  CHECK_EQUAL(cuda.cuStreamCreate(&stream, CU_STREAM_NON_BLOCKING), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemsetD8Async(memory, 7, kBytes, stream), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuStreamSynchronize(stream), CUDA_SUCCESS);
  std::vector<unsigned char> back(kBytes);
  CHECK_EQUAL(cuda.cuMemcpyDtoH_v2(back.data(), memory, kBytes), CUDA_SUCCESS);
  CHECK(IsFull(back.data(), 7));
  CHECK_EQUAL(cuda.cuMemsetD8Async(memory, 7, kBytes + 1, stream), CUDA_ERROR_INVALID_VALUE);
}

void ACopyBackIsPoisonUntilItIsDone(Scene& scene) {
  const Cuda cuda = scene.StartCuda(kSlow);
  const CUdeviceptr memory = Allocated(cuda);
  unsigned char* host = Pinned(cuda, 9);
  CHECK_EQUAL(cuda.cuMemcpyDtoHAsync_v2(host, memory, kBytes, nullptr), CUDA_SUCCESS);
  CHECK_EQUAL(host[0], kPoison);
  CHECK_EQUAL(host[8192], kPoison);
  CHECK_EQUAL(cuda.cuCtxSynchronize(), CUDA_SUCCESS);
  CHECK(IsFull(host, 1));
}

void ACopyThereReadsItsSourceLate(Scene& scene) {
  const Cuda cuda = scene.StartCuda(kSlow);
  const CUdeviceptr memory = Allocated(cuda);
  unsigned char* host = Pinned(cuda, 2);
  CHECK_EQUAL(cuda.cuMemcpyHtoDAsync_v2(memory, host, kBytes, nullptr), CUDA_SUCCESS);
  host[0] = 77;  // what a program must not do
  CHECK_EQUAL(cuda.cuCtxSynchronize(), CUDA_SUCCESS);
  std::vector<unsigned char> back(kBytes);
  CHECK_EQUAL(cuda.cuMemcpyDtoH_v2(back.data(), memory, kBytes), CUDA_SUCCESS);
  CHECK_EQUAL(back[0], 77);
  CHECK_EQUAL(back[1], 2);
}

void DeviceCopiesArePoisonToo(Scene& scene) {
  const Cuda cuda = scene.StartCuda(kSlow);
  const CUdeviceptr source = Allocated(cuda);
  const CUdeviceptr destination = Allocated(cuda);
  CUstream one = nullptr;
  CUstream other = nullptr;
  constexpr unsigned int kNonBlocking = 1;
  CHECK_EQUAL(cuda.cuStreamCreate(&one, kNonBlocking), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuStreamCreate(&other, kNonBlocking), CUDA_SUCCESS);
  unsigned char* host = Pinned(cuda, 0);
  CHECK_EQUAL(cuda.cuMemcpyDtoDAsync_v2(destination, source, kBytes, one), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemcpyDtoDAsync_v2(destination, source, kBytes, one), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemcpyDtoHAsync_v2(host, destination, kBytes, other), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuStreamSynchronize(one), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemcpyDtoH_v2(host, destination, kBytes), CUDA_SUCCESS);
  CHECK(IsFull(host, 1));
}

void WhatIsReadBeforeIsNotPoisoned(Scene& scene) {
  const Cuda cuda = scene.StartCuda(kSlow);
  const CUdeviceptr memory = Allocated(cuda);
  unsigned char* out = Pinned(cuda, 9);
  unsigned char* in = Pinned(cuda, 4);
  CHECK_EQUAL(cuda.cuMemcpyDtoHAsync_v2(out, memory, kBytes, nullptr), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemcpyHtoDAsync_v2(memory, in, kBytes, nullptr), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuCtxSynchronize(), CUDA_SUCCESS);
  CHECK(IsFull(out, 1));
}

void PageableCopiesAreSynchronous(Scene& scene) {
  const Cuda cuda = scene.StartCuda(kSlow);
  const CUdeviceptr memory = Allocated(cuda);
  std::vector<unsigned char> host(kBytes, 9);
  CHECK_EQUAL(cuda.cuMemcpyDtoHAsync_v2(host.data(), memory, kBytes, nullptr), CUDA_SUCCESS);
  CHECK(IsFull(host.data(), 1));
}

void ASynchronousCopyWaitsItsTurn(Scene& scene) {
  const Cuda cuda = scene.StartCuda(kSlow);
  const CUdeviceptr memory = Allocated(cuda);
  unsigned char* in = Pinned(cuda, 4);
  std::vector<unsigned char> back(kBytes);
  CHECK_EQUAL(cuda.cuMemcpyHtoDAsync_v2(memory, in, kBytes, nullptr), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemcpyDtoH_v2(back.data(), memory, kBytes), CUDA_SUCCESS);
  CHECK(IsFull(back.data(), 4));
}

void CopiesTakeTheirTime(Scene& scene) {
  const Cuda cuda = scene.StartCuda(
      "time_scale = 1\ninit_seconds = 0\ncontext_seconds = 0\ncopy_seconds = 0\n"
      "pinned_to_device_bytes_per_second = 1e5\npageable_to_device_bytes_per_second = 5e4");
  const CUdeviceptr memory = Allocated(cuda);
  const unsigned char* pinned = Pinned(cuda, 4);
  const std::vector<unsigned char> pageable(kBytes);
  const double fast = SecondsOf([&] { cuda.cuMemcpyHtoD_v2(memory, pinned, kBytes); });
  const double slow = SecondsOf([&] { cuda.cuMemcpyHtoD_v2(memory, pageable.data(), kBytes); });
  CHECK(fast >= 0.1 && fast < 0.2);
  CHECK(slow >= 0.2);
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(
      argc, argv,
      {
          {"bytes come back as they were, over two allocations", BytesComeBack},
          {"memory is set by words and by bytes", SettingSetsWords},
          {"bytes are set on the stream that is named", BytesAreSetOnAStream},
          {"a copy back is poison until it is done", ACopyBackIsPoisonUntilItIsDone},
          {"a copy there reads its source when it is done", ACopyThereReadsItsSourceLate},
          {"copies on the device end with the data", DeviceCopiesArePoisonToo},
          {"what an earlier copy still reads is not poisoned", WhatIsReadBeforeIsNotPoisoned},
          {"copies with pageable memory are synchronous", PageableCopiesAreSynchronous},
          {"a synchronous copy waits for the default stream", ASynchronousCopyWaitsItsTurn},
          {"pinned memory is copied at its own rate", CopiesTakeTheirTime},
      });
}
