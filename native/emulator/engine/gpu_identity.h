#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace emulator {

/// The 16 bytes of a GPU's UUID: the same for the same seed and index, and no GPU's in the world.
using Uuid = std::array<unsigned char, 16>;
Uuid UuidOf(std::uint64_t seed, std::uint64_t gpu);

/// `GPU-` and 8-4-4-4-12 hexadecimal digits.
std::string UuidText(const Uuid& uuid);

/// The PCI bus of a GPU; its domain, device and function are 0.
unsigned int PciBusOf(std::uint64_t gpu);

}  // namespace emulator
