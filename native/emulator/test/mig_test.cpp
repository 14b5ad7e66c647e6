#include "emulator/test/divided_gpu.h"

namespace emulator::test {
namespace {

constexpr unsigned int kNone = ~0U;

void InstancesAreFoundBelowTheirGpu(Scene& scene) {
  const Nvml nvml = scene.StartNvml(kDivided);
  unsigned int count = 0;
  unsigned int number = 0;
  nvmlDevice_t device = nullptr;
  char text[96] = {};
  CHECK_EQUAL(nvml.nvmlDeviceGetMaxMigDeviceCount(Gpu(nvml, 1), &count), NVML_SUCCESS);
  CHECK_EQUAL(count, 7U);
  auto* second = Instance(nvml, 1);
  CHECK_EQUAL(nvml.nvmlDeviceGetUUID(second, text, 96), NVML_SUCCESS);
  CHECK_EQUAL(std::string(text), InstanceUuid(1));
  CHECK_EQUAL(nvml.nvmlDeviceGetHandleByUUID(text, &device), NVML_SUCCESS);
  CHECK(device == second);
  CHECK_EQUAL(nvml.nvmlDeviceGetGpuInstanceId(second, &number), NVML_SUCCESS);
  CHECK_EQUAL(number, 9U);
  CHECK_EQUAL(nvml.nvmlDeviceGetComputeInstanceId(second, &number), NVML_SUCCESS);
  CHECK_EQUAL(number, 1U);
  CHECK_EQUAL(nvml.nvmlDeviceGetMigDeviceHandleByIndex(Gpu(nvml, 1), 2, &device),
              NVML_ERROR_NOT_FOUND);
}

void AWholeGpuHasNone(Scene& scene) {
  const Nvml nvml = scene.StartNvml(kDivided);
  unsigned int number = 9;
  unsigned int pending = 9;
  nvmlDevice_t device = nullptr;
  auto* whole = Gpu(nvml, 0);
  CHECK_EQUAL(nvml.nvmlDeviceGetMaxMigDeviceCount(whole, &number), NVML_SUCCESS);
  CHECK_EQUAL(number, 0U);
  CHECK_EQUAL(nvml.nvmlDeviceGetMigMode(whole, &number, &pending), NVML_SUCCESS);
  CHECK_EQUAL(number, 0U);
  CHECK_EQUAL(nvml.nvmlDeviceGetMigDeviceHandleByIndex(whole, 0, &device), NVML_ERROR_NOT_FOUND);
  CHECK_EQUAL(nvml.nvmlDeviceGetGpuInstanceId(whole, &number), NVML_ERROR_NOT_SUPPORTED);
  CHECK_EQUAL(nvml.nvmlDeviceGetMigMode(Gpu(nvml, 1), &number, &pending), NVML_SUCCESS);
  CHECK_EQUAL(number, 1U);
  CHECK_EQUAL(pending, 1U);
}

void AnInstanceHasItsMemory(Scene& scene) {
  const Nvml nvml = scene.StartNvml(kDivided);
  CHECK_EQUAL(Memory(nvml, Instance(nvml, 0)).total, 10240ULL * kMiB);
  CHECK_EQUAL(Memory(nvml, Instance(nvml, 0)).used, 0ULL);
  CHECK_EQUAL(Memory(nvml, Instance(nvml, 1)).used, 1000ULL);
  CHECK_EQUAL(Memory(nvml, Instance(nvml, 1)).free, 20480ULL * kMiB - 1000);
  CHECK_EQUAL(Memory(nvml, Gpu(nvml, 1)).used, 1000ULL);
  CHECK_EQUAL(Memory(nvml, Gpu(nvml, 0)).used, 2000ULL);
}

void ListsTellTheInstance(Scene& scene) {
  const Nvml nvml = scene.StartNvml(kDivided);
  unsigned int count = 0;
  CHECK_EQUAL(OnlyProcess(nvml, Instance(nvml, 1)).gpuInstanceId, 9U);
  CHECK_EQUAL(OnlyProcess(nvml, Instance(nvml, 1)).computeInstanceId, 1U);
  CHECK_EQUAL(OnlyProcess(nvml, Gpu(nvml, 1)).pid, 5U);
  CHECK_EQUAL(OnlyProcess(nvml, Gpu(nvml, 1)).gpuInstanceId, 9U);
  CHECK_EQUAL(OnlyProcess(nvml, Gpu(nvml, 0)).gpuInstanceId, kNone);
  CHECK_EQUAL(nvml.nvmlDeviceGetComputeRunningProcesses_v3(Instance(nvml, 0), &count, nullptr),
              NVML_SUCCESS);
}

void SomeFactsAreTheGpusAlone(Scene& scene) {
  const Nvml nvml = scene.StartNvml(kDivided);
  int mode = 0;
  nvmlUtilization_t utilization{};
  CHECK_EQUAL(nvml.nvmlDeviceGetComputeMode(Instance(nvml, 0), &mode), NVML_ERROR_NOT_SUPPORTED);
  CHECK_EQUAL(nvml.nvmlDeviceGetUtilizationRates(Gpu(nvml, 1), &utilization),
              NVML_ERROR_NOT_SUPPORTED);
  CHECK_EQUAL(nvml.nvmlDeviceGetUtilizationRates(Gpu(nvml, 0), &utilization), NVML_SUCCESS);
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(
      argc, argv,
      {
          {"NVML finds the instances of a GPU", InstancesAreFoundBelowTheirGpu},
          {"a whole GPU has none", AWholeGpuHasNone},
          {"an instance has memory of its own", AnInstanceHasItsMemory},
          {"lists tell the instance of a process", ListsTellTheInstance},
          {"some facts are those of a GPU, or of a whole one alone", SomeFactsAreTheGpusAlone},
      });
}
