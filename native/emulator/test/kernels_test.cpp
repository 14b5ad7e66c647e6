#include "common/kernels.h"

#include <string>
#include <vector>

#include "emulator/test/check.h"

namespace emulator::test {
namespace {

/// A context with the module of kernels.h and memory for some words.
struct Bench {
  Cuda cuda;
  CUfunction fill = nullptr;
  CUdeviceptr memory = 0;
};

constexpr std::uint64_t kWords = 3001;

Bench Prepared(Scene& scene) {
  Bench bench{scene.StartCuda("")};
  CUmodule module = nullptr;
  CHECK_EQUAL(bench.cuda.cuModuleLoadData(&module, CUDAPROBE_PTX), CUDA_SUCCESS);
  CHECK_EQUAL(bench.cuda.cuModuleGetFunction(&bench.fill, module, CUDAPROBE_FILL), CUDA_SUCCESS);
  CHECK_EQUAL(bench.cuda.cuMemAlloc_v2(&bench.memory, kWords * 4), CUDA_SUCCESS);
  return bench;
}

struct Grid {
  unsigned int blocks = 1;
  unsigned int threads = 1;
};

CUresult Launch(const Bench& bench, CUdeviceptr memory, std::uint64_t words, Grid grid = {}) {
  std::uint32_t seed = 99;
  void* parameters[] = {&memory, &words, &seed};
  return bench.cuda.cuLaunchKernel(bench.fill, grid.blocks, 1, 1, grid.threads, 1, 1, 0, nullptr,
                                   parameters, nullptr);
}

std::vector<std::uint32_t> WordsOf(const Bench& bench) {
  std::vector<std::uint32_t> words(kWords);
  CHECK_EQUAL(bench.cuda.cuMemcpyDtoH_v2(words.data(), bench.memory, kWords * 4), CUDA_SUCCESS);
  return words;
}

void AllWordsAreWritten(Scene& scene) {
  const Bench bench = Prepared(scene);
  CHECK_EQUAL(Launch(bench, bench.memory, kWords, {7, 32}), CUDA_SUCCESS);
  CHECK_EQUAL(bench.cuda.cuCtxSynchronize(), CUDA_SUCCESS);
  const auto words = WordsOf(bench);
  std::size_t right = 0;
  for (std::uint64_t i = 0; i < kWords; ++i) right += words[i] == CudaprobePattern(i, 99) ? 1 : 0;
  CHECK_EQUAL(right, std::size_t{kWords});
}

void NoOtherWordIsWritten(Scene& scene) {
  const Bench bench = Prepared(scene);
  CHECK_EQUAL(bench.cuda.cuMemsetD32_v2(bench.memory, 5, kWords), CUDA_SUCCESS);
  CHECK_EQUAL(Launch(bench, bench.memory + 4, 10), CUDA_SUCCESS);
  const auto words = WordsOf(bench);
  CHECK_EQUAL(words[0], 5U);
  CHECK_EQUAL(words[1], CudaprobePattern(0, 99));
  CHECK_EQUAL(words[10], CudaprobePattern(9, 99));
  CHECK_EQUAL(words[11], 5U);
}

void LaterWritesWin(Scene& scene) {
  const Bench bench = Prepared(scene);
  CHECK_EQUAL(Launch(bench, bench.memory, kWords), CUDA_SUCCESS);
  CHECK_EQUAL(bench.cuda.cuMemsetD32_v2(bench.memory, 5, 1), CUDA_SUCCESS);
  CHECK_EQUAL(Launch(bench, bench.memory + 8, 1), CUDA_SUCCESS);
  const auto words = WordsOf(bench);
  CHECK_EQUAL(words[0], 5U);
  CHECK_EQUAL(words[1], CudaprobePattern(1, 99));
  CHECK_EQUAL(words[2], CudaprobePattern(0, 99));
}

void ABadPointerBreaksTheContext(Scene& scene) {
  const Bench bench = Prepared(scene);
  CHECK_EQUAL(Launch(bench, bench.memory, kWords + 1), CUDA_SUCCESS);
  CHECK_EQUAL(bench.cuda.cuCtxSynchronize(), CUDA_ERROR_ILLEGAL_ADDRESS);
  CUdeviceptr memory = 0;
  CHECK_EQUAL(bench.cuda.cuMemAlloc_v2(&memory, 1), CUDA_ERROR_ILLEGAL_ADDRESS);
  CUcontext context = nullptr;
  CHECK_EQUAL(bench.cuda.cuDevicePrimaryCtxRelease_v2(0), CUDA_SUCCESS);
  CHECK_EQUAL(bench.cuda.cuDevicePrimaryCtxRetain(&context, 0), CUDA_SUCCESS);
  CHECK_EQUAL(bench.cuda.cuMemAlloc_v2(&memory, 1), CUDA_SUCCESS);
}

void AnOddPointerBreaksTheContext(Scene& scene) {
  const Bench bench = Prepared(scene);
  CHECK_EQUAL(Launch(bench, bench.memory + 1, 1), CUDA_SUCCESS);
  CHECK_EQUAL(bench.cuda.cuCtxSynchronize(), CUDA_ERROR_MISALIGNED_ADDRESS);
}

void GridsHaveLimits(Scene& scene) {
  const Bench bench = Prepared(scene);
  CHECK_EQUAL(Launch(bench, bench.memory, 1, {0, 1}), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(Launch(bench, bench.memory, 1, {1, 1025}), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(Launch(bench, bench.memory, 1, {1, 1024}), CUDA_SUCCESS);
}

void UnloadedFunctionsAreGone(Scene& scene) {
  Bench bench = Prepared(scene);
  CUmodule module = nullptr;
  CHECK_EQUAL(bench.cuda.cuModuleLoadData(&module, CUDAPROBE_PTX), CUDA_SUCCESS);
  CHECK_EQUAL(bench.cuda.cuModuleGetFunction(&bench.fill, module, CUDAPROBE_FILL), CUDA_SUCCESS);
  CHECK_EQUAL(bench.cuda.cuModuleUnload(module), CUDA_SUCCESS);
  CHECK_EQUAL(Launch(bench, bench.memory, 1), CUDA_ERROR_INVALID_HANDLE);
  CHECK_EQUAL(bench.cuda.cuModuleUnload(module), CUDA_ERROR_INVALID_HANDLE);
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(
      argc, argv,
      {
          {"fill writes every word, whatever the grid", AllWordsAreWritten},
          {"fill writes no other word", NoOtherWordIsWritten},
          {"of two writes the later one is seen", LaterWritesWin},
          {"a kernel that leaves its buffer breaks the context until it is released",
           ABadPointerBreaksTheContext},
          {"a kernel with an odd pointer breaks the context", AnOddPointerBreaksTheContext},
          {"a grid without blocks or with too large ones is invalid", GridsHaveLimits},
          {"functions of an unloaded module are gone", UnloadedFunctionsAreGone},
      });
}
