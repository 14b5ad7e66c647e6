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

CUresult OpenResult(const Cuda& cuda, const CUipcMemHandle& handle) {
  CUdeviceptr memory = 0;
  return cuda.cuIpcOpenMemHandle_v2(&memory, handle, kPeer);
}

int ByteAt(const Cuda& cuda, CUdeviceptr memory) {
  unsigned char byte = 0;
  CHECK_EQUAL(cuda.cuMemcpyDtoH_v2(&byte, memory, 1), CUDA_SUCCESS);
  return byte;
}

/// Exports memory full of 7, and then does what it is told: `free` it, or `set` it to 8.
enum class Order { kEnd, kFree, kSet };

Peer::Body Exporting(std::size_t bytes) {
  return [bytes](const Cuda& cuda, const Channel& channel) {
    const CUdeviceptr memory = Allocated(cuda, bytes, 7);
    channel.Send(HandleOf(cuda, memory));
    for (auto order = channel.Receive<Order>(); order != Order::kEnd;
         order = channel.Receive<Order>()) {
      const CUresult done =
          order == Order::kFree ? cuda.cuMemFree_v2(memory) : cuda.cuMemsetD8_v2(memory, 8, bytes);
      CHECK_EQUAL(done, CUDA_SUCCESS);
      CHECK_EQUAL(cuda.cuCtxSynchronize(), CUDA_SUCCESS);
      channel.Send(order);
    }
    channel.Send(ByteAt(cuda, memory));
  };
}

void Tell(const Peer& peer, Order order) {
  peer.Connection().Send(order);
  peer.Connection().Receive<Order>();
}

void BothSeeWhatOneWrites(Scene& scene) {
  Peer peer(scene, "", Exporting(5 * kMiB));
  const auto handle = peer.Connection().Receive<CUipcMemHandle>();
  const Cuda cuda = scene.StartCuda("");
  const CUdeviceptr memory = Opened(cuda, handle);
  CHECK_EQUAL(ByteAt(cuda, memory + 5 * kMiB - 1), 7);
  Tell(peer, Order::kSet);
  CHECK_EQUAL(ByteAt(cuda, memory + 5 * kMiB - 1), 8);
  CHECK_EQUAL(cuda.cuMemsetD8_v2(memory, 9, 1), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuCtxSynchronize(), CUDA_SUCCESS);
  peer.Connection().Send(Order::kEnd);
  CHECK_EQUAL(peer.Connection().Receive<int>(), 9);
  peer.Finish();
}

void ImportedMemoryEndsWithItsBlock(Scene& scene) {
  Peer peer(scene, "", Exporting(5 * kMiB));
  const auto handle = peer.Connection().Receive<CUipcMemHandle>();
  const Cuda cuda = scene.StartCuda("");
  const CUdeviceptr memory = Opened(cuda, handle);
  CHECK_EQUAL(ByteAt(cuda, memory + 6 * kMiB - 1), 0);
  CHECK_EQUAL(cuda.cuMemsetD8_v2(memory + 6 * kMiB - 1, 1, 2), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuMemFree_v2(memory), CUDA_ERROR_INVALID_VALUE);
}

void AFlagIsNeeded(Scene& scene) {
  Peer peer(scene, "", Exporting(kMiB));
  const auto handle = peer.Connection().Receive<CUipcMemHandle>();
  const Cuda cuda = scene.StartCuda("");
  CUdeviceptr memory = 0;
  CHECK_EQUAL(cuda.cuIpcOpenMemHandle_v2(&memory, handle, 0), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuIpcOpenMemHandle_v2(nullptr, handle, kPeer), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(OpenResult(cuda, CUipcMemHandle{}), CUDA_ERROR_INVALID_HANDLE);
}

void OpeningCounts(Scene& scene) {
  Peer peer(scene, "", Exporting(2 * kMiB));
  const auto handle = peer.Connection().Receive<CUipcMemHandle>();
  const Cuda cuda = scene.StartCuda("");
  const CUdeviceptr memory = Opened(cuda, handle);
  CHECK_EQUAL(Opened(cuda, handle), memory);
  CHECK_EQUAL(cuda.cuIpcCloseMemHandle(memory), CUDA_SUCCESS);
  CHECK_EQUAL(ByteAt(cuda, memory), 7);
  CHECK_EQUAL(cuda.cuIpcCloseMemHandle(memory), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemsetD8_v2(memory, 1, 1), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuIpcCloseMemHandle(memory), CUDA_ERROR_INVALID_VALUE);
}

void FreedMemoryIsNotOpened(Scene& scene) {
  Peer peer(scene, "", Exporting(2 * kMiB));
  const auto handle = peer.Connection().Receive<CUipcMemHandle>();
  const Cuda cuda = scene.StartCuda("");
  Tell(peer, Order::kFree);
  CHECK_EQUAL(OpenResult(cuda, handle), CUDA_ERROR_INVALID_HANDLE);
}

void MemoryOfTheDeadIsNotOpened(Scene& scene) {
  Peer peer(scene, "", Exporting(2 * kMiB));
  const auto handle = peer.Connection().Receive<CUipcMemHandle>();
  const Cuda cuda = scene.StartCuda("");
  peer.Kill();
  CHECK_EQUAL(OpenResult(cuda, handle), CUDA_ERROR_INVALID_HANDLE);
}

void WhatIsOpenOutlivesTheExporter(Scene& scene) {
  Peer peer(scene, "", Exporting(2 * kMiB));
  const auto handle = peer.Connection().Receive<CUipcMemHandle>();
  const Cuda cuda = scene.StartCuda("");
  const CUdeviceptr memory = Opened(cuda, handle);
  peer.Kill();
  CHECK_EQUAL(ByteAt(cuda, memory), 7);
  CHECK_EQUAL(cuda.cuIpcCloseMemHandle(memory), CUDA_SUCCESS);
}

void NobodyOpensItsOwn(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  const CUdeviceptr memory = Allocated(cuda, kMiB, 3);
  CHECK_EQUAL(OpenResult(cuda, HandleOf(cuda, memory)), CUDA_ERROR_INVALID_CONTEXT);
  CHECK_EQUAL(ByteAt(cuda, memory), 3);
}

void OnlyAllocationsAreExported(Scene& scene) {
  Peer peer(scene, "", Exporting(kMiB));
  const auto handle = peer.Connection().Receive<CUipcMemHandle>();
  const Cuda cuda = scene.StartCuda("");
  CUipcMemHandle other{};
  CHECK_EQUAL(cuda.cuIpcGetMemHandle(&other, Opened(cuda, handle)), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuIpcGetMemHandle(&other, 4096), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuIpcGetMemHandle(nullptr, Allocated(cuda, 8, 1)), CUDA_ERROR_INVALID_VALUE);
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(
      argc, argv,
      {
          {"two processes see what either writes", BothSeeWhatOneWrites},
          {"imported memory ends with its block, and is not freed", ImportedMemoryEndsWithItsBlock},
          {"without the flag, or with no handle, nothing is opened", AFlagIsNeeded},
          {"memory opened twice is the same, and open until it is closed twice", OpeningCounts},
          {"memory that was freed is not opened", FreedMemoryIsNotOpened},
          {"memory of a dead process is not opened", MemoryOfTheDeadIsNotOpened},
          {"what is open stays when its process dies", WhatIsOpenOutlivesTheExporter},
          {"a process does not open its own memory, and keeps what is in it", NobodyOpensItsOwn},
          {"only what this process allocated is exported", OnlyAllocationsAreExported},
      });
}
