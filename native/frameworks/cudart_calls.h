// The calls of the CUDA runtime that its cold start makes. What is behind them is compiled by nvcc;
// who calls them needs no toolkit. Each returns the runtime's code, 0 for success.
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" {

/// The runtime's name of a code, such as cudaErrorMemoryAllocation.
const char* CudartErrorName(int code);

/// The runtime's first call: it loads the driver and initializes it.
int CudartCountDevices(int* count);
int CudartReadUuid(int ordinal, unsigned char (*uuid)[16]);
/// By the number that the driver has for the attribute too.
int CudartReadAttribute(int attribute, int ordinal, int* value);
/// Makes the device current and has its context made.
int CudartMakeContext(int ordinal);
int CudartAllocate(void** memory, std::size_t bytes);
/// Has the kernel loaded, which otherwise its first launch does.
int CudartLoadKernel();
/// Launches the kernel and waits for its end: every word holds CudaprobePattern then.
int CudartFill(void* memory, std::uint64_t words, std::uint32_t seed);
int CudartCopyBack(void* to, const void* from, std::size_t bytes);
/// Gives back the memory, and everything else with the context.
int CudartRelease(void* memory);

}  // extern "C"
