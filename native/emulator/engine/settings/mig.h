#pragma once

#include <cstdint>
#include <string_view>

#include "emulator/engine/result.h"

namespace emulator {

/// A part of a GPU that is a device of its own.
struct MigInstance {
  std::uint64_t gpu = 0;
  std::uint64_t gpu_instance = 0;
  std::uint64_t compute_instance = 0;
  std::uint64_t bytes = 0;
};

/// `gpu=0 gi=1 ci=0 bytes=10737418240`; only bytes must be there.
Result<MigInstance> ParseMig(std::string_view text);

}  // namespace emulator
