#include <cstdlib>
#include <thread>

#include "emulator/test/check.h"

namespace emulator::test {
namespace {

void NothingWorksBeforeInit(Scene& scene) {
  scene.Arm("");
  const Cuda cuda = scene.LoadCuda();
  int count = 0;
  int version = 0;
  CUdeviceptr memory = 0;
  CUcontext context = nullptr;
  CHECK_EQUAL(cuda.cuDeviceGetCount(&count), CUDA_ERROR_NOT_INITIALIZED);
  CHECK_EQUAL(cuda.cuDevicePrimaryCtxRetain(&context, 0), CUDA_ERROR_NOT_INITIALIZED);
  CHECK_EQUAL(cuda.cuMemAlloc_v2(&memory, 1), CUDA_ERROR_NOT_INITIALIZED);
  CHECK_EQUAL(cuda.cuDriverGetVersion(&version), CUDA_SUCCESS);
  CHECK_EQUAL(version, 13000);
}

void InitTakesNoFlags(Scene& scene) {
  scene.Arm("");
  const Cuda cuda = scene.LoadCuda();
  CHECK_EQUAL(cuda.cuInit(1), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuInit(0), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuInit(0), CUDA_SUCCESS);
}

void ForkedChildrenHaveNoDriver(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  Process child([&] {
    int count = 0;
    return cuda.cuDeviceGetCount(&count) == CUDA_ERROR_NOT_INITIALIZED ? 0 : 1;
  });
  CHECK_EQUAL(child.Wait(), 0);
}

void MostNeedsAContext(Scene& scene) {
  scene.Arm("");
  const Cuda cuda = scene.LoadCuda();
  CHECK_EQUAL(cuda.cuInit(0), CUDA_SUCCESS);
  CUdeviceptr memory = 0;
  CUmodule module = nullptr;
  CUstream stream = nullptr;
  void* host = nullptr;
  CHECK_EQUAL(cuda.cuMemAlloc_v2(&memory, 1), CUDA_ERROR_INVALID_CONTEXT);
  CHECK_EQUAL(cuda.cuMemHostAlloc(&host, 1, 0), CUDA_ERROR_INVALID_CONTEXT);
  CHECK_EQUAL(cuda.cuModuleLoadData(&module, ".version 6.0"), CUDA_ERROR_INVALID_CONTEXT);
  CHECK_EQUAL(cuda.cuStreamCreate(&stream, 0), CUDA_ERROR_INVALID_CONTEXT);
  CHECK_EQUAL(cuda.cuCtxSynchronize(), CUDA_ERROR_INVALID_CONTEXT);
}

void TheContextIsTheThreads(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  CHECK_EQUAL(cuda.cuCtxSynchronize(), CUDA_SUCCESS);
  CUresult elsewhere = CUDA_SUCCESS;
  std::thread([&] { elsewhere = cuda.cuCtxSynchronize(); }).join();
  CHECK_EQUAL(elsewhere, CUDA_ERROR_INVALID_CONTEXT);
  CHECK_EQUAL(cuda.cuCtxSetCurrent(nullptr), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuCtxSynchronize(), CUDA_ERROR_INVALID_CONTEXT);
}

void ContextsAreCounted(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  constexpr auto kContextIsDestroyed = static_cast<CUresult>(709);
  unsigned int flags = 9;
  int active = 9;
  CUcontext again = nullptr;
  CHECK_EQUAL(cuda.cuDevicePrimaryCtxRetain(&again, 0), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuDevicePrimaryCtxRelease_v2(0), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuDevicePrimaryCtxGetState(0, &flags, &active), CUDA_SUCCESS);
  CHECK_EQUAL(flags, 0U);
  CHECK_EQUAL(active, 1);
  CHECK_EQUAL(cuda.cuCtxSynchronize(), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuDevicePrimaryCtxRelease_v2(0), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuDevicePrimaryCtxGetState(0, &flags, &active), CUDA_SUCCESS);
  CHECK_EQUAL(active, 0);
  CHECK_EQUAL(cuda.cuCtxSynchronize(), kContextIsDestroyed);
  CHECK_EQUAL(cuda.cuDevicePrimaryCtxRelease_v2(0), CUDA_ERROR_INVALID_CONTEXT);
}

void WhatIsNoHandleIsTold(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  int nothing = 0;
  auto* stream = reinterpret_cast<CUstream>(&nothing);
  auto* event = reinterpret_cast<CUevent>(&nothing);
  auto* module = reinterpret_cast<CUmodule>(&nothing);
  auto* context = reinterpret_cast<CUcontext>(&nothing);
  CHECK_EQUAL(cuda.cuStreamSynchronize(stream), CUDA_ERROR_INVALID_HANDLE);
  CHECK_EQUAL(cuda.cuEventQuery(event), CUDA_ERROR_INVALID_HANDLE);
  CHECK_EQUAL(cuda.cuModuleUnload(module), CUDA_ERROR_INVALID_HANDLE);
  CHECK_EQUAL(cuda.cuCtxSetCurrent(context), CUDA_ERROR_INVALID_CONTEXT);
}

void ADeviceThatIsNotThereIsInvalid(Scene& scene) {
  const Cuda cuda = scene.StartCuda("gpus = 2");
  CUdevice device = 0;
  CUcontext context = nullptr;
  CHECK_EQUAL(cuda.cuDeviceGet(&device, 1), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuDeviceGet(&device, 2), CUDA_ERROR_INVALID_DEVICE);
  CHECK_EQUAL(cuda.cuDeviceGet(&device, -1), CUDA_ERROR_INVALID_DEVICE);
  CHECK_EQUAL(cuda.cuDevicePrimaryCtxRetain(&context, 2), CUDA_ERROR_INVALID_DEVICE);
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(argc, argv,
                  {
                      {"before cuInit only the version can be had", NothingWorksBeforeInit},
                      {"cuInit takes no flags, and may be called again", InitTakesNoFlags},
                      {"a forked child has no driver", ForkedChildrenHaveNoDriver},
                      {"memory, modules and streams need a context", MostNeedsAContext},
                      {"a context is current in one thread only", TheContextIsTheThreads},
                      {"a primary context lasts until its last release", ContextsAreCounted},
                      {"a handle that was never given out is invalid", WhatIsNoHandleIsTold},
                      {"a device past the last is invalid", ADeviceThatIsNotThereIsInvalid},
                  });
}
