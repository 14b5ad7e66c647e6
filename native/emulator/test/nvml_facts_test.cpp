#include "emulator/test/check.h"

namespace emulator::test {
namespace {

nvmlDevice_t DeviceAt(const Nvml& nvml, unsigned int index) {
  nvmlDevice_t device = nullptr;
  CHECK_EQUAL(nvml.nvmlDeviceGetHandleByIndex_v2(index, &device), NVML_SUCCESS);
  return device;
}

void MemoryComesInTwoVersions(Scene& scene) {
  const Nvml nvml = scene.StartNvml("tenant = gpu=0 pid=7 type=graphics bytes=1000");
  auto* device = DeviceAt(nvml, 0);
  constexpr unsigned long long kReserve = 480ULL << 20U;
  nvmlMemory_t first{};
  nvmlMemory_v2_t second{};
  CHECK_EQUAL(nvml.nvmlDeviceGetMemoryInfo(device, &first), NVML_SUCCESS);
  CHECK_EQUAL(first.total, 81559ULL << 20U);
  CHECK_EQUAL(first.used, kReserve + 1000);
  CHECK_EQUAL(first.free, first.total - first.used);
  CHECK_EQUAL(nvml.nvmlDeviceGetMemoryInfo_v2(device, &second),
              NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
  second.version = NVML_MEMORY_V2_VERSION;
  CHECK_EQUAL(nvml.nvmlDeviceGetMemoryInfo_v2(device, &second), NVML_SUCCESS);
  CHECK_EQUAL(second.used, 1000ULL);
  CHECK_EQUAL(second.reserved, kReserve);
  CHECK_EQUAL(second.total, second.used + second.reserved + second.free);
}

void ListsTellHowMuchRoomTheyNeed(Scene& scene) {
  const Nvml nvml = scene.StartNvml(
      "tenant = gpu=0 pid=11 type=compute bytes=1000 name=one\n"
      "tenant = gpu=0 pid=12 type=graphics bytes=2000\n"
      "tenant = gpu=0 pid=13 bytes=3000");
  auto* device = DeviceAt(nvml, 0);
  unsigned int count = 0;
  nvmlProcessInfo_t processes[3] = {};
  const auto list = nvml.nvmlDeviceGetComputeRunningProcesses_v3;
  CHECK_EQUAL(list(device, &count, nullptr), NVML_ERROR_INSUFFICIENT_SIZE);
  CHECK_EQUAL(count, 2U);
  count = 1;
  CHECK_EQUAL(list(device, &count, processes), NVML_ERROR_INSUFFICIENT_SIZE);
  CHECK_EQUAL(processes[0].pid, 0U);
  count = 3;
  CHECK_EQUAL(list(device, &count, processes), NVML_SUCCESS);
  CHECK_EQUAL(count, 2U);
  CHECK_EQUAL(processes[0].pid, 11U);
  CHECK_EQUAL(processes[1].pid, 13U);
  CHECK_EQUAL(processes[1].usedGpuMemory, 3000ULL);
}

void NobodyIsAnEmptyList(Scene& scene) {
  const Nvml nvml = scene.StartNvml("");
  unsigned int count = 0;
  CHECK_EQUAL(nvml.nvmlDeviceGetComputeRunningProcesses_v3(DeviceAt(nvml, 0), &count, nullptr),
              NVML_SUCCESS);
}

void ModesAreTold(Scene& scene) {
  const Nvml nvml = scene.StartNvml(
      "compute_mode = exclusive_process\npersistence_mode = disabled\nmig_mode = disabled\n"
      "mig_mode_pending = enabled\ngpu_utilization_ratio = 0.57\nmemory_utilization_ratio = 1");
  auto* device = DeviceAt(nvml, 0);
  int mode = -1;
  unsigned int current = 9;
  unsigned int pending = 9;
  nvmlUtilization_t utilization{};
  CHECK_EQUAL(nvml.nvmlDeviceGetComputeMode(device, &mode), NVML_SUCCESS);
  CHECK_EQUAL(mode, 3);
  CHECK_EQUAL(nvml.nvmlDeviceGetPersistenceMode(device, &mode), NVML_SUCCESS);
  CHECK_EQUAL(mode, 0);
  CHECK_EQUAL(nvml.nvmlDeviceGetMigMode(device, &current, &pending), NVML_SUCCESS);
  CHECK_EQUAL(current, 0U);
  CHECK_EQUAL(pending, 1U);
  CHECK_EQUAL(nvml.nvmlDeviceGetUtilizationRates(device, &utilization), NVML_SUCCESS);
  CHECK_EQUAL(utilization.gpu, 57U);
  CHECK_EQUAL(utilization.memory, 100U);
}

void HealthIsTold(Scene& scene) {
  const Nvml nvml = scene.StartNvml("row_remapping = pending\nrecovery_action = 2");
  auto* device = DeviceAt(nvml, 0);
  unsigned int rows[4] = {9, 9, 9, 9};
  nvmlFieldValue_t fields[2] = {};
  fields[0].fieldId = NVML_FI_DEV_GET_GPU_RECOVERY_ACTION;
  fields[1].fieldId = 1;
  CHECK_EQUAL(nvml.nvmlDeviceGetRemappedRows(device, &rows[0], &rows[1], &rows[2], &rows[3]),
              NVML_SUCCESS);
  CHECK_EQUAL(rows[2], 1U);
  CHECK_EQUAL(rows[3], 0U);
  CHECK_EQUAL(nvml.nvmlDeviceGetFieldValues(device, 2, fields), NVML_SUCCESS);
  CHECK_EQUAL(fields[0].nvmlReturn, NVML_SUCCESS);
  CHECK_EQUAL(fields[0].valueType, 1U);
  CHECK_EQUAL(fields[0].value.uiVal, 2U);
  CHECK_EQUAL(fields[1].nvmlReturn, NVML_ERROR_NOT_SUPPORTED);
}

/// What is told of a connection between the first two GPUs; -1 where it is not told.
int LinkIn(Scene& scene, const std::string& configuration) {
  const Nvml nvml = scene.StartNvml("gpus = 2\n" + configuration);
  int status = -1;
  CHECK_EQUAL(nvml.nvmlDeviceGetP2PStatus(DeviceAt(nvml, 0), DeviceAt(nvml, 1),
                                          NVML_P2P_CAPS_INDEX_NVLINK, &status),
              NVML_SUCCESS);
  return status;
}

void GpusAreConnectedByNvlinkIfSaid(Scene& scene) {
  CHECK_EQUAL(LinkIn(scene, "nvlink = true"), NVML_P2P_STATUS_OK);
}

void ElseTheyAreNot(Scene& scene) {
  CHECK_EQUAL(LinkIn(scene, "") != NVML_P2P_STATUS_OK, true);
}

void TheLinkToTheHostIsTheProfiles(Scene& scene) {
  const Nvml nvml = scene.StartNvml("pcie_width = 8");
  unsigned int generation = 0;
  unsigned int width = 0;
  auto* device = DeviceAt(nvml, 0);
  CHECK_EQUAL(nvml.nvmlDeviceGetCurrPcieLinkGeneration(device, &generation), NVML_SUCCESS);
  CHECK_EQUAL(nvml.nvmlDeviceGetCurrPcieLinkWidth(device, &width), NVML_SUCCESS);
  CHECK_EQUAL(generation, 5U);
  CHECK_EQUAL(width, 8U);
  CHECK_EQUAL(nvml.nvmlDeviceGetMaxPcieLinkGeneration(device, &generation), NVML_SUCCESS);
  CHECK_EQUAL(nvml.nvmlDeviceGetMaxPcieLinkWidth(device, &width), NVML_SUCCESS);
  CHECK_EQUAL(generation, 5U);
  CHECK_EQUAL(width, 16U);
  CHECK_EQUAL(nvml.nvmlDeviceGetCurrPcieLinkWidth(device, nullptr), NVML_ERROR_INVALID_ARGUMENT);
}

void OlderGpusDoNotKnowAll(Scene& scene) {
  const Nvml nvml = scene.StartNvml("profile = rtx3050\npage_retirement = pending");
  auto* device = DeviceAt(nvml, 0);
  unsigned int number = 0;
  int pending = 0;
  nvmlFieldValue_t field{};
  field.fieldId = NVML_FI_DEV_GET_GPU_RECOVERY_ACTION;
  CHECK_EQUAL(nvml.nvmlDeviceGetMigMode(device, &number, &number), NVML_ERROR_NOT_SUPPORTED);
  CHECK_EQUAL(nvml.nvmlDeviceGetRemappedRows(device, &number, &number, &number, &number),
              NVML_ERROR_NOT_SUPPORTED);
  CHECK_EQUAL(nvml.nvmlDeviceGetRetiredPagesPendingStatus(device, &pending), NVML_SUCCESS);
  CHECK_EQUAL(pending, 1);
  CHECK_EQUAL(nvml.nvmlDeviceGetFieldValues(device, 1, &field), NVML_SUCCESS);
  CHECK_EQUAL(field.nvmlReturn, NVML_ERROR_NOT_SUPPORTED);
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(argc, argv,
                  {
                      {"memory comes with the reserve in it, and apart", MemoryComesInTwoVersions},
                      {"a list that does not fit tells its length", ListsTellHowMuchRoomTheyNeed},
                      {"a GPU without processes has an empty list", NobodyIsAnEmptyList},
                      {"modes and utilization are told", ModesAreTold},
                      {"pending repairs and recovery are told", HealthIsTold},
                      {"GPUs are connected by NVLink", GpusAreConnectedByNvlinkIfSaid},
                      {"without that they are not", ElseTheyAreNot},
                      {"the link to the host is the profile's", TheLinkToTheHostIsTheProfiles},
                      {"what a GPU does not have is not supported", OlderGpusDoNotKnowAll},
                  });
}
