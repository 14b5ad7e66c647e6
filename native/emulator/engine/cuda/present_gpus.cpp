#include "emulator/engine/cuda/present_gpus.h"

#include <numeric>

#include "emulator/engine/cuda/visible_devices.h"
#include "emulator/engine/environment.h"

namespace emulator {

std::vector<std::uint64_t> AllGpus(const Settings& settings) {
  std::vector<std::uint64_t> gpus(settings.gpus);
  std::iota(gpus.begin(), gpus.end(), std::uint64_t{0});
  return gpus;
}

std::vector<std::uint64_t> VisibleHere(const Emulator& emulator,
                                       const std::vector<std::uint64_t>& gpus) {
  std::vector<PresentGpu> present;
  for (const std::uint64_t gpu : gpus) {
    if (emulator.settings.IsLost(gpu)) continue;
    present.push_back({gpu, UuidText(emulator.UuidOfGpu(gpu))});
  }
  return VisibleGpus(present, Environment("CUDA_VISIBLE_DEVICES"));
}

}  // namespace emulator
