#include "emulator/bridge/nvml_call.h"

namespace bridge = emulator::bridge;
using emulator::Emulator;
using emulator::NvmlSession;

namespace {

constexpr unsigned int kNoGpus = 1;  // NVML_INIT_FLAG_NO_GPUS: it is no error when there are none
constexpr unsigned int kKnownFlags = kNoGpus | NVML_INIT_FLAG_NO_ATTACH;

}  // namespace

extern "C" {

nvmlReturn_t nvmlInit_v2() {
  return bridge::Call("nvmlInit_v2", [](Emulator& emulator) {
    NvmlSession::Of(emulator).Init(true);
    return NVML_SUCCESS;
  });
}

nvmlReturn_t nvmlInitWithFlags(unsigned int flags) {
  return bridge::Call("nvmlInitWithFlags", [&](Emulator& emulator) {
    if ((flags & ~kKnownFlags) != 0) return NVML_ERROR_INVALID_ARGUMENT;
    NvmlSession::Of(emulator).Init((flags & NVML_INIT_FLAG_NO_ATTACH) == 0);
    return NVML_SUCCESS;
  });
}

nvmlReturn_t nvmlShutdown() {
  return bridge::Call("nvmlShutdown", [](Emulator& emulator) {
    return NvmlSession::Of(emulator).Shutdown() ? NVML_SUCCESS : NVML_ERROR_UNINITIALIZED;
  });
}

nvmlReturn_t nvmlSystemGetDriverVersion(char* version, unsigned int length) {
  return bridge::CallInitialized("nvmlSystemGetDriverVersion", [&](const Emulator& emulator) {
    return bridge::AnswerText(emulator.settings.profile.driver_version, version, length);
  });
}

nvmlReturn_t nvmlSystemGetNVMLVersion(char* version, unsigned int length) {
  return bridge::CallInitialized("nvmlSystemGetNVMLVersion", [&](const Emulator& emulator) {
    return bridge::AnswerText(emulator.settings.profile.nvml_version, version, length);
  });
}

nvmlReturn_t nvmlSystemGetCudaDriverVersion_v2(int* version) {
  return bridge::CallInitialized("nvmlSystemGetCudaDriverVersion_v2",
                                 [&](const Emulator& emulator) {
                                   if (version == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
                                   const auto& profile = emulator.settings.profile;
                                   *version = static_cast<int>(profile.cuda_driver_version);
                                   return NVML_SUCCESS;
                                 });
}

}  // extern "C"
