#pragma once

#include <cstdint>
#include <vector>

#include "emulator/engine/emulator.h"

namespace emulator {

/// What CUDA may have on the host, lost ones too: the GPUs, or the MIG instances of those that are
/// divided.
std::vector<std::uint64_t> AllGpus(const Settings& settings);

/// Those of `gpus` that are there and that CUDA_VISIBLE_DEVICES lets this process see, in its
/// order.
std::vector<std::uint64_t> VisibleHere(const Emulator& emulator,
                                       const std::vector<std::uint64_t>& gpus);

}  // namespace emulator
