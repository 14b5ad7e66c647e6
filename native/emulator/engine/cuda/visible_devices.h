#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace emulator {

/// A GPU that is there, or a MIG instance, as CUDA_VISIBLE_DEVICES may name it.
struct PresentGpu {
  std::uint64_t gpu;
  std::string uuid;  // GPU-… or MIG-…
};

/// What a process may see. By its own position or UUID a GPU that is divided is its first instance.
struct PresentGpus {
  std::vector<PresentGpu> gpus;
  std::vector<PresentGpu> migs;
};

/// The GPUs that a process sees, in the order it gave. `variable` is CUDA_VISIBLE_DEVICES, nothing
/// when it is not set: all. It is a list of positions in `gpus` or of beginnings of UUIDs; the
/// first that names none, or several, ends the list, and one named twice leaves nothing. CUDA sees
/// one MIG instance and then nothing else: the first on the list.
std::vector<std::uint64_t> VisibleGpus(const PresentGpus& present,
                                       const std::optional<std::string>& variable);

}  // namespace emulator
