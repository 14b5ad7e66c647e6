#include "emulator/bridge/nvml_call.h"

#include <array>

#include "emulator/bridge/text.h"

namespace emulator::bridge {
namespace {

/// What handles point at: one for each GPU and instance there may be. Only the addresses count.
std::array<char, kMaxPlaces> handles;

}  // namespace

nvmlDevice_t HandleOf(std::uint64_t place) {
  return reinterpret_cast<nvmlDevice_t>(&handles.at(place));
}

std::optional<std::uint64_t> PlaceOf(nvmlDevice_t device, const Settings& settings) {
  for (std::uint64_t place = 0; place < handles.size(); ++place) {
    if (HandleOf(place) != device) continue;
    if (place < settings.gpus || settings.IsMig(place)) return place;
  }
  return std::nullopt;
}

nvmlReturn_t AnswerText(const std::string& text, char* buffer, std::size_t length) {
  if (buffer == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
  return CopyText(text, buffer, length) ? NVML_SUCCESS : NVML_ERROR_INSUFFICIENT_SIZE;
}

}  // namespace emulator::bridge
