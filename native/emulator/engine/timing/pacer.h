#pragma once

#include <cstdint>

#include "emulator/engine/host/shared_counter.h"
#include "emulator/engine/timing/clock.h"
#include "emulator/engine/timing/latency.h"

namespace emulator {

/// How long things take here: the profile's figures with noise, times `time_scale`.
class Pacer {
 public:
  struct Options {
    LatencyTable table;
    double time_scale;
    std::uint64_t seed;
  };

  /// `calls` counts the draws of all processes of the host, so that no two are the same.
  Pacer(const Options& options, SharedCounter calls);

  /// How long this one takes, this time.
  Seconds Draw(Latency latency);

  /// How long `seconds` of the emulated world last.
  [[nodiscard]] Seconds Scaled(double seconds) const {
    return Seconds(seconds * options_.time_scale);
  }

 private:
  Options options_;
  SharedCounter calls_;
};

}  // namespace emulator
