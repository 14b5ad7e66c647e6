#include <string>
#include <vector>

#include "emulator/test/check.h"

namespace emulator::test {
namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20U;

CUdeviceptr Allocated(const Cuda& cuda, std::size_t bytes) {
  CUdeviceptr memory = 0;
  CHECK_EQUAL(cuda.cuMemAlloc_v2(&memory, bytes), CUDA_SUCCESS);
  return memory;
}

std::size_t FreeBytes(const Cuda& cuda) {
  std::size_t free_bytes = 0;
  std::size_t total_bytes = 0;
  CHECK_EQUAL(cuda.cuMemGetInfo_v2(&free_bytes, &total_bytes), CUDA_SUCCESS);
  return free_bytes;
}

void AContextHasItsPrice(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  std::size_t free_bytes = 0;
  std::size_t total_bytes = 0;
  std::size_t device_bytes = 0;
  CHECK_EQUAL(cuda.cuMemGetInfo_v2(&free_bytes, &total_bytes), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuDeviceTotalMem_v2(&device_bytes, 0), CUDA_SUCCESS);
  CHECK_EQUAL(device_bytes, (81559 - 480) * kMiB);
  CHECK_EQUAL(total_bytes, device_bytes);
  CHECK_EQUAL(free_bytes, total_bytes - (518 + 6) * kMiB);
}

void MemoryIsAccountedInBlocks(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  const std::size_t before = FreeBytes(cuda);
  const CUdeviceptr one = Allocated(cuda, 1);
  CHECK_EQUAL(FreeBytes(cuda), before - 2 * kMiB);
  const CUdeviceptr two = Allocated(cuda, 2 * kMiB + 1);
  CHECK_EQUAL(FreeBytes(cuda), before - 6 * kMiB);
  CHECK_EQUAL(cuda.cuMemFree_v2(one), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemFree_v2(two), CUDA_SUCCESS);
  CHECK_EQUAL(FreeBytes(cuda), before);
}

void SmallAllocationsShareABlock(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  const std::size_t before = FreeBytes(cuda);
  const CUdeviceptr one = Allocated(cuda, kMiB);
  const CUdeviceptr two = Allocated(cuda, 1000);
  CHECK_EQUAL(two - one, CUdeviceptr{kMiB});
  CHECK_EQUAL(FreeBytes(cuda), before - 2 * kMiB);
  const CUdeviceptr three = Allocated(cuda, kMiB);
  CHECK_EQUAL(FreeBytes(cuda), before - 4 * kMiB);
  CHECK_EQUAL(cuda.cuMemFree_v2(one), CUDA_SUCCESS);
  CHECK_EQUAL(FreeBytes(cuda), before - 4 * kMiB);
  CHECK_EQUAL(Allocated(cuda, 512), one);
  CHECK_EQUAL(cuda.cuMemFree_v2(one), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemFree_v2(two), CUDA_SUCCESS);
  CHECK_EQUAL(FreeBytes(cuda), before - 2 * kMiB);
  CHECK_EQUAL(cuda.cuMemFree_v2(three), CUDA_SUCCESS);
  CHECK_EQUAL(FreeBytes(cuda), before);
}

void ABlockIsNotShared(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  const std::size_t before = FreeBytes(cuda);
  Allocated(cuda, 2 * kMiB);
  Allocated(cuda, 3 * kMiB);
  CHECK_EQUAL(FreeBytes(cuda), before - 6 * kMiB);
}

void NeighboursAreKeptApart(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  const CUdeviceptr one = Allocated(cuda, 100);
  const CUdeviceptr two = Allocated(cuda, 100);
  std::vector<unsigned char> host(100);
  CHECK_EQUAL(cuda.cuMemsetD8_v2(one, 1, 100), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemsetD8_v2(two, 2, 100), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemcpyDtoH_v2(host.data(), one, 100), CUDA_SUCCESS);
  CHECK_EQUAL(static_cast<int>(host[99]), 1);
  CHECK_EQUAL(cuda.cuMemcpyDtoH_v2(host.data(), one, two - one + 1), CUDA_ERROR_INVALID_VALUE);
}

void NothingIsNoSize(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  CUdeviceptr memory = 0;
  CHECK_EQUAL(cuda.cuMemAlloc_v2(&memory, 0), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuMemAlloc_v2(nullptr, 1), CUDA_ERROR_INVALID_VALUE);
}

void CapacityIsTheLimit(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  CUdeviceptr memory = 0;
  const std::size_t before = FreeBytes(cuda);
  const std::size_t all = before / (2 * kMiB) * (2 * kMiB);
  CHECK_EQUAL(cuda.cuMemAlloc_v2(&memory, SIZE_MAX), CUDA_ERROR_OUT_OF_MEMORY);
  CHECK_EQUAL(cuda.cuMemAlloc_v2(&memory, all + 1), CUDA_ERROR_OUT_OF_MEMORY);
  CHECK_EQUAL(cuda.cuMemAlloc_v2(&memory, all), CUDA_SUCCESS);
  CHECK_EQUAL(FreeBytes(cuda), before - all);
  CHECK_EQUAL(cuda.cuMemFree_v2(memory), CUDA_SUCCESS);
  CHECK_EQUAL(FreeBytes(cuda), before);
}

void ATenantLeavesNoRoom(Scene& scene) {
  scene.Arm("tenant = gpu=0 pid=1 type=graphics bytes=84900000000");
  const Cuda cuda = scene.LoadCuda();
  CUcontext context = nullptr;
  CHECK_EQUAL(cuda.cuInit(0), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuDevicePrimaryCtxRetain(&context, 0), CUDA_ERROR_OUT_OF_MEMORY);
}

void PointersAreChecked(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  const CUdeviceptr memory = Allocated(cuda, 100);
  std::vector<char> host(200);
  CHECK_EQUAL(cuda.cuMemcpyHtoD_v2(memory, host.data(), 100), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemcpyHtoD_v2(memory, host.data(), 101), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuMemcpyHtoD_v2(memory + 50, host.data(), 51), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuMemcpyDtoH_v2(host.data(), memory - 1, 1), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuMemcpyDtoD_v2(memory, memory + 99, 2), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuMemsetD8_v2(memory, 1, 101), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuMemsetD32_v2(memory, 1, 26), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuMemsetD32_v2(memory + 1, 1, 1), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuMemFree_v2(memory + 1), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuMemFree_v2(memory), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemFree_v2(memory), CUDA_ERROR_INVALID_VALUE);
}

void ARangeIsTheAllocation(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  const CUdeviceptr memory = Allocated(cuda, 1000);
  CUdeviceptr base = 0;
  std::size_t bytes = 0;
  CHECK_EQUAL(cuda.cuMemGetAddressRange_v2(&base, &bytes, memory + 999), CUDA_SUCCESS);
  CHECK_EQUAL(base, memory);
  CHECK_EQUAL(bytes, std::size_t{1000});
  CHECK_EQUAL(cuda.cuMemGetAddressRange_v2(nullptr, nullptr, memory), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemGetAddressRange_v2(&base, &bytes, memory + 1000), CUDA_ERROR_INVALID_VALUE);
}

void ReleasingGivesAllBack(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  const std::size_t before = FreeBytes(cuda);
  const CUdeviceptr memory = Allocated(cuda, 10 * kMiB);
  CUcontext context = nullptr;
  CHECK_EQUAL(cuda.cuDevicePrimaryCtxRelease_v2(0), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuDevicePrimaryCtxRetain(&context, 0), CUDA_SUCCESS);
  CHECK_EQUAL(FreeBytes(cuda), before);
  CHECK_EQUAL(cuda.cuMemFree_v2(memory), CUDA_ERROR_INVALID_VALUE);
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(
      argc, argv,
      {
          {"a bare context takes what it takes on the real GPU", AContextHasItsPrice},
          {"allocations are accounted in blocks of 2 MiB", MemoryIsAccountedInBlocks},
          {"allocations of less than a block share one while there is room",
           SmallAllocationsShareABlock},
          {"an allocation of a block or more has its own", ABlockIsNotShared},
          {"two allocations in a block are kept apart", NeighboursAreKeptApart},
          {"an allocation of nothing is invalid", NothingIsNoSize},
          {"all free blocks can be had, and not a byte more", CapacityIsTheLimit},
          {"no context where a tenant has the memory", ATenantLeavesNoRoom},
          {"copies and frees outside of an allocation are invalid", PointersAreChecked},
          {"an address range is the allocation, to its last byte", ARangeIsTheAllocation},
          {"releasing the context gives all memory back", ReleasingGivesAllBack},
      });
}
