// The calls of cold_start and nothing else: what the frame of a probe costs is the difference.
#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "common/kernels.h"

/// Declares a function of the driver and looks it up. ISO C has no such cast; POSIX does.
#define FIND(name, ...) \
  int (*const name)(__VA_ARGS__) = __extension__(int (*)(__VA_ARGS__)) dlsym(library, #name)

static struct timespec ReadClock(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now;
}

static void Report(struct timespec began, struct timespec ended) {
  const char* const lines =
      "{\"type\":\"hello\",\"instance\":0,\"protocol\":1,\"probe\":\"reference\",\"pid\":%d,"
      "\"build\":\"" CUDAPROBE_BUILD
      "\"}\n"
      "{\"type\":\"end\",\"instance\":0,\"phase\":\"spawn\",\"at_seconds\":%ld.%09ld}\n"
      "{\"type\":\"begin\",\"instance\":0,\"phase\":\"first_kernel\",\"at_seconds\":%ld.%09ld}\n"
      "{\"type\":\"end\",\"instance\":0,\"phase\":\"first_kernel\",\"at_seconds\":%ld.%09ld}\n"
      "{\"type\":\"result\",\"instance\":0,\"outcome\":\"success\"}\n";
  dprintf(STDOUT_FILENO, lines, getpid(), began.tv_sec, began.tv_nsec, began.tv_sec, began.tv_nsec,
          ended.tv_sec, ended.tv_nsec);
}

int main(void) {
  const struct timespec began = ReadClock();
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
  void *context = NULL, *module = NULL, *fill = NULL;
  unsigned long long memory = 0, words = 1 << 19, seed = 1;  // 2 MiB
  void* parameters[] = {&memory, &words, &seed};
  if (cuInit(0) || cuDeviceGet(&device, 0) || cuDevicePrimaryCtxRetain(&context, device) ||
      cuCtxSetCurrent(context) || cuMemAlloc_v2(&memory, words * 4) ||
      cuModuleLoadData(&module, CUDAPROBE_PTX) ||
      cuModuleGetFunction(&fill, module, CUDAPROBE_FILL) ||
      cuLaunchKernel(fill, 1024, 1, 1, 256, 1, 1, 0, NULL, parameters, NULL) || cuCtxSynchronize())
    return 1;
  Report(began, ReadClock());
  return cuDevicePrimaryCtxRelease_v2(device);
}
