#include "emulator/engine/timing/noise.h"

#include "emulator/engine/hash.h"

namespace emulator {
namespace {

// Without libm: to load it would take half as long as all of the real driver's dlopen.

/// A number from 0 to 1.
double Uniform(std::uint64_t bits) {
  return static_cast<double>(bits >> 11U) * 0x1p-53;
}

/// Twelve uniform numbers have a sum of mean 6 and variance 1 that is as good as normal.
double Normal(std::uint64_t bits) {
  double sum = -6;
  for (int i = 0; i < 12; ++i) {
    bits = Mixed(bits);
    sum += Uniform(bits);
  }
  return sum;
}

/// e to the x by its series, for the x of noise, which are small.
double Exponential(double x) {
  constexpr int kTerms = 40;
  double term = 1;
  double sum = 1;
  for (int i = 1; i < kTerms; ++i) {
    term *= x / i;
    sum += term;
  }
  return sum;
}

}  // namespace

double NoiseFactor(const NoiseKey& key, double sigma) {
  const std::uint64_t bits = Mixed(Mixed(key.seed) ^ Mixed(key.call + HashOf(key.name)));
  return Exponential(sigma * Normal(bits));
}

}  // namespace emulator
