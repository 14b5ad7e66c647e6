#include "transfer/transfer_kernels.h"

#include <vector>

#include "emulator/test/check.h"

namespace emulator::test {
namespace {

constexpr std::uint64_t kWords = 3001;
constexpr std::uint32_t kSeed = 99;

/// A context with the module of transfer_kernels.h, memory for some words, and a count of 0.
struct Bench {
  Cuda cuda;
  CUmodule module = nullptr;
  CUdeviceptr memory = 0;
  CUdeviceptr count = 0;
};

Bench Prepared(Scene& scene) {
  Bench bench{scene.StartCuda("")};
  CHECK_EQUAL(bench.cuda.cuModuleLoadData(&bench.module, CUDAPROBE_TRANSFER_PTX), CUDA_SUCCESS);
  CHECK_EQUAL(bench.cuda.cuMemAlloc_v2(&bench.memory, kWords * 4), CUDA_SUCCESS);
  CHECK_EQUAL(bench.cuda.cuMemAlloc_v2(&bench.count, 8), CUDA_SUCCESS);
  CHECK_EQUAL(bench.cuda.cuMemsetD8_v2(bench.count, 0, 8), CUDA_SUCCESS);
  return bench;
}

void Launch(const Bench& bench, const char* name, void** parameters) {
  CUfunction kernel = nullptr;
  CHECK_EQUAL(bench.cuda.cuModuleGetFunction(&kernel, bench.module, name), CUDA_SUCCESS);
  CHECK_EQUAL(bench.cuda.cuLaunchKernel(kernel, 2, 1, 1, 32, 1, 1, 0, nullptr, parameters, nullptr),
              CUDA_SUCCESS);
}

void Fill(const Bench& bench) {
  CUdeviceptr memory = bench.memory;
  std::uint64_t words = kWords;
  std::uint32_t seed = kSeed;
  void* parameters[] = {&memory, &words, &seed};
  Launch(bench, CUDAPROBE_FILL, parameters);
}

void Touch(const Bench& bench, std::uint64_t words, std::uint64_t step) {
  CUdeviceptr memory = bench.memory;
  std::uint32_t addend = 5;
  void* parameters[] = {&memory, &words, &addend, &step};
  Launch(bench, CUDAPROBE_TOUCH, parameters);
}

void Verify(const Bench& bench, CUdeviceptr count, std::uint32_t addend) {
  CUdeviceptr memory = bench.memory;
  std::uint64_t words = kWords;
  std::uint32_t seed = kSeed;
  void* parameters[] = {&memory, &words, &seed, &addend, &count};
  Launch(bench, CUDAPROBE_VERIFY, parameters);
}

std::uint64_t Count(const Bench& bench) {
  std::uint64_t count = 0;
  CHECK_EQUAL(bench.cuda.cuMemcpyDtoH_v2(&count, bench.count, sizeof count), CUDA_SUCCESS);
  return count;
}

void WhatWasFilledIsRight(Scene& scene) {
  const Bench bench = Prepared(scene);
  Fill(bench);
  Verify(bench, bench.count, 0);
  CHECK_EQUAL(Count(bench), std::uint64_t{0});
}

void EachWrongWordIsCounted(Scene& scene) {
  const Bench bench = Prepared(scene);
  Fill(bench);
  CHECK_EQUAL(bench.cuda.cuMemsetD8_v2(bench.memory + 40, 0, 12), CUDA_SUCCESS);
  Verify(bench, bench.count, 0);
  CHECK_EQUAL(Count(bench), std::uint64_t{3});
  Verify(bench, bench.count, 0);
  CHECK_EQUAL(Count(bench), std::uint64_t{6});
}

void WhatWasTouchedHasMore(Scene& scene) {
  const Bench bench = Prepared(scene);
  Fill(bench);
  Touch(bench, kWords, 1);
  Verify(bench, bench.count, 5);
  CHECK_EQUAL(Count(bench), std::uint64_t{0});
  Verify(bench, bench.count, 0);
  CHECK_EQUAL(Count(bench), kWords);
}

void TouchSkipsWords(Scene& scene) {
  const Bench bench = Prepared(scene);
  Fill(bench);
  Touch(bench, 4, 1000);
  Verify(bench, bench.count, 0);
  CHECK_EQUAL(Count(bench), std::uint64_t{4});
}

void TouchingTooFarBreaksTheContext(Scene& scene) {
  const Bench bench = Prepared(scene);
  Touch(bench, 4, 1001);
  CHECK_EQUAL(bench.cuda.cuCtxSynchronize(), CUDA_ERROR_ILLEGAL_ADDRESS);
}

void CountingNowhereBreaksTheContext(Scene& scene) {
  const Bench bench = Prepared(scene);
  Verify(bench, 4096, 0);
  CHECK_EQUAL(bench.cuda.cuCtxSynchronize(), CUDA_ERROR_ILLEGAL_ADDRESS);
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(
      argc, argv,
      {
          {"verify finds nothing wrong with what fill wrote", WhatWasFilledIsRight},
          {"verify adds up the words that are wrong", EachWrongWordIsCounted},
          {"touch adds to every word", WhatWasTouchedHasMore},
          {"touch leaves out what lies between its steps", TouchSkipsWords},
          {"touch beyond the memory breaks the context", TouchingTooFarBreaksTheContext},
          {"a count that is nowhere breaks the context", CountingNowhereBreaksTheContext},
      });
}
