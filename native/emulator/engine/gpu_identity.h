#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace emulator {

/// The 16 bytes of the UUID of a GPU or MIG instance: the same for the same seed and place, and no
/// other's in the world.
using Uuid = std::array<unsigned char, 16>;
Uuid UuidOf(std::uint64_t seed, std::uint64_t place);

/// The prefix (that of a MIG instance is `MIG-`) and 8-4-4-4-12 hexadecimal digits.
std::string UuidText(const Uuid& uuid, const char* prefix = "GPU-");

/// The PCI bus of a GPU; its domain, device and function are 0.
unsigned int PciBusOf(std::uint64_t gpu);

}  // namespace emulator
