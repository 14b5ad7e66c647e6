#pragma once

#include <cstdint>
#include <string_view>

namespace emulator {

/// What a draw depends on, and nothing else: two hosts with the same seed, doing the same calls in
/// the same order, take the same time.
struct NoiseKey {
  std::uint64_t seed;
  std::uint64_t call;  // a number that is used once on a host
  std::string_view name;
};

/// A draw from the log-normal distribution of median 1: exp(sigma * z), z normal.
double NoiseFactor(const NoiseKey& key, double sigma);

}  // namespace emulator
