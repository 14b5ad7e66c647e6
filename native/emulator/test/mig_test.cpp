#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string>

#include "emulator/engine/gpu_identity.h"
#include "emulator/test/check.h"

namespace emulator::test {
namespace {

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20U;
constexpr std::uint64_t kContext = 518 * kMiB;
constexpr unsigned int kNone = ~0U;

/// The second of two GPUs is divided in two.
const char* const kDivided =
    "gpus = 2\n"
    "mig = gpu=1 gi=7 ci=0 bytes=10737418240\n"
    "mig = gpu=1 gi=9 ci=1 bytes=21474836480\n"
    "tenant = gpu=1 gi=9 ci=1 pid=5 bytes=1000\n"
    "tenant = gpu=0 pid=6 bytes=2000\n";

/// Instances are numbered after all the GPUs there may be.
std::string InstanceUuid(std::uint64_t index) {
  return UuidText(UuidOf(1, 16 + index), "MIG-");
}

nvmlDevice_t Gpu(const Nvml& nvml, unsigned int index) {
  nvmlDevice_t device = nullptr;
  CHECK_EQUAL(nvml.nvmlDeviceGetHandleByIndex_v2(index, &device), NVML_SUCCESS);
  return device;
}

nvmlDevice_t Instance(const Nvml& nvml, unsigned int index) {
  nvmlDevice_t device = nullptr;
  CHECK_EQUAL(nvml.nvmlDeviceGetMigDeviceHandleByIndex(Gpu(nvml, 1), index, &device), NVML_SUCCESS);
  return device;
}

nvmlMemory_v2_t Memory(const Nvml& nvml, nvmlDevice_t device) {
  nvmlMemory_v2_t memory{};
  memory.version = NVML_MEMORY_V2_VERSION;
  CHECK_EQUAL(nvml.nvmlDeviceGetMemoryInfo_v2(device, &memory), NVML_SUCCESS);
  return memory;
}

/// The one compute process of a device.
nvmlProcessInfo_t OnlyProcess(const Nvml& nvml, nvmlDevice_t device) {
  nvmlProcessInfo_t processes[4] = {};
  unsigned int count = 4;
  CHECK_EQUAL(nvml.nvmlDeviceGetComputeRunningProcesses_v3(device, &count, processes),
              NVML_SUCCESS);
  CHECK_EQUAL(count, 1U);
  return processes[0];
}

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

/// The second version's UUIDs of the devices that a process sees, each with a blank.
std::string Seen(const Scene& scene, const std::string& visible) {
  scene.Arm(kDivided);
  setenv("CUDA_VISIBLE_DEVICES", visible.c_str(), 1);
  const Cuda cuda = scene.LoadCuda();
  int count = 0;
  std::string seen;
  cuda.cuInit(0);
  cuda.cuDeviceGetCount(&count);
  for (int device = 0; device < count; ++device) {
    CUuuid uuid{};
    Uuid bytes{};
    CHECK_EQUAL(cuda.cuDeviceGetUuid_v2(&uuid, device), CUDA_SUCCESS);
    std::memcpy(bytes.data(), uuid.bytes, bytes.size());
    seen += UuidText(bytes, "") + " ";
  }
  return seen;
}

std::string Digits(const std::string& uuid) {
  return uuid.substr(4) + " ";
}

void CudaSeesTheNamedInstance(Scene& scene) {
  CHECK_EQUAL(Seen(scene, InstanceUuid(1)), Digits(InstanceUuid(1)));
}

void CudaSeesOneInstanceAlone(Scene& scene) {
  CHECK_EQUAL(Seen(scene, InstanceUuid(1) + "," + InstanceUuid(0) + ",0"), Digits(InstanceUuid(1)));
}

void CudaSeesAWholeGpuBesides(Scene& scene) {
  CHECK_EQUAL(Seen(scene, "0"), Digits(UuidText(UuidOf(1, 0))));
}

void ADividedGpuIsItsFirstInstance(Scene& scene) {
  CHECK_EQUAL(Seen(scene, UuidText(UuidOf(1, 1))), Digits(InstanceUuid(0)));
}

void CudaDoesNotSeeAnUnknownInstance(Scene& scene) {
  CHECK_EQUAL(Seen(scene, "MIG-00000000-0000-0000-0000-000000000000"), "");
}

void AContextIsOnTheInstance(Scene& scene) {
  setenv("CUDA_VISIBLE_DEVICES", InstanceUuid(0).c_str(), 1);
  const Cuda cuda = scene.StartCuda(kDivided);
  const Nvml nvml = scene.StartNvml(kDivided);
  std::size_t total = 0;
  CUuuid uuid{};
  Uuid parent = UuidOf(1, 1);
  CUdeviceptr memory = 0;
  CHECK_EQUAL(cuda.cuDeviceTotalMem_v2(&total, 0), CUDA_SUCCESS);
  CHECK_EQUAL(total, 10240 * kMiB);
  CHECK_EQUAL(cuda.cuMemAlloc_v2(&memory, 10240 * kMiB), CUDA_ERROR_OUT_OF_MEMORY);
  CHECK_EQUAL(cuda.cuDeviceGetUuid(&uuid, 0), CUDA_SUCCESS);
  CHECK(std::memcmp(uuid.bytes, parent.data(), parent.size()) == 0);
  CHECK_EQUAL(OnlyProcess(nvml, Instance(nvml, 0)).pid, static_cast<unsigned int>(getpid()));
  CHECK_EQUAL(OnlyProcess(nvml, Instance(nvml, 0)).usedGpuMemory, kContext);
  CHECK_EQUAL(OnlyProcess(nvml, Instance(nvml, 1)).pid, 5U);
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
          {"CUDA sees the instance that is named", CudaSeesTheNamedInstance},
          {"CUDA sees one instance and nothing else", CudaSeesOneInstanceAlone},
          {"CUDA sees a whole GPU besides a divided one", CudaSeesAWholeGpuBesides},
          {"a divided GPU is its first instance", ADividedGpuIsItsFirstInstance},
          {"CUDA does not see an instance that is not there", CudaDoesNotSeeAnUnknownInstance},
          {"a context is on the instance, and has its memory", AContextIsOnTheInstance},
      });
}
