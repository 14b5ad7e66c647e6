#include "emulator/engine/cuda/present_gpus.h"

#include "emulator/engine/cuda/visible_devices.h"
#include "emulator/engine/environment.h"

namespace emulator {
namespace {

/// Each instance is there, and the first of a GPU in the place of that GPU.
void Add(PresentGpus& present, const Emulator& emulator, std::uint64_t place) {
  const std::string uuid = emulator.UuidTextAt(emulator.settings.GpuOf(place));
  const bool divided = emulator.settings.MigAt(place) != nullptr;
  if (divided) present.migs.push_back({place, emulator.UuidTextAt(place)});
  const bool known = !present.gpus.empty() && present.gpus.back().uuid == uuid;
  if (!known) present.gpus.push_back({place, uuid});
}

}  // namespace

std::vector<std::uint64_t> AllGpus(const Settings& settings) {
  std::vector<std::uint64_t> all;
  for (std::uint64_t gpu = 0; gpu < settings.gpus; ++gpu) {
    const auto migs = settings.MigsOf(gpu);
    if (migs.empty()) all.push_back(gpu);
    all.insert(all.end(), migs.begin(), migs.end());
  }
  return all;
}

std::vector<std::uint64_t> VisibleHere(const Emulator& emulator,
                                       const std::vector<std::uint64_t>& gpus) {
  PresentGpus present;
  for (const std::uint64_t gpu : gpus) {
    if (!emulator.settings.IsLost(gpu)) Add(present, emulator, gpu);
  }
  return VisibleGpus(present, Environment("CUDA_VISIBLE_DEVICES"));
}

}  // namespace emulator
