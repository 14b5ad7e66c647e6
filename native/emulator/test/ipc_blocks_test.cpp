#include <string>

#include "emulator/test/peer.h"

namespace emulator::test {
namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20U;
constexpr unsigned int kPeer = CU_IPC_MEM_LAZY_ENABLE_PEER_ACCESS;

CUdeviceptr Allocated(const Cuda& cuda, std::size_t bytes, unsigned char value) {
  CUdeviceptr memory = 0;
  CHECK_EQUAL(cuda.cuMemAlloc_v2(&memory, bytes), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemsetD8_v2(memory, value, bytes), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuCtxSynchronize(), CUDA_SUCCESS);
  return memory;
}

CUipcMemHandle HandleOf(const Cuda& cuda, CUdeviceptr memory) {
  CUipcMemHandle handle{};
  CHECK_EQUAL(cuda.cuIpcGetMemHandle(&handle, memory), CUDA_SUCCESS);
  return handle;
}

CUdeviceptr Opened(const Cuda& cuda, const CUipcMemHandle& handle) {
  CUdeviceptr memory = 0;
  CHECK_EQUAL(cuda.cuIpcOpenMemHandle_v2(&memory, handle, kPeer), CUDA_SUCCESS);
  return memory;
}

int ByteAt(const Cuda& cuda, CUdeviceptr memory) {
  unsigned char byte = 0;
  CHECK_EQUAL(cuda.cuMemcpyDtoH_v2(&byte, memory, 1), CUDA_SUCCESS);
  return byte;
}

/// Two small allocations of 1 and 2, of which it exports the second, by its middle, and the first.
void ExportTwo(const Cuda& cuda, const Channel& channel) {
  const CUdeviceptr one = Allocated(cuda, 1000, 1);
  const CUdeviceptr two = Allocated(cuda, 1000, 2);
  channel.Send(HandleOf(cuda, two + 500));
  channel.Send(HandleOf(cuda, one));
  channel.Send(two - one);
  channel.Receive<char>();
}

void ABlockIsOpenedOnce(Scene& scene) {
  Peer peer(scene, "", ExportTwo);
  const auto second = peer.Connection().Receive<CUipcMemHandle>();
  const auto first = peer.Connection().Receive<CUipcMemHandle>();
  const auto distance = peer.Connection().Receive<CUdeviceptr>();
  const Cuda cuda = scene.StartCuda("");
  const CUdeviceptr two = Opened(cuda, second);
  CHECK_EQUAL(ByteAt(cuda, two), 2);
  CHECK_EQUAL(ByteAt(cuda, two - distance), 1);
  CHECK_EQUAL(Opened(cuda, first), two - distance);
  CHECK_EQUAL(cuda.cuIpcCloseMemHandle(two), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuIpcCloseMemHandle(two), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(ByteAt(cuda, two), 2);
  CHECK_EQUAL(cuda.cuIpcCloseMemHandle(two - distance), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemsetD8_v2(two, 1, 1), CUDA_ERROR_INVALID_VALUE);
}

void ARangeOfImportedMemoryIsTheBlock(Scene& scene) {
  Peer peer(scene, "", ExportTwo);
  const auto handle = peer.Connection().Receive<CUipcMemHandle>();
  const Cuda cuda = scene.StartCuda("");
  CUdeviceptr base = 0;
  std::size_t bytes = 0;
  const CUdeviceptr memory = Opened(cuda, handle);
  CHECK_EQUAL(cuda.cuMemGetAddressRange_v2(&base, &bytes, memory), CUDA_SUCCESS);
  CHECK_EQUAL(memory - base, CUdeviceptr{1024});
  CHECK_EQUAL(bytes, 2 * kMiB);
}

/// How many mappings this process has of files that can be passed on.
int FilesMapped() {
  const std::string maps = ReadFile("/proc/self/maps");
  int count = 0;
  for (std::size_t at = maps.find("memfd:"); at != std::string::npos;
       at = maps.find("memfd:", at + 1)) {
    ++count;
  }
  return count;
}

void WhoExportsIsReadyTo(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  const CUdeviceptr memory = Allocated(cuda, 2 * kMiB, 1);
  CHECK_EQUAL(FilesMapped(), 0);
  HandleOf(cuda, memory);
  CHECK_EQUAL(FilesMapped(), 1);
  Allocated(cuda, 2 * kMiB, 1);
  CHECK_EQUAL(FilesMapped(), 2);
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(
      argc, argv,
      {
          {"allocations that share a block share its mapping", ABlockIsOpenedOnce},
          {"the range of imported memory is the block", ARangeOfImportedMemoryIsTheBlock},
          {"memory is in a file once it is exported, and later memory at once",
           WhoExportsIsReadyTo},
      });
}
