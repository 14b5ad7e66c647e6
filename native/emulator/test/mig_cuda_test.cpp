#include <unistd.h>

#include <cstdlib>
#include <cstring>

#include "emulator/test/divided_gpu.h"

namespace emulator::test {
namespace {

constexpr std::uint64_t kContext = 518 * kMiB;

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
          {"CUDA sees the instance that is named", CudaSeesTheNamedInstance},
          {"CUDA sees one instance and nothing else", CudaSeesOneInstanceAlone},
          {"CUDA sees a whole GPU besides a divided one", CudaSeesAWholeGpuBesides},
          {"a divided GPU is its first instance", ADividedGpuIsItsFirstInstance},
          {"CUDA does not see an instance that is not there", CudaDoesNotSeeAnUnknownInstance},
          {"a context is on the instance, and has its memory", AContextIsOnTheInstance},
      });
}
