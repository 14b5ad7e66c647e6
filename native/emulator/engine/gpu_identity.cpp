#include "emulator/engine/gpu_identity.h"

#include <string_view>

#include "emulator/engine/hash.h"

namespace emulator {

Uuid UuidOf(std::uint64_t seed, std::uint64_t place) {
  Uuid uuid{};
  std::uint64_t bits = Mixed(Mixed(seed) + place);
  for (std::size_t i = 0; i < uuid.size(); ++i) {
    if (i == 8) bits = Mixed(bits);
    uuid.at(i) = static_cast<unsigned char>(bits >> (8 * (i % 8)));
  }
  // What RFC 4122 asks of a random one.
  uuid[6] = static_cast<unsigned char>((uuid[6] & 0x0fU) | 0x40U);
  uuid[8] = static_cast<unsigned char>((uuid[8] & 0x3fU) | 0x80U);
  return uuid;
}

std::string UuidText(const Uuid& uuid, const char* prefix) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text = prefix;
  for (std::size_t i = 0; i < uuid.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += kDigits[uuid.at(i) >> 4U];
    text += kDigits[uuid.at(i) & 0xfU];
  }
  return text;
}

unsigned int PciBusOf(std::uint64_t gpu) {
  return static_cast<unsigned int>(0x10 + gpu);
}

}  // namespace emulator
