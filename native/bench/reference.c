// The calls of cold_start and nothing else: what the frame of a probe costs is the difference.
#include <dlfcn.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "common/kernels.h"

/// Declares a function of the driver and looks it up. ISO C has no such cast; POSIX does.
#define FIND(name, ...) \
  int (*const name)(__VA_ARGS__) = __extension__(int (*)(__VA_ARGS__)) dlsym(library, #name)

static void Report(struct timespec began, struct timespec ended) {
  dprintf(
      STDOUT_FILENO,
      "{\"type\":\"hello\",\"instance\":0,\"protocol\":1,\"probe\":\"reference\",\"pid\":%d,"
      "\"build\":\"%s\"}\n"
      "{\"type\":\"end\",\"instance\":0,\"phase\":\"spawn\",\"at_seconds\":%ld.%09ld}\n"
      "{\"type\":\"begin\",\"instance\":0,\"phase\":\"first_kernel\",\"at_seconds\":%ld.%09ld}\n"
      "{\"type\":\"end\",\"instance\":0,\"phase\":\"first_kernel\",\"at_seconds\":%ld.%09ld}\n"
      "{\"type\":\"result\",\"instance\":0,\"outcome\":\"success\"}\n",
      getpid(), CUDAPROBE_BUILD, began.tv_sec, began.tv_nsec, began.tv_sec, began.tv_nsec,
      ended.tv_sec, ended.tv_nsec);
}

int main(void) {
  struct timespec began;
  struct timespec ended;
  clock_gettime(CLOCK_MONOTONIC, &began);
  void* const library = dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return 1;
  FIND(cuInit, unsigned);
  FIND(cuDeviceGet, int*, int);
  FIND(cuDevicePrimaryCtxRetain, void**, int);
  FIND(cuCtxSetCurrent, void*);
  FIND(cuMemAlloc_v2, unsigned long long*, size_t);
  FIND(cuModuleLoadData, void**, const char*);
  FIND(cuModuleGetFunction, void**, void*, const char*);
  FIND(cuLaunchKernel, void*, int, int, int, int, int, int, int, void*, void**, void**);
  FIND(cuCtxSynchronize, void);
  FIND(cuDevicePrimaryCtxRelease_v2, int);
  int device = 0;
  void* taken[3];  // context, module, function
  unsigned long long memory = 0;
  unsigned long long words = 1 << 19;  // 2 MiB
  unsigned seed = 1;
  void* parameters[] = {&memory, &words, &seed};
  if (cuInit(0) || cuDeviceGet(&device, 0) || cuDevicePrimaryCtxRetain(&taken[0], device) ||
      cuCtxSetCurrent(taken[0]) || cuMemAlloc_v2(&memory, words * 4) ||
      cuModuleLoadData(&taken[1], CUDAPROBE_PTX) ||
      cuModuleGetFunction(&taken[2], taken[1], CUDAPROBE_FILL) ||
      cuLaunchKernel(taken[2], 1024, 1, 1, 256, 1, 1, 0, NULL, parameters, NULL) ||
      cuCtxSynchronize())
    return 1;
  clock_gettime(CLOCK_MONOTONIC, &ended);
  Report(began, ended);
  return cuDevicePrimaryCtxRelease_v2(device);
}
