#include <dirent.h>

#include <string>

#include "emulator/test/peer.h"
#include "transfer/transfer_kernels.h"

namespace emulator::test {
namespace {

constexpr std::size_t kBytes = std::size_t{4} << 20U;
constexpr std::uint32_t kSeed = 5;

CUdeviceptr Allocated(const Cuda& cuda, std::size_t bytes) {
  CUdeviceptr memory = 0;
  CHECK_EQUAL(cuda.cuMemAlloc_v2(&memory, bytes), CUDA_SUCCESS);
  return memory;
}

CUdeviceptr Opened(const Cuda& cuda, const CUipcMemHandle& handle) {
  CUdeviceptr memory = 0;
  CHECK_EQUAL(cuda.cuIpcOpenMemHandle_v2(&memory, handle, CU_IPC_MEM_LAZY_ENABLE_PEER_ACCESS),
              CUDA_SUCCESS);
  return memory;
}

std::size_t FreeBytes(const Cuda& cuda) {
  std::size_t free_bytes = 0;
  std::size_t total_bytes = 0;
  CHECK_EQUAL(cuda.cuMemGetInfo_v2(&free_bytes, &total_bytes), CUDA_SUCCESS);
  return free_bytes;
}

void Launch(const Cuda& cuda, const char* name, void** parameters) {
  CUmodule module = nullptr;
  CUfunction kernel = nullptr;
  CHECK_EQUAL(cuda.cuModuleLoadData(&module, CUDAPROBE_TRANSFER_PTX), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuModuleGetFunction(&kernel, module, name), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuLaunchKernel(kernel, 1, 1, 1, 32, 1, 1, 0, nullptr, parameters, nullptr),
              CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuCtxSynchronize(), CUDA_SUCCESS);
}

void Fill(const Cuda& cuda, CUdeviceptr memory, std::uint32_t seed) {
  std::uint64_t words = kBytes / 4;
  void* parameters[] = {&memory, &words, &seed};
  Launch(cuda, CUDAPROBE_FILL, parameters);
}

std::uint64_t CountWrong(const Cuda& cuda, CUdeviceptr memory, std::uint32_t seed) {
  CUdeviceptr count = Allocated(cuda, 8);
  CHECK_EQUAL(cuda.cuMemsetD8_v2(count, 0, 8), CUDA_SUCCESS);
  std::uint64_t words = kBytes / 4;
  std::uint32_t addend = 0;
  void* parameters[] = {&memory, &words, &seed, &addend, &count};
  Launch(cuda, CUDAPROBE_VERIFY, parameters);
  std::uint64_t wrong = 0;
  CHECK_EQUAL(cuda.cuMemcpyDtoH_v2(&wrong, count, 8), CUDA_SUCCESS);
  return wrong;
}

/// Fills memory by a kernel before it exports it, and when told so again, with the next seed.
void ExportFilled(const Cuda& cuda, const Channel& channel) {
  CUipcMemHandle handle{};
  const CUdeviceptr memory = Allocated(cuda, kBytes);
  Fill(cuda, memory, kSeed);
  CHECK_EQUAL(cuda.cuIpcGetMemHandle(&handle, memory), CUDA_SUCCESS);
  channel.Send(handle);
  channel.Receive<char>();
  Fill(cuda, memory, kSeed + 1);
  channel.Send('f');
  channel.Receive<char>();
}

void KernelsWriteForOthers(Scene& scene) {
  Peer peer(scene, "", ExportFilled);
  const auto handle = peer.Connection().Receive<CUipcMemHandle>();
  const Cuda cuda = scene.StartCuda("");
  const CUdeviceptr memory = Opened(cuda, handle);
  CHECK_EQUAL(CountWrong(cuda, memory, kSeed), std::uint64_t{0});
  peer.Connection().Send('n');
  peer.Connection().Receive<char>();
  CHECK_EQUAL(CountWrong(cuda, memory, kSeed + 1), std::uint64_t{0});
  CHECK_EQUAL(CountWrong(cuda, memory, kSeed), std::uint64_t{kBytes / 4});
  peer.Connection().Send('e');
  peer.Finish();
}

void ImportedMemoryIsCountedOnce(Scene& scene) {
  Peer peer(scene, "", ExportFilled);
  const auto handle = peer.Connection().Receive<CUipcMemHandle>();
  const Cuda cuda = scene.StartCuda("");
  const std::size_t before = FreeBytes(cuda);
  const CUdeviceptr memory = Opened(cuda, handle);
  CHECK_EQUAL(FreeBytes(cuda), before);
  CHECK_EQUAL(cuda.cuIpcCloseMemHandle(memory), CUDA_SUCCESS);
  CHECK_EQUAL(FreeBytes(cuda), before);
  Allocated(cuda, kBytes);
  CHECK_EQUAL(FreeBytes(cuda), before - kBytes);
}

void AnotherGpuOpensItToo(Scene& scene) {
  Peer peer(scene, "gpus = 2", ExportFilled);
  const auto handle = peer.Connection().Receive<CUipcMemHandle>();
  const Cuda cuda = scene.StartCuda("gpus = 2");
  const CUdeviceptr here = Opened(cuda, handle);
  CUcontext other = nullptr;
  CHECK_EQUAL(cuda.cuDevicePrimaryCtxRetain(&other, 1), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuCtxSetCurrent(other), CUDA_SUCCESS);
  const CUdeviceptr there = Opened(cuda, handle);
  CHECK(there != here);
  const CUdeviceptr own = Allocated(cuda, kBytes);
  CHECK_EQUAL(cuda.cuMemcpyDtoD_v2(own, here, kBytes), CUDA_SUCCESS);
  CHECK_EQUAL(CountWrong(cuda, own, kSeed), std::uint64_t{0});
  CHECK_EQUAL(CountWrong(cuda, there, kSeed), std::uint64_t{0});
}

/// A kernel has no access to what another context has.
void KernelsStayOnTheirGpu(Scene& scene) {
  const Cuda cuda = scene.StartCuda("gpus = 2");
  CUdeviceptr memory = Allocated(cuda, kBytes);
  CUcontext other = nullptr;
  CHECK_EQUAL(cuda.cuDevicePrimaryCtxRetain(&other, 1), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuCtxSetCurrent(other), CUDA_SUCCESS);
  CUmodule module = nullptr;
  CUfunction kernel = nullptr;
  CHECK_EQUAL(cuda.cuModuleLoadData(&module, CUDAPROBE_TRANSFER_PTX), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuModuleGetFunction(&kernel, module, CUDAPROBE_FILL), CUDA_SUCCESS);
  std::uint64_t words = 1;
  std::uint32_t seed = 1;
  void* parameters[] = {&memory, &words, &seed};
  CHECK_EQUAL(cuda.cuLaunchKernel(kernel, 1, 1, 1, 32, 1, 1, 0, nullptr, parameters, nullptr),
              CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuCtxSynchronize(), CUDA_ERROR_ILLEGAL_ADDRESS);
}

/// How many files lie in a directory.
int FilesIn(const std::string& path) {
  int count = 0;
  DIR* directory = opendir(path.c_str());
  while (readdir(directory) != nullptr) ++count;
  closedir(directory);
  return count;
}

void NothingIsLeftOfTheKilled(Scene& scene) {
  Peer peer(scene, "reclaim_seconds = 0", ExportFilled);
  const auto handle = peer.Connection().Receive<CUipcMemHandle>();
  const Cuda cuda = scene.StartCuda("reclaim_seconds = 0");
  const int state = FilesIn(scene.Directory());
  Opened(cuda, handle);
  peer.Kill();
  CHECK_EQUAL(FilesIn(scene.Directory()), state);
  CHECK_EQUAL(cuda.cuDevicePrimaryCtxRelease_v2(0), CUDA_SUCCESS);
  CHECK_EQUAL(ReadFile("/proc/self/maps").find("memfd:cudaprobe-emulator"), std::string::npos);
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(
      argc, argv,
      {
          {"what a kernel writes is there for others when it is done", KernelsWriteForOthers},
          {"imported memory is not counted for who imports it", ImportedMemoryIsCountedOnce},
          {"memory is opened on another GPU, and copied between GPUs", AnotherGpuOpensItToo},
          {"a kernel has no access to another GPU's memory", KernelsStayOnTheirGpu},
          {"nothing is left of a process that was killed", NothingIsLeftOfTheKilled},
      });
}
