// The CUDA runtime's calls, and the kernel: the one file that needs the toolkit.
#include "frameworks/cudart_calls.h"

#include <cuda_runtime.h>

#include <cstring>

namespace {

constexpr unsigned kThreads = 256;
constexpr std::uint64_t kMostBlocks = 1024;

/// Writes CudaprobePattern(index, seed) of common/kernels.h, whatever the grid.
__global__ void Fill(std::uint32_t* memory, std::uint64_t words, std::uint32_t seed) {
  const std::uint64_t stride = std::uint64_t{blockDim.x} * gridDim.x;
  std::uint64_t index = std::uint64_t{blockDim.x} * blockIdx.x + threadIdx.x;
  for (; index < words; index += stride) {
    memory[index] = (static_cast<std::uint32_t>(index) ^ seed) * 2654435761U;
  }
}

}  // namespace

const char* CudartErrorName(int code) {
  return cudaGetErrorName(static_cast<cudaError_t>(code));
}

int CudartCountDevices(int* count) {
  return cudaGetDeviceCount(count);
}

int CudartReadUuid(int ordinal, unsigned char (*uuid)[16]) {
  static cudaDeviceProp properties;
  const cudaError_t code = cudaGetDeviceProperties(&properties, ordinal);
  if (code == cudaSuccess) std::memcpy(*uuid, properties.uuid.bytes, sizeof *uuid);
  return code;
}

int CudartReadAttribute(int attribute, int ordinal, int* value) {
  return cudaDeviceGetAttribute(value, static_cast<cudaDeviceAttr>(attribute), ordinal);
}

int CudartMakeContext(int ordinal) {
  const cudaError_t code = cudaSetDevice(ordinal);
  return code == cudaSuccess ? cudaFree(nullptr) : code;
}

int CudartAllocate(void** memory, std::size_t bytes) {
  return cudaMalloc(memory, bytes);
}

int CudartLoadKernel() {
  cudaFuncAttributes attributes{};
  return cudaFuncGetAttributes(&attributes, Fill);
}

int CudartFill(void* memory, std::uint64_t words, std::uint32_t seed) {
  const std::uint64_t blocks = (words + kThreads - 1) / kThreads;
  const auto grid = static_cast<unsigned>(blocks < kMostBlocks ? blocks : kMostBlocks);
  Fill<<<grid, kThreads>>>(static_cast<std::uint32_t*>(memory), words, seed);
  const cudaError_t code = cudaGetLastError();
  return code == cudaSuccess ? cudaDeviceSynchronize() : code;
}

int CudartCopyBack(void* to, const void* from, std::size_t bytes) {
  return cudaMemcpy(to, from, bytes, cudaMemcpyDeviceToHost);
}

int CudartRelease(void* memory) {
  const cudaError_t code = cudaFree(memory);
  const cudaError_t reset = cudaDeviceReset();
  return code == cudaSuccess ? reset : code;
}
