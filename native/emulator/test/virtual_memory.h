#pragma once

#include "emulator/test/check.h"

// What tests of virtual memory management begin with.
namespace emulator::test {

constexpr std::size_t kBlock = std::size_t{2} << 20U;

/// Memory of the first device, with file descriptors.
inline CUmemAllocationProp Wanted() {
  CUmemAllocationProp wanted{};
  wanted.type = CU_MEM_ALLOCATION_TYPE_PINNED;
  wanted.requestedHandleTypes = CU_MEM_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR;
  wanted.location = {CU_MEM_LOCATION_TYPE_DEVICE, 0};
  return wanted;
}

inline CUmemGenericAllocationHandle Created(const Cuda& cuda, std::size_t bytes) {
  CUmemGenericAllocationHandle handle = 0;
  const CUmemAllocationProp wanted = Wanted();
  CHECK_EQUAL(cuda.cuMemCreate(&handle, bytes, &wanted, 0), CUDA_SUCCESS);
  return handle;
}

/// Where it is mapped, for nobody yet.
inline CUdeviceptr Mapped(const Cuda& cuda, CUmemGenericAllocationHandle handle,
                          std::size_t bytes) {
  CUdeviceptr memory = 0;
  CHECK_EQUAL(cuda.cuMemAddressReserve(&memory, bytes, 0, 0, 0), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemMap(memory, bytes, 0, handle, 0), CUDA_SUCCESS);
  return memory;
}

inline CUresult SetAccess(const Cuda& cuda, CUdeviceptr memory, std::size_t bytes,
                          int flags = CU_MEM_ACCESS_FLAGS_PROT_READWRITE) {
  const CUmemAccessDesc access{{CU_MEM_LOCATION_TYPE_DEVICE, 0},
                               static_cast<CUmemAccess_flags>(flags)};
  return cuda.cuMemSetAccess(memory, bytes, &access, 1);
}

inline CUdeviceptr MappedWithAccess(const Cuda& cuda, CUmemGenericAllocationHandle handle,
                                    std::size_t bytes) {
  const CUdeviceptr memory = Mapped(cuda, handle, bytes);
  CHECK_EQUAL(SetAccess(cuda, memory, bytes), CUDA_SUCCESS);
  return memory;
}

inline int ByteAt(const Cuda& cuda, CUdeviceptr memory) {
  unsigned char byte = 0;
  CHECK_EQUAL(cuda.cuMemcpyDtoH_v2(&byte, memory, 1), CUDA_SUCCESS);
  return byte;
}

inline std::size_t FreeBytes(const Cuda& cuda) {
  std::size_t free_bytes = 0;
  std::size_t total_bytes = 0;
  CHECK_EQUAL(cuda.cuMemGetInfo_v2(&free_bytes, &total_bytes), CUDA_SUCCESS);
  return free_bytes;
}

}  // namespace emulator::test
