#include "common/gpu_facts.h"

#include <cstdio>

namespace {

/// Whether the library has `call`, and it answers.
template <typename Call, typename... Arguments>
bool Answers(const Call& call, Arguments... arguments) {
  return call && call.Raw(arguments...) == NVML_SUCCESS;
}

const char* ReadComputeMode(const Nvml& nvml, nvmlDevice_t device) {
  constexpr const char* kModes[] = {"default", "exclusive_thread", "prohibited",
                                    "exclusive_process"};
  int mode = -1;
  if (!Answers(nvml.nvmlDeviceGetComputeMode, device, &mode)) return "unknown";
  return mode >= 0 && mode <= 3 ? kModes[mode] : "unknown";
}

const char* ReadPersistenceMode(const Nvml& nvml, nvmlDevice_t device) {
  int mode = 0;
  if (!Answers(nvml.nvmlDeviceGetPersistenceMode, device, &mode)) return "unknown";
  return mode != 0 ? "enabled" : "disabled";
}

void ReadMig(const Nvml& nvml, nvmlDevice_t device, GpuFacts& facts) {
  unsigned current = 0;
  unsigned pending = 0;
  if (!Answers(nvml.nvmlDeviceGetMigMode, device, &current, &pending)) return;
  facts.mig_mode = current != 0 ? "enabled" : "disabled";
  facts.mig_change_pending = current != pending ? 1 : 0;
}

std::optional<double> ReadUtilization(const Nvml& nvml, nvmlDevice_t device) {
  constexpr double kPercent = 100;
  nvmlUtilization_t utilization{};
  if (!Answers(nvml.nvmlDeviceGetUtilizationRates, device, &utilization)) return std::nullopt;
  return utilization.gpu / kPercent;
}

/// Asked without room for the list itself, whose records have had several lengths.
std::optional<double> CountProcesses(const Nvml& nvml, nvmlDevice_t device) {
  const auto& list = nvml.nvmlDeviceGetComputeRunningProcesses_v3;
  unsigned count = 0;
  if (!list) return std::nullopt;
  const nvmlReturn_t code = list.Raw(device, &count, nullptr);
  if (code != NVML_SUCCESS && code != NVML_ERROR_INSUFFICIENT_SIZE) return std::nullopt;
  return count;
}

std::optional<double> ReadRecoveryAction(const Nvml& nvml, nvmlDevice_t device) {
  nvmlFieldValue_t field{};
  field.fieldId = NVML_FI_DEV_GET_GPU_RECOVERY_ACTION;
  if (!Answers(nvml.nvmlDeviceGetFieldValues, device, 1, &field)) return std::nullopt;
  if (field.nvmlReturn != NVML_SUCCESS) return std::nullopt;
  return field.value.uiVal;
}

/// Pages wait to be retired on older GPUs, rows to be remapped on newer ones. Of rows alone NVML
/// tells that there was no room for one.
void ReadPageRepair(const Nvml& nvml, nvmlDevice_t device, GpuFacts& facts) {
  int pages = 0;
  unsigned correctable = 0;
  unsigned uncorrectable = 0;
  unsigned rows = 0;
  unsigned failed = 0;
  const bool retires = Answers(nvml.nvmlDeviceGetRetiredPagesPendingStatus, device, &pages);
  const bool remaps =
      Answers(nvml.nvmlDeviceGetRemappedRows, device, &correctable, &uncorrectable, &rows, &failed);
  if (remaps) facts.page_repair_failed = failed != 0 ? 1 : 0;
  if (retires || remaps) facts.page_repair_pending = pages != 0 || rows != 0 ? 1 : 0;
}

/// Finds the device and its UUID, without which nothing can be said of it.
std::optional<Failure> Identify(const Nvml& nvml, GpuFacts& facts, nvmlDevice_t& device) {
  const auto& handle = nvml.nvmlDeviceGetHandleByIndex_v2;
  const auto& uuid = nvml.nvmlDeviceGetUUID;
  nvmlReturn_t code = handle.Raw(facts.index, &device);
  if (code != NVML_SUCCESS) return Nvml::Explain(handle.Name(), code);
  code = uuid.Raw(device, facts.uuid, sizeof facts.uuid);
  if (code != NVML_SUCCESS) return Nvml::Explain(uuid.Name(), code);
  return std::nullopt;
}

}  // namespace

GpuFacts ReadGpuFacts(const Nvml& nvml, unsigned index) {
  GpuFacts facts;
  nvmlDevice_t device = nullptr;
  nvmlPciInfo_t pci{};
  facts.index = index;
  facts.lost = Identify(nvml, facts, device);
  if (facts.lost) return facts;
  (void)nvml.nvmlDeviceGetName.Raw(device, facts.name, sizeof facts.name);
  if (Answers(nvml.nvmlDeviceGetPciInfo_v3, device, &pci))
    (void)std::snprintf(facts.pci_bus_id, sizeof facts.pci_bus_id, "%s", pci.busId);
  facts.compute_mode = ReadComputeMode(nvml, device);
  facts.persistence_mode = ReadPersistenceMode(nvml, device);
  ReadMig(nvml, device, facts);
  facts.memory = ReadMemory(nvml, device);
  facts.utilization_ratio = ReadUtilization(nvml, device);
  facts.processes = CountProcesses(nvml, device);
  facts.recovery_action = ReadRecoveryAction(nvml, device);
  ReadPageRepair(nvml, device, facts);
  facts.pcie = ReadPcieLink(nvml, device);
  return facts;
}
