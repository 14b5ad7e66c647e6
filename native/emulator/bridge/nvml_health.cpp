#include "emulator/bridge/nvml_call.h"

namespace bridge = emulator::bridge;
using emulator::Emulator;
using emulator::PageRetirement;
using emulator::Ratio;
using emulator::RowRemapping;

namespace {

constexpr unsigned int kUnsignedInt = 1;  // NVML_VALUE_TYPE_UNSIGNED_INT

unsigned int Percent(Ratio ratio) {
  return static_cast<unsigned int>(ratio.value * 1000 + 5) / 10;
}

/// Each field has its own result: one that is unknown does not spoil the others.
void AnswerField(const emulator::Profile& profile, nvmlFieldValue_t& field) {
  const bool known =
      field.fieldId == NVML_FI_DEV_GET_GPU_RECOVERY_ACTION && profile.recovery_action.has_value();
  field.nvmlReturn = known ? NVML_SUCCESS : NVML_ERROR_NOT_SUPPORTED;
  if (!known) return;
  field.valueType = kUnsignedInt;
  field.value.uiVal = static_cast<unsigned int>(*profile.recovery_action);
}

}  // namespace

extern "C" {

nvmlReturn_t nvmlDeviceGetUtilizationRates(nvmlDevice_t device, nvmlUtilization_t* utilization) {
  return bridge::CallDevice("nvmlDeviceGetUtilizationRates", device,
                            [&](const Emulator& emulator, std::uint64_t gpu) {
                              if (utilization == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
                              const bool divided = !emulator.settings.MigsOf(gpu).empty();
                              if (divided) return NVML_ERROR_NOT_SUPPORTED;
                              const auto& profile = emulator.settings.profile;
                              *utilization = {Percent(profile.gpu_utilization_ratio),
                                              Percent(profile.memory_utilization_ratio)};
                              return NVML_SUCCESS;
                            });
}

nvmlReturn_t nvmlDeviceGetFieldValues(nvmlDevice_t device, int count, nvmlFieldValue_t* values) {
  return bridge::CallDevice("nvmlDeviceGetFieldValues", device,
                            [&](const Emulator& emulator, std::uint64_t) {
                              if (count <= 0 || values == nullptr)
                                return NVML_ERROR_INVALID_ARGUMENT;
                              for (int i = 0; i < count; ++i)
                                AnswerField(emulator.settings.profile, values[i]);
                              return NVML_SUCCESS;
                            });
}

nvmlReturn_t nvmlDeviceGetRetiredPagesPendingStatus(nvmlDevice_t device, int* pending) {
  return bridge::CallDevice("nvmlDeviceGetRetiredPagesPendingStatus", device,
                            [&](const Emulator& emulator, std::uint64_t) {
                              if (pending == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
                              const auto state = emulator.settings.profile.page_retirement;
                              if (state == PageRetirement::kUnsupported) {
                                return NVML_ERROR_NOT_SUPPORTED;
                              }
                              *pending = static_cast<int>(state == PageRetirement::kPending);
                              return NVML_SUCCESS;
                            });
}

// A row that is to be remapped, or could not be, had an uncorrectable error.
nvmlReturn_t nvmlDeviceGetRemappedRows(nvmlDevice_t device, unsigned int* correctable,
                                       unsigned int* uncorrectable, unsigned int* pending,
                                       unsigned int* failed) {
  return bridge::CallDevice(
      "nvmlDeviceGetRemappedRows", device, [&](const Emulator& emulator, std::uint64_t) {
        const bool complete = correctable != nullptr && uncorrectable != nullptr &&
                              pending != nullptr && failed != nullptr;
        if (!complete) return NVML_ERROR_INVALID_ARGUMENT;
        const auto state = emulator.settings.profile.row_remapping;
        if (state == RowRemapping::kUnsupported) {
          return NVML_ERROR_NOT_SUPPORTED;
        }
        *correctable = 0;
        *uncorrectable = static_cast<unsigned int>(state != RowRemapping::kNone);
        *pending = static_cast<unsigned int>(state == RowRemapping::kPending);
        *failed = static_cast<unsigned int>(state == RowRemapping::kFailed);
        return NVML_SUCCESS;
      });
}

}  // extern "C"
