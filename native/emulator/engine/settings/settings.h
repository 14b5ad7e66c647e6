#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "emulator/engine/result.h"
#include "emulator/engine/settings/fault.h"
#include "emulator/engine/settings/mig.h"
#include "emulator/engine/settings/mps_server.h"
#include "emulator/engine/settings/profile.h"
#include "emulator/engine/settings/tenant.h"

namespace emulator {

constexpr std::uint64_t kMaxGpus = 16;
constexpr std::uint64_t kMaxMigsOfGpu = 7;
constexpr std::uint64_t kMaxPlaces = kMaxGpus + kMaxGpus * kMaxMigsOfGpu;

/// All that emulator.conf and the profile it names say.
struct Settings {
  std::string profile_name = "h100";
  Profile profile;  // with what emulator.conf sets itself
  std::uint64_t gpus = 1;
  std::uint64_t seed = 1;
  double time_scale = 1;
  std::vector<MigInstance> migs;
  std::vector<Tenant> tenants;
  std::vector<Fault> faults;
  std::uint64_t nvml_process_stride = 24;  // bytes from record to record in the _v3 lists
  std::string mps_default_directory = "/tmp/nvidia-mps";  // where no variable says otherwise
  MpsServer mps_server = MpsServer::kSound;
  bool nvlink = false;              // between all GPUs
  std::vector<std::uint64_t> lost;  // GPUs that have fallen off the bus

  // A place is what processes are on: a GPU, by its index, or a MIG instance, from kMaxGpus on in
  // the order of emulator.conf.

  [[nodiscard]] bool IsMig(std::uint64_t place) const {
    return place >= kMaxGpus && place - kMaxGpus < migs.size();
  }

  /// Null for a GPU.
  [[nodiscard]] const MigInstance* MigAt(std::uint64_t place) const {
    return IsMig(place) ? &migs[place - kMaxGpus] : nullptr;
  }

  [[nodiscard]] std::uint64_t GpuOf(std::uint64_t place) const {
    return IsMig(place) ? MigAt(place)->gpu : place;
  }

  /// Whether what is on `part` is on `place`, too.
  [[nodiscard]] bool Covers(std::uint64_t place, std::uint64_t part) const {
    return place == part || place == GpuOf(part);
  }

  [[nodiscard]] std::vector<std::uint64_t> MigsOf(std::uint64_t gpu) const;
  [[nodiscard]] bool IsLost(std::uint64_t place) const;
};

/// Reads DIRECTORY/emulator.conf, then the profile: a name is a file NAME.profile in
/// `profiles_directory`, and what has a slash is a path, relative ones from DIRECTORY. A key of a
/// profile in emulator.conf wins over the profile's. Anything unknown, malformed or given twice is
/// a problem that names file and line.
Result<Settings> ReadSettings(const std::string& directory, const std::string& profiles_directory);

}  // namespace emulator
