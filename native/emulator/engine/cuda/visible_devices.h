#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace emulator {

/// A GPU that is there, as CUDA_VISIBLE_DEVICES may name it.
struct PresentGpu {
  std::uint64_t gpu;
  std::string uuid;  // GPU-…
};

/// The GPUs that a process sees, in the order it gave. `variable` is CUDA_VISIBLE_DEVICES, nothing
/// when it is not set: all. It is a list of positions in `present` or of beginnings of UUIDs; the
/// first that names none, or several, ends the list, and one named twice leaves nothing.
std::vector<std::uint64_t> VisibleGpus(const std::vector<PresentGpu>& present,
                                       const std::optional<std::string>& variable);

}  // namespace emulator
