#include <csignal>
#include <cstdint>
#include <string>

#include "emulator/test/check.h"

namespace emulator::test {
namespace {

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20U;
constexpr std::uint64_t kContext = 518 * kMiB;
constexpr std::uint64_t kOverhead = 6 * kMiB;

/// What NVML says of the first GPU.
std::uint64_t UsedBytes(const Nvml& nvml) {
  nvmlDevice_t device = nullptr;
  nvmlMemory_v2_t memory{};
  memory.version = NVML_MEMORY_V2_VERSION;
  CHECK_EQUAL(nvml.nvmlDeviceGetHandleByIndex_v2(0, &device), NVML_SUCCESS);
  CHECK_EQUAL(nvml.nvmlDeviceGetMemoryInfo_v2(device, &memory), NVML_SUCCESS);
  return memory.used;
}

unsigned int ProcessCount(const Nvml& nvml) {
  nvmlDevice_t device = nullptr;
  unsigned int count = 8;
  nvmlProcessInfo_t processes[8];
  CHECK_EQUAL(nvml.nvmlDeviceGetHandleByIndex_v2(0, &device), NVML_SUCCESS);
  CHECK_EQUAL(nvml.nvmlDeviceGetComputeRunningProcesses_v3(device, &count, processes),
              NVML_SUCCESS);
  return count;
}

/// A process with a context and 3 MiB, which lasts until it is killed.
class Tenant {
 public:
  Tenant(const Scene& scene, const std::string& configuration)
      : process_([&] {
          const Cuda cuda = scene.StartCuda(configuration);
          CUdeviceptr memory = 0;
          cuda.cuMemAlloc_v2(&memory, 3 * kMiB);
          ready_.Open();
          forever_.Await();
          return 0;
        }) {
    ready_.Await();
  }

  Process& Running() { return process_; }

 private:
  Gate ready_;
  Gate forever_;
  Process process_;
};

void TwoProcessesShareAGpu(Scene& scene) {
  const Tenant one(scene, "");
  const Tenant two(scene, "");
  const Nvml nvml = scene.StartNvml("");
  CHECK_EQUAL(UsedBytes(nvml), 2 * (kContext + kOverhead + 4 * kMiB));
  CHECK_EQUAL(ProcessCount(nvml), 2U);
}

void CudaSeesTheOthersToo(Scene& scene) {
  const Tenant other(scene, "");
  const Cuda cuda = scene.StartCuda("");
  std::size_t free_bytes = 0;
  std::size_t total_bytes = 0;
  CHECK_EQUAL(cuda.cuMemGetInfo_v2(&free_bytes, &total_bytes), CUDA_SUCCESS);
  CHECK_EQUAL(total_bytes - free_bytes, 2 * (kContext + kOverhead) + 4 * kMiB);
}

void TheListHasPidAndBytes(Scene& scene) {
  Tenant tenant(scene, "");
  const Nvml nvml = scene.StartNvml("");
  nvmlDevice_t device = nullptr;
  unsigned int count = 1;
  nvmlProcessInfo_t process{};
  CHECK_EQUAL(nvml.nvmlDeviceGetHandleByIndex_v2(0, &device), NVML_SUCCESS);
  CHECK_EQUAL(nvml.nvmlDeviceGetComputeRunningProcesses_v3(device, &count, &process), NVML_SUCCESS);
  CHECK_EQUAL(static_cast<int>(process.pid), tenant.Running().Pid());
  CHECK_EQUAL(process.usedGpuMemory, kContext + 4 * kMiB);
  CHECK_EQUAL(process.gpuInstanceId, ~0U);
}

void WhoOnlyInitializedIsNotListed(Scene& scene) {
  scene.Arm("");
  CHECK_EQUAL(scene.LoadCuda().cuInit(0), CUDA_SUCCESS);
  const Nvml nvml = scene.LoadNvml();
  CHECK_EQUAL(nvml.nvmlInit_v2(), NVML_SUCCESS);
  CHECK_EQUAL(ProcessCount(nvml), 0U);
  CHECK_EQUAL(UsedBytes(nvml), std::uint64_t{0});
}

/// The first look at a dead process starts the clock.
void TheMemoryOfTheDeadComesBackLater(Scene& scene) {
  const std::string configuration = "reclaim_seconds = 30";  // 0.3 s at this speed
  Tenant tenant(scene, configuration);
  const Nvml nvml = scene.StartNvml(configuration);
  tenant.Running().Signal(SIGKILL);
  tenant.Running().Wait();
  const double seconds = SecondsOf([&] {
    CHECK_EQUAL(ProcessCount(nvml), 0U);
    CHECK_EQUAL(UsedBytes(nvml), kContext + kOverhead + 4 * kMiB);
    while (UsedBytes(nvml) > 0) {
    }
  });
  CHECK(seconds >= 0.3 && seconds < 1);
}

void WhatWasReleasedIsFreeAtOnce(Scene& scene) {
  Process process([&] {
    const Cuda cuda = scene.StartCuda("reclaim_seconds = 1000");
    return static_cast<int>(cuda.cuDevicePrimaryCtxRelease_v2(0));
  });
  CHECK_EQUAL(process.Wait(), 0);
  CHECK_EQUAL(UsedBytes(scene.StartNvml("")), std::uint64_t{0});
}

CUresult RetainBesides(Scene& scene, const std::string& configuration) {
  scene.Arm(configuration);
  const Cuda cuda = scene.LoadCuda();
  CUcontext context = nullptr;
  CHECK_EQUAL(cuda.cuInit(0), CUDA_SUCCESS);
  return cuda.cuDevicePrimaryCtxRetain(&context, 0);
}

void AnExclusiveGpuIsHeldByOne(Scene& scene) {
  Tenant tenant(scene, "compute_mode = exclusive_process");
  CHECK_EQUAL(RetainBesides(scene, "compute_mode = exclusive_process"),
              CUDA_ERROR_DEVICE_UNAVAILABLE);
}

void ADeadHolderHoldsNothing(Scene& scene) {
  Tenant tenant(scene, "compute_mode = exclusive_process");
  tenant.Running().Signal(SIGKILL);
  tenant.Running().Wait();
  CHECK_EQUAL(RetainBesides(scene, "compute_mode = exclusive_process"), CUDA_SUCCESS);
}

void AComputeTenantHoldsToo(Scene& scene) {
  CHECK_EQUAL(RetainBesides(scene,
                            "compute_mode = exclusive_process\n"
                            "tenant = gpu=0 pid=1 type=compute bytes=5"),
              CUDA_ERROR_DEVICE_UNAVAILABLE);
}

void AGraphicsTenantDoesNot(Scene& scene) {
  CHECK_EQUAL(RetainBesides(scene,
                            "compute_mode = exclusive_process\n"
                            "tenant = gpu=0 pid=1 type=graphics bytes=5"),
              CUDA_SUCCESS);
}

void AProhibitedGpuIsForNobody(Scene& scene) {
  CHECK_EQUAL(RetainBesides(scene, "compute_mode = prohibited"), CUDA_ERROR_DEVICE_UNAVAILABLE);
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(argc, argv,
                  {
                      {"NVML counts the memory of two processes", TwoProcessesShareAGpu},
                      {"CUDA counts what others take", CudaSeesTheOthersToo},
                      {"a process is listed with its pid and its bytes", TheListHasPidAndBytes},
                      {"a process without a context is not listed", WhoOnlyInitializedIsNotListed},
                      {"memory of the dead is free a while after they were seen dead",
                       TheMemoryOfTheDeadComesBackLater},
                      {"what was released is free at once", WhatWasReleasedIsFreeAtOnce},
                      {"an exclusive GPU has one process", AnExclusiveGpuIsHeldByOne},
                      {"a dead process holds no exclusive GPU", ADeadHolderHoldsNothing},
                      {"a compute tenant holds an exclusive GPU", AComputeTenantHoldsToo},
                      {"a graphics tenant does not", AGraphicsTenantDoesNot},
                      {"a prohibited GPU is for nobody", AProhibitedGpuIsForNobody},
                  });
}
