#include <fcntl.h>
#include <unistd.h>

#include "emulator/test/peer.h"
#include "emulator/test/virtual_memory.h"

namespace emulator::test {
namespace {

constexpr auto kDescriptor = CU_MEM_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR;

int Exported(const Cuda& cuda, CUmemGenericAllocationHandle handle) {
  int descriptor = -1;
  CHECK_EQUAL(cuda.cuMemExportToShareableHandle(&descriptor, handle, kDescriptor, 0), CUDA_SUCCESS);
  return descriptor;
}

void* AsPointer(int descriptor) {
  // NOLINTNEXTLINE(performance-no-int-to-ptr): the interface has it so
  return reinterpret_cast<void*>(static_cast<std::intptr_t>(descriptor));
}

CUmemGenericAllocationHandle Imported(const Cuda& cuda, int descriptor) {
  CUmemGenericAllocationHandle handle = 0;
  CHECK_EQUAL(cuda.cuMemImportFromShareableHandle(&handle, AsPointer(descriptor), kDescriptor),
              CUDA_SUCCESS);
  close(descriptor);
  return handle;
}

/// Exports memory full of 7, and tells at the end what its first byte is.
void Export(const Cuda& cuda, const Channel& channel) {
  const auto handle = Created(cuda, 2 * kBlock);
  const CUdeviceptr memory = MappedWithAccess(cuda, handle, 2 * kBlock);
  CHECK_EQUAL(cuda.cuMemsetD8_v2(memory, 7, 2 * kBlock), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuCtxSynchronize(), CUDA_SUCCESS);
  const int descriptor = Exported(cuda, handle);
  channel.SendDescriptor(descriptor);
  close(descriptor);
  channel.Receive<char>();
  channel.Send(ByteAt(cuda, memory));
}

void BothSeeWhatOneWrites(Scene& scene) {
  Peer peer(scene, "", Export);
  const int descriptor = peer.Connection().ReceiveDescriptor();
  const Cuda cuda = scene.StartCuda("");
  const CUdeviceptr memory = MappedWithAccess(cuda, Imported(cuda, descriptor), 2 * kBlock);
  CHECK_EQUAL(ByteAt(cuda, memory + 2 * kBlock - 1), 7);
  CHECK_EQUAL(cuda.cuMemsetD8_v2(memory, 9, 1), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuCtxSynchronize(), CUDA_SUCCESS);
  peer.Connection().Send('e');
  CHECK_EQUAL(peer.Connection().Receive<int>(), 9);
  peer.Finish();
}

void ImportedMemoryIsCountedOnce(Scene& scene) {
  Peer peer(scene, "", Export);
  const int descriptor = peer.Connection().ReceiveDescriptor();
  const Cuda cuda = scene.StartCuda("");
  const std::size_t before = FreeBytes(cuda);
  MappedWithAccess(cuda, Imported(cuda, descriptor), 2 * kBlock);
  CHECK_EQUAL(FreeBytes(cuda), before);
  Created(cuda, kBlock);
  CHECK_EQUAL(FreeBytes(cuda), before - kBlock);
}

void ImportedMemoryOutlivesItsProcess(Scene& scene) {
  Peer peer(scene, "", Export);
  const int descriptor = peer.Connection().ReceiveDescriptor();
  const Cuda cuda = scene.StartCuda("");
  peer.Kill();
  const CUdeviceptr memory = MappedWithAccess(cuda, Imported(cuda, descriptor), 2 * kBlock);
  CHECK_EQUAL(ByteAt(cuda, memory), 7);
}

void OnlyDeviceMemoryIsImported(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  CUmemGenericAllocationHandle handle = 0;
  const int other = open("/dev/null", O_RDWR | O_CLOEXEC);
  CHECK_EQUAL(cuda.cuMemImportFromShareableHandle(&handle, AsPointer(other), kDescriptor),
              CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuMemImportFromShareableHandle(&handle, AsPointer(-1), kDescriptor),
              CUDA_ERROR_INVALID_VALUE);
  close(other);
}

void OnlyWhatWasMeantToIsExported(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  CUmemAllocationProp wanted = Wanted();
  wanted.requestedHandleTypes = static_cast<CUmemAllocationHandleType>(0);
  CUmemGenericAllocationHandle handle = 0;
  int descriptor = -1;
  CHECK_EQUAL(cuda.cuMemCreate(&handle, kBlock, &wanted, 0), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemExportToShareableHandle(&descriptor, handle, kDescriptor, 0),
              CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuMemExportToShareableHandle(&descriptor, handle + 1, kDescriptor, 0),
              CUDA_ERROR_INVALID_VALUE);
}

void ItHasNoLegacyHandle(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  CUipcMemHandle handle{};
  const CUdeviceptr memory = MappedWithAccess(cuda, Created(cuda, kBlock), kBlock);
  CHECK_EQUAL(cuda.cuIpcGetMemHandle(&handle, memory), CUDA_ERROR_INVALID_VALUE);
}

void AProfileMayLackDescriptors(Scene& scene) {
  const Cuda cuda = scene.StartCuda("vmm_fd = false");
  int has = -1;
  CHECK_EQUAL(cuda.cuDeviceGetAttribute(
                  &has, CU_DEVICE_ATTRIBUTE_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR_SUPPORTED, 0),
              CUDA_SUCCESS);
  CHECK_EQUAL(has, 0);
  CUmemAllocationProp wanted = Wanted();
  CUmemGenericAllocationHandle handle = 0;
  CHECK_EQUAL(cuda.cuMemCreate(&handle, kBlock, &wanted, 0), CUDA_ERROR_NOT_SUPPORTED);
  wanted.requestedHandleTypes = static_cast<CUmemAllocationHandleType>(0);
  CHECK_EQUAL(cuda.cuMemCreate(&handle, kBlock, &wanted, 0), CUDA_SUCCESS);
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(
      argc, argv,
      {
          {"two processes see what either writes", BothSeeWhatOneWrites},
          {"imported memory is not counted for who imports it", ImportedMemoryIsCountedOnce},
          {"a descriptor keeps the memory of a dead process", ImportedMemoryOutlivesItsProcess},
          {"no other file is imported", OnlyDeviceMemoryIsImported},
          {"what was not meant to be exported is not", OnlyWhatWasMeantToIsExported},
          {"it has no legacy handle", ItHasNoLegacyHandle},
          {"a profile may lack descriptors", AProfileMayLackDescriptors},
      });
}
