#include "emulator/engine/timing/pacer.h"

#include <utility>

#include "emulator/engine/timing/noise.h"

namespace emulator {

Pacer::Pacer(const Options& options, SharedCounter calls)
    : options_(options), calls_(std::move(calls)) {}

Seconds Pacer::Draw(Latency latency) {
  const std::size_t index = IndexOf(latency);
  const LatencyFigures& figures = options_.table.at(index);
  const NoiseKey key{options_.seed, calls_.Next(), kLatencyNames.at(index)};
  return Scaled(figures.seconds * NoiseFactor(key, figures.noise_ratio));
}

}  // namespace emulator
