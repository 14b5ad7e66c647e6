#include <string>

#include "emulator/engine/gpu_identity.h"
#include "emulator/test/check.h"

namespace emulator::test {
namespace {

nvmlDevice_t DeviceAt(const Nvml& nvml, unsigned int index) {
  nvmlDevice_t device = nullptr;
  CHECK_EQUAL(nvml.nvmlDeviceGetHandleByIndex_v2(index, &device), NVML_SUCCESS);
  return device;
}

void NothingWorksBeforeInit(Scene& scene) {
  scene.Arm("");
  const Nvml nvml = scene.LoadNvml();
  unsigned int count = 0;
  char version[80] = {};
  CHECK_EQUAL(nvml.nvmlDeviceGetCount_v2(&count), NVML_ERROR_UNINITIALIZED);
  CHECK_EQUAL(nvml.nvmlSystemGetDriverVersion(version, 80), NVML_ERROR_UNINITIALIZED);
  CHECK_EQUAL(nvml.nvmlShutdown(), NVML_ERROR_UNINITIALIZED);
}

void InitsAreCounted(Scene& scene) {
  const Nvml nvml = scene.StartNvml("");
  unsigned int count = 0;
  constexpr unsigned int kNoFlag = 64;
  CHECK_EQUAL(nvml.nvmlInitWithFlags(kNoFlag), NVML_ERROR_INVALID_ARGUMENT);
  CHECK_EQUAL(nvml.nvmlInitWithFlags(NVML_INIT_FLAG_NO_ATTACH), NVML_SUCCESS);
  CHECK_EQUAL(nvml.nvmlShutdown(), NVML_SUCCESS);
  CHECK_EQUAL(nvml.nvmlDeviceGetCount_v2(&count), NVML_SUCCESS);
  CHECK_EQUAL(nvml.nvmlShutdown(), NVML_SUCCESS);
  CHECK_EQUAL(nvml.nvmlDeviceGetCount_v2(&count), NVML_ERROR_UNINITIALIZED);
}

void NoneIsListedWithoutAttaching(Scene& scene) {
  const Nvml nvml = scene.StartNvml("gpus = 2");
  unsigned int count = 0;
  CHECK_EQUAL(nvml.nvmlDeviceGetCount_v2(&count), NVML_SUCCESS);
  CHECK_EQUAL(count, 2U);
  CHECK_EQUAL(nvml.nvmlShutdown(), NVML_SUCCESS);
  CHECK_EQUAL(nvml.nvmlInitWithFlags(NVML_INIT_FLAG_NO_ATTACH), NVML_SUCCESS);
  CHECK_EQUAL(nvml.nvmlDeviceGetCount_v2(&count), NVML_SUCCESS);
  CHECK_EQUAL(count, 0U);
}

void VersionsAreTheProfiles(Scene& scene) {
  const Nvml nvml = scene.StartNvml("");
  char version[80] = {};
  int cuda = 0;
  CHECK_EQUAL(nvml.nvmlSystemGetDriverVersion(version, 80), NVML_SUCCESS);
  CHECK_EQUAL(std::string(version), "580.159.04");
  CHECK_EQUAL(nvml.nvmlSystemGetNVMLVersion(version, 80), NVML_SUCCESS);
  CHECK_EQUAL(std::string(version), "13.580.159.04");
  CHECK_EQUAL(nvml.nvmlSystemGetCudaDriverVersion_v2(&cuda), NVML_SUCCESS);
  CHECK_EQUAL(cuda, 13000);
  CHECK_EQUAL(nvml.nvmlSystemGetDriverVersion(version, 10), NVML_ERROR_INSUFFICIENT_SIZE);
}

void DevicesHaveNames(Scene& scene) {
  const Nvml nvml = scene.StartNvml("gpus = 3\nseed = 5");
  unsigned int count = 0;
  char text[96] = {};
  nvmlPciInfo_t pci{};
  CHECK_EQUAL(nvml.nvmlDeviceGetCount_v2(&count), NVML_SUCCESS);
  CHECK_EQUAL(count, 3U);
  auto* device = DeviceAt(nvml, 2);
  CHECK_EQUAL(nvml.nvmlDeviceGetName(device, text, 96), NVML_SUCCESS);
  CHECK_EQUAL(std::string(text), "EMULATED NVIDIA H100 80GB HBM3");
  CHECK_EQUAL(nvml.nvmlDeviceGetUUID(device, text, 96), NVML_SUCCESS);
  CHECK_EQUAL(std::string(text), UuidText(UuidOf(5, 2)));
  CHECK_EQUAL(nvml.nvmlDeviceGetPciInfo_v3(device, &pci), NVML_SUCCESS);
  CHECK_EQUAL(std::string(pci.busId), "00000000:12:00.0");
  CHECK_EQUAL(std::string(pci.busIdLegacy), "0000:12:00.0");
  CHECK_EQUAL(pci.bus, 0x12U);
  CHECK_EQUAL(pci.pciDeviceId, 0x233010deU);
}

void OtherDevicesAreInvalid(Scene& scene) {
  const Nvml nvml = scene.StartNvml("");
  nvmlDevice_t device = nullptr;
  char text[96] = {};
  CHECK_EQUAL(nvml.nvmlDeviceGetHandleByIndex_v2(1, &device), NVML_ERROR_INVALID_ARGUMENT);
  CHECK_EQUAL(nvml.nvmlDeviceGetName(nullptr, text, 96), NVML_ERROR_INVALID_ARGUMENT);
}

void ALostDeviceIsTold(Scene& scene) {
  const Nvml nvml = scene.StartNvml("gpus = 3\nlost = 1\nlost = 2");
  nvmlDevice_t device = nullptr;
  unsigned int count = 0;
  CHECK_EQUAL(nvml.nvmlDeviceGetCount_v2(&count), NVML_SUCCESS);
  CHECK_EQUAL(count, 3U);
  CHECK_EQUAL(nvml.nvmlDeviceGetHandleByIndex_v2(0, &device), NVML_SUCCESS);
  CHECK_EQUAL(nvml.nvmlDeviceGetHandleByIndex_v2(1, &device), NVML_ERROR_GPU_IS_LOST);
  CHECK_EQUAL(nvml.nvmlDeviceGetHandleByIndex_v2(2, &device), NVML_ERROR_GPU_IS_LOST);
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(argc, argv,
                  {
                      {"nothing works before nvmlInit", NothingWorksBeforeInit},
                      {"NVML lasts until its last shutdown", InitsAreCounted},
                      {"without attaching no GPU is listed", NoneIsListedWithoutAttaching},
                      {"versions are the profile's, and need room", VersionsAreTheProfiles},
                      {"a device has name, UUID and bus id", DevicesHaveNames},
                      {"an index or a handle that is none is invalid", OtherDevicesAreInvalid},
                      {"a lost device is counted, and lost", ALostDeviceIsTold},
                  });
}
