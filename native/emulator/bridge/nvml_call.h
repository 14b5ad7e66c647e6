#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "common/nvml_abi.h"
#include "emulator/engine/emulator.h"
#include "emulator/engine/nvml/session.h"

// What every function of NVML begins with, as in cuda_call.h.
namespace emulator::bridge {

/// Unarmed NVML says what it says where no driver is. `body`: Emulator& -> nvmlReturn_t.
template <typename Body>
nvmlReturn_t Call(const char* name, Body body) {
  Emulator* emulator = Emulator::Get();
  if (emulator == nullptr) return NVML_ERROR_DRIVER_NOT_LOADED;
  if (const auto code = emulator->faults.Inject(name, emulator->pacer)) {
    return static_cast<nvmlReturn_t>(*code);
  }
  return body(*emulator);
}

/// After nvmlInit only. `body`: Emulator& -> nvmlReturn_t.
template <typename Body>
nvmlReturn_t CallInitialized(const char* name, Body body) {
  return Call(name, [&](Emulator& emulator) {
    if (!NvmlSession::Of(emulator).IsInitialized()) return NVML_ERROR_UNINITIALIZED;
    return body(emulator);
  });
}

/// The handle of a GPU or MIG instance, and what a handle is of; nothing where it is none.
nvmlDevice_t HandleOf(std::uint64_t place);
std::optional<std::uint64_t> PlaceOf(nvmlDevice_t device, const Settings& settings);

/// With a GPU or MIG instance that is there. `body`: Emulator&, std::uint64_t place ->
/// nvmlReturn_t.
template <typename Body>
nvmlReturn_t CallPlace(const char* name, nvmlDevice_t device, Body body) {
  return CallInitialized(name, [&](Emulator& emulator) {
    const auto place = PlaceOf(device, emulator.settings);
    if (!place) return NVML_ERROR_INVALID_ARGUMENT;
    if (emulator.settings.IsLost(*place)) return NVML_ERROR_GPU_IS_LOST;
    return body(emulator, *place);
  });
}

/// The same for what an instance has not, or not alone.
template <typename Body>
nvmlReturn_t CallDevice(const char* name, nvmlDevice_t device, Body body) {
  return CallPlace(name, device, [&](Emulator& emulator, std::uint64_t place) {
    if (emulator.settings.MigAt(place) != nullptr) return NVML_ERROR_NOT_SUPPORTED;
    return body(emulator, place);
  });
}

/// Answers with a text in the caller's buffer.
nvmlReturn_t AnswerText(const std::string& text, char* buffer, std::size_t length);

}  // namespace emulator::bridge
