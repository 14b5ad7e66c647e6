#include <sys/wait.h>

#include <csignal>
#include <string>

#include "emulator/test/check.h"

namespace emulator::test {
namespace {

void ACodeIsReturned(Scene& scene) {
  scene.Arm("fault = call=cuInit code=999");
  const Cuda cuda = scene.LoadCuda();
  int count = 0;
  CHECK_EQUAL(cuda.cuInit(0), CUDA_ERROR_UNKNOWN);
  CHECK_EQUAL(cuda.cuInit(0), CUDA_ERROR_UNKNOWN);
  CHECK_EQUAL(cuda.cuDeviceGetCount(&count), CUDA_ERROR_NOT_INITIALIZED);
}

void OthersGoOn(Scene& scene) {
  const Cuda cuda = scene.StartCuda("fault = call=cuMemAlloc_v2 code=2");
  CUdeviceptr memory = 0;
  void* host = nullptr;
  CHECK_EQUAL(cuda.cuMemAlloc_v2(&memory, 1), CUDA_ERROR_OUT_OF_MEMORY);
  CHECK_EQUAL(cuda.cuMemHostAlloc(&host, 1, 0), CUDA_SUCCESS);
}

void OnlyTheNth(Scene& scene) {
  const Cuda cuda = scene.StartCuda("fault = call=cuMemAlloc_v2 nth=2 code=2");
  CUdeviceptr memory = 0;
  CHECK_EQUAL(cuda.cuMemAlloc_v2(&memory, 1), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemAlloc_v2(&memory, 1), CUDA_ERROR_OUT_OF_MEMORY);
  CHECK_EQUAL(cuda.cuMemAlloc_v2(&memory, 1), CUDA_SUCCESS);
}

/// How the second of two processes' first cuInit ends.
int SecondProcess(Scene& scene, const std::string& configuration) {
  const auto init = [&] {
    scene.Arm(configuration);
    return static_cast<int>(scene.LoadCuda().cuInit(0));
  };
  Process first(init);
  CHECK_EQUAL(WEXITSTATUS(first.Wait()), 0);
  Process second(init);
  return WEXITSTATUS(second.Wait());
}

void ProcessesCountForThemselves(Scene& scene) {
  CHECK_EQUAL(SecondProcess(scene, "fault = call=cuInit nth=2 code=101"), 0);
}

void AHostCountsAll(Scene& scene) {
  CHECK_EQUAL(SecondProcess(scene, "fault = call=cuInit nth=2 code=101 scope=host"), 101);
}

void SlowCallsStillWork(Scene& scene) {
  const Cuda cuda =
      scene.StartCuda("time_scale = 0.1\nfault = call=cuCtxSynchronize slow_seconds=0.5");
  CUresult result = CUDA_ERROR_UNKNOWN;
  const double seconds = SecondsOf([&] { result = cuda.cuCtxSynchronize(); });
  CHECK_EQUAL(result, CUDA_SUCCESS);
  CHECK(seconds >= 0.05 && seconds < 0.5);
}

void SlowAndBroken(Scene& scene) {
  const Cuda cuda =
      scene.StartCuda("time_scale = 0.1\nfault = call=cuCtxSynchronize slow_seconds=0.5 code=702");
  CUresult result = CUDA_SUCCESS;
  const double seconds = SecondsOf([&] { result = cuda.cuCtxSynchronize(); });
  CHECK_EQUAL(result, CUDA_ERROR_LAUNCH_TIMEOUT);
  CHECK(seconds >= 0.05);
}

void ASignalEndsTheProcess(Scene& scene) {
  Process child([&] {
    const Cuda cuda = scene.StartCuda("fault = call=cuCtxSynchronize signal=11");
    return static_cast<int>(cuda.cuCtxSynchronize());
  });
  const int status = child.Wait();
  CHECK(WIFSIGNALED(status));
  CHECK_EQUAL(WTERMSIG(status), SIGSEGV);
}

void AHangLastsUntilASignal(Scene& scene) {
  const Gate before;
  const Gate after;
  Process child([&] {
    scene.Arm("fault = call=cuInit hang=true");
    const Cuda cuda = scene.LoadCuda();
    before.Open();
    cuda.cuInit(0);
    after.Open();
    return 0;
  });
  before.Await();
  CHECK(!after.AwaitFor(100));
  child.Signal(SIGTERM);
  const int status = child.Wait();
  CHECK(WIFSIGNALED(status));
  CHECK_EQUAL(WTERMSIG(status), SIGTERM);
}

void NamesHaveFaultsToo(Scene& scene) {
  const Cuda cuda = scene.StartCuda("fault = call=cuGetErrorName code=1");
  const char* name = nullptr;
  CHECK_EQUAL(cuda.cuGetErrorName(CUDA_SUCCESS, &name), CUDA_ERROR_INVALID_VALUE);
}

void NvmlHasFaultsToo(Scene& scene) {
  scene.Arm("fault = call=nvmlInit_v2 code=18");
  const Nvml nvml = scene.LoadNvml();
  CHECK_EQUAL(nvml.nvmlInit_v2(), NVML_ERROR_LIB_RM_VERSION_MISMATCH);
  CHECK_EQUAL(nvml.nvmlInitWithFlags(0), NVML_SUCCESS);
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(argc, argv,
                  {
                      {"a code is returned, and nothing done", ACodeIsReturned},
                      {"other calls go on", OthersGoOn},
                      {"nth is one call of all", OnlyTheNth},
                      {"each process counts for itself", ProcessesCountForThemselves},
                      {"with scope=host all processes count together", AHostCountsAll},
                      {"a slow call works, scaled like all time", SlowCallsStillWork},
                      {"a call may be slow and then fail", SlowAndBroken},
                      {"a signal ends the process", ASignalEndsTheProcess},
                      {"a hang lasts until a signal", AHangLastsUntilASignal},
                      {"the call that names errors can fail too", NamesHaveFaultsToo},
                      {"NVML's calls have faults too", NvmlHasFaultsToo},
                  });
}
