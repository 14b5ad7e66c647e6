#include "emulator/bridge/nvml_call.h"

#include <array>

#include "emulator/bridge/text.h"

namespace emulator::bridge {
namespace {

/// What handles point at: a place for each GPU there may be. Only the addresses count.
std::array<char, kMaxGpus> places;

}  // namespace

nvmlDevice_t HandleOf(std::uint64_t gpu) {
  return reinterpret_cast<nvmlDevice_t>(&places.at(gpu));
}

std::optional<std::uint64_t> GpuOf(nvmlDevice_t device, const Settings& settings) {
  for (std::uint64_t gpu = 0; gpu < settings.gpus; ++gpu) {
    if (HandleOf(gpu) == device) return gpu;
  }
  return std::nullopt;
}

nvmlReturn_t AnswerText(const std::string& text, char* buffer, std::size_t length) {
  if (buffer == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
  return CopyText(text, buffer, length) ? NVML_SUCCESS : NVML_ERROR_INSUFFICIENT_SIZE;
}

}  // namespace emulator::bridge
