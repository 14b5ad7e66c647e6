#include "emulator/engine/timing/noise.h"

#include <cmath>

#include "emulator/engine/hash.h"

namespace emulator {
namespace {

/// A number in (0, 1), never one of its ends.
double Uniform(std::uint64_t bits) {
  return (static_cast<double>(bits >> 11U) + 0.5) * 0x1p-53;
}

/// Box and Muller's transform of two uniform numbers.
double Normal(double first, double second) {
  constexpr double kTurn = 6.283185307179586;
  return std::sqrt(-2 * std::log(first)) * std::cos(kTurn * second);
}

}  // namespace

double NoiseFactor(const NoiseKey& key, double sigma) {
  const std::uint64_t bits = Mixed(Mixed(key.seed) ^ Mixed(key.call + HashOf(key.name)));
  return std::exp(sigma * Normal(Uniform(bits), Uniform(Mixed(bits))));
}

}  // namespace emulator
