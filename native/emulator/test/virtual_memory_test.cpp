#include "emulator/test/virtual_memory.h"

#include "common/kernels.h"

namespace emulator::test {
namespace {

void MappedMemoryHoldsBytes(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  const CUdeviceptr memory = MappedWithAccess(cuda, Created(cuda, 2 * kBlock), 2 * kBlock);
  CHECK_EQUAL(cuda.cuMemsetD8_v2(memory, 4, 2 * kBlock), CUDA_SUCCESS);
  CHECK_EQUAL(ByteAt(cuda, memory + 2 * kBlock - 1), 4);
  CHECK_EQUAL(cuda.cuMemsetD8_v2(memory, 4, 2 * kBlock + 1), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuMemFree_v2(memory), CUDA_ERROR_INVALID_VALUE);
}

void CopiesNeedAccess(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  const CUdeviceptr memory = Mapped(cuda, Created(cuda, kBlock), kBlock);
  CHECK_EQUAL(cuda.cuMemsetD8_v2(memory, 4, 1), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(SetAccess(cuda, memory, kBlock), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemsetD8_v2(memory, 4, 1), CUDA_SUCCESS);
  CHECK_EQUAL(SetAccess(cuda, memory, kBlock, 0), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemsetD8_v2(memory, 4, 1), CUDA_ERROR_INVALID_VALUE);
}

CUresult FillResult(const Cuda& cuda, CUdeviceptr memory) {
  CUmodule module = nullptr;
  CUfunction kernel = nullptr;
  std::uint64_t words = 10;
  std::uint32_t seed = 1;
  void* parameters[] = {&memory, &words, &seed};
  CHECK_EQUAL(cuda.cuModuleLoadData(&module, CUDAPROBE_PTX), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuModuleGetFunction(&kernel, module, CUDAPROBE_FILL), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuLaunchKernel(kernel, 1, 1, 1, 32, 1, 1, 0, nullptr, parameters, nullptr),
              CUDA_SUCCESS);
  return cuda.cuCtxSynchronize();
}

void KernelsNeedAccess(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  CHECK_EQUAL(FillResult(cuda, MappedWithAccess(cuda, Created(cuda, kBlock), kBlock)),
              CUDA_SUCCESS);
  CHECK_EQUAL(FillResult(cuda, Mapped(cuda, Created(cuda, kBlock), kBlock)),
              CUDA_ERROR_ILLEGAL_ADDRESS);
}

void SizesAreWholeBlocks(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  std::size_t granularity = 0;
  const CUmemAllocationProp wanted = Wanted();
  CHECK_EQUAL(
      cuda.cuMemGetAllocationGranularity(&granularity, &wanted, CU_MEM_ALLOC_GRANULARITY_MINIMUM),
      CUDA_SUCCESS);
  CHECK_EQUAL(granularity, kBlock);
  CUmemGenericAllocationHandle handle = 0;
  CUdeviceptr memory = 0;
  CHECK_EQUAL(cuda.cuMemCreate(&handle, kBlock + 1, &wanted, 0), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuMemCreate(&handle, 0, &wanted, 0), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuMemAddressReserve(&memory, kBlock + 1, 0, 0, 0), CUDA_ERROR_INVALID_VALUE);
}

void MemoryIsCountedUntilNobodyHasIt(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  const std::size_t before = FreeBytes(cuda);
  const auto handle = Created(cuda, 3 * kBlock);
  CHECK_EQUAL(FreeBytes(cuda), before - 3 * kBlock);
  const CUdeviceptr memory = MappedWithAccess(cuda, handle, 3 * kBlock);
  CHECK_EQUAL(FreeBytes(cuda), before - 3 * kBlock);
  CHECK_EQUAL(cuda.cuMemRelease(handle), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemRelease(handle), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(FreeBytes(cuda), before - 3 * kBlock);
  CHECK_EQUAL(cuda.cuMemUnmap(memory, 3 * kBlock), CUDA_SUCCESS);
  CHECK_EQUAL(FreeBytes(cuda), before);
}

void TooMuchIsOutOfMemory(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  CUmemGenericAllocationHandle handle = 0;
  const CUmemAllocationProp wanted = Wanted();
  const std::size_t all = FreeBytes(cuda) / kBlock * kBlock;
  CHECK_EQUAL(cuda.cuMemCreate(&handle, all + kBlock, &wanted, 0), CUDA_ERROR_OUT_OF_MEMORY);
  CHECK_EQUAL(cuda.cuMemCreate(&handle, all, &wanted, 0), CUDA_SUCCESS);
}

void AddressesAreMappedOnce(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  const auto handle = Created(cuda, kBlock);
  const CUdeviceptr memory = Mapped(cuda, handle, kBlock);
  CHECK_EQUAL(cuda.cuMemMap(memory, kBlock, 0, handle, 0), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuMemMap(kBlock, kBlock, 0, handle, 0), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuMemAddressFree(memory, kBlock), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuMemUnmap(memory, 2 * kBlock), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuMemUnmap(memory, kBlock), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemUnmap(memory, kBlock), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuMemMap(memory, kBlock, 0, handle, 0), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemUnmap(memory, kBlock), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemAddressFree(memory, kBlock), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemAddressFree(memory, kBlock), CUDA_ERROR_INVALID_VALUE);
}

void AProfileMayLackIt(Scene& scene) {
  const Cuda cuda = scene.StartCuda("vmm = false");
  int has = -1;
  CHECK_EQUAL(
      cuda.cuDeviceGetAttribute(&has, CU_DEVICE_ATTRIBUTE_VIRTUAL_MEMORY_MANAGEMENT_SUPPORTED, 0),
      CUDA_SUCCESS);
  CHECK_EQUAL(has, 0);
  CUmemGenericAllocationHandle handle = 0;
  const CUmemAllocationProp wanted = Wanted();
  CHECK_EQUAL(cuda.cuMemCreate(&handle, kBlock, &wanted, 0), CUDA_ERROR_NOT_SUPPORTED);
}

void AnotherGpuHasAccessOfItsOwn(Scene& scene) {
  const Cuda cuda = scene.StartCuda("gpus = 2");
  const CUdeviceptr memory = MappedWithAccess(cuda, Created(cuda, kBlock), kBlock);
  CUcontext other = nullptr;
  CHECK_EQUAL(cuda.cuDevicePrimaryCtxRetain(&other, 1), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuCtxSetCurrent(other), CUDA_SUCCESS);
  const CUmemAccessDesc access{{CU_MEM_LOCATION_TYPE_DEVICE, 1},
                               CU_MEM_ACCESS_FLAGS_PROT_READWRITE};
  CHECK_EQUAL(cuda.cuMemSetAccess(memory, kBlock, &access, 1), CUDA_SUCCESS);
  CHECK_EQUAL(FillResult(cuda, memory), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemUnmap(memory, kBlock), CUDA_SUCCESS);
  CHECK_EQUAL(FillResult(cuda, memory), CUDA_ERROR_ILLEGAL_ADDRESS);
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(argc, argv,
                  {
                      {"mapped memory holds bytes, to its last one", MappedMemoryHoldsBytes},
                      {"without access a copy is invalid", CopiesNeedAccess},
                      {"without access a kernel breaks the context", KernelsNeedAccess},
                      {"sizes are whole blocks", SizesAreWholeBlocks},
                      {"memory is counted until it is neither held nor mapped",
                       MemoryIsCountedUntilNobodyHasIt},
                      {"all free memory can be had, and not a block more", TooMuchIsOutOfMemory},
                      {"addresses are mapped once at a time", AddressesAreMappedOnce},
                      {"a profile may lack it", AProfileMayLackIt},
                      {"another GPU is given access of its own", AnotherGpuHasAccessOfItsOwn},
                  });
}
