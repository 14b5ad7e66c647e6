#include "common/device_choice.h"

#include <cstdlib>
#include <cstring>

#include "common/uuid.h"

namespace {

constexpr char kVisible[] = "CUDA_VISIBLE_DEVICES";
constexpr std::size_t kUuidLength = sizeof(UuidText::text) - 1;

long ReadTurn() {
  const char* const text = std::getenv("CUDAPROBE_INSTANCE");
  return text == nullptr ? 0 : std::strtol(text, nullptr, 10);
}

/// Whether `list` is UUIDs between commas, of which there are `count`.
bool IsList(const char* list, std::size_t& count) {
  for (count = 0;; list += kUuidLength + 1) {
    UuidText one{};
    std::strncpy(one.text, list, kUuidLength);
    if (!IsUuid(one.text)) return false;
    ++count;
    if (list[kUuidLength] == '\0') return true;
    if (list[kUuidLength] != ',') return false;
  }
}

}  // namespace

const char* ChooseDevice(Options& options) {
  static UuidText chosen;
  const char* const one = options.Text("device", nullptr);
  const char* const list = options.Text("devices", one == nullptr ? "" : one);
  std::size_t count = 0;
  options.Expect(IsList(list, count), one == nullptr ? "devices" : "device",
                 "GPU- and a UUID in lower case");
  if (count == 0) return "";
  const std::size_t turn = static_cast<std::size_t>(ReadTurn()) % count;
  std::strncpy(chosen.text, list + turn * (kUuidLength + 1), kUuidLength);
  if (count > 1 && std::getenv(kVisible) != nullptr) setenv(kVisible, chosen.text, 1);
  return chosen.text;
}
